"""How far people come in the dialogs: counts by day and question, and of nobody in particular."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, literal, select, union_all

from bot.storage.connection import Connection
from bot.storage.database import add_up
from bot.storage.prepared import Prepared
from bot.storage.tables import funnel, funnel_marks

__all__ = ["ASKED", "REACHED", "Funnel", "Mark", "Step"]

ASKED = "asked"
"""What is counted when a question is shown; all but `REACHED` counts how it was left."""
REACHED = "reached"
"""What is counted when an outcome is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question of a flow: how often it was asked, and how often it was left in which way.

    For an outcome `reached` tells how often it was shown, and the rest is empty.
    """

    flow: str
    version: int
    question: str
    asked: int
    reached: int
    left: Mapping[str, int]

    @property
    def still_open(self) -> int:
        """How often it was asked and not left yet: who is there now, and who went away for good."""
        return max(0, self.asked - sum(self.left.values()))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to count: on which day, where, and what happened there."""

    day: date
    flow: str
    version: int
    question: str
    what: str


_PLACE_NAMES = ("day", "flow", "version", "question", "what")
_PLACE = tuple(funnel_marks.c[name] for name in _PLACE_NAMES)


_MARK = Prepared(insert(funnel_marks).values({name: bindparam(name) for name in _PLACE_NAMES}).inline())


class Funnel:
    """The counts of all bots. Every method works on the connection it is given and commits nothing."""

    async def count(self, connection: Connection, marks: Sequence[Mark]) -> None:
        """One more of each. They are noted side by side, so that nobody waits for a count of somebody else."""
        rows = [
            {"day": mark.day, "flow": mark.flow, "version": mark.version, "question": mark.question, "what": mark.what}
            for mark in marks
        ]
        await connection.rows_of_each(_MARK, rows)

    async def fold(self, connection: Connection, limit: int) -> int:
        """Add the oldest marks to the counts of their day; gives how many those were."""
        oldest = select(funnel_marks.c.id).order_by(funnel_marks.c.id).limit(limit)
        query = delete(funnel_marks).where(funnel_marks.c.id.in_(oldest)).returning(*_PLACE)
        counted = Counter(tuple(row) for row in await connection.execute(query))
        for place, count in sorted(counted.items(), key=str):
            row = dict(zip(_PLACE_NAMES, place, strict=True)) | {"count": count}
            await connection.execute(add_up(funnel, row, "count"))
        return counted.total()

    async def report(
        self, connection: Connection, flow: str | None = None, since: date | None = None, until: date | None = None
    ) -> list[Step]:
        """The counts of every question (of one flow), of the days from `since` to `until`.

        A question is held against those who were asked it, not against all who began: each path has its own measure.
        """
        marks = select(*_PLACE, literal(1).label("count"))
        seen = union_all(select(*(funnel.c[name] for name in _PLACE_NAMES), funnel.c.count), marks).subquery()
        query = select(
            seen.c.flow, seen.c.version, seen.c.question, seen.c.what, func.sum(seen.c.count).label("total")
        ).group_by(seen.c.flow, seen.c.version, seen.c.question, seen.c.what)
        if flow is not None:
            query = query.where(seen.c.flow == flow)
        if since is not None:
            query = query.where(seen.c.day >= since)
        if until is not None:
            query = query.where(seen.c.day <= until)
        counted: dict[tuple[str, int, str], dict[str, int]] = {}
        for row in await connection.execute(query):
            counted.setdefault((row.flow, row.version, row.question), {})[row.what] = int(row.total)
        steps = (
            Step(
                *place,
                ways.pop(ASKED, 0),
                ways.pop(REACHED, 0),
                dict(sorted(ways.items(), key=lambda way: (-way[1], way[0]))),
            )
            for place, ways in counted.items()
        )
        return sorted(steps, key=lambda step: (step.flow, -step.version, -step.asked, -step.reached, step.question))
