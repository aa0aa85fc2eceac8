"""How far people come in the dialogs: counts by day and question, and of nobody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_new
from bot.storage.tables import funnel

__all__ = ["ASKED", "REACHED", "Funnel", "Step"]

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


class Funnel:
    """The counts of all bots. Every method works on the connection it is given and commits nothing."""

    async def count(
        self, connection: AsyncConnection, day: date, flow: str, version: int, question: str, what: str
    ) -> None:
        """One more."""
        name = {"day": day, "flow": flow, "version": version, "question": question, "what": what}
        await connection.execute(insert_new(funnel, [name | {"count": 0}]))
        same = (funnel.c[column] == value for column, value in name.items())
        await connection.execute(update(funnel).where(*same).values(count=funnel.c.count + 1))

    async def report(
        self, connection: AsyncConnection, flow: str | None = None, since: date | None = None, until: date | None = None
    ) -> list[Step]:
        """The counts of every question (of one flow), of the days from `since` to `until`.

        A question is held against those who were asked it, not against all who began: each path has its own measure.
        """
        query = select(
            funnel.c.flow, funnel.c.version, funnel.c.question, funnel.c.what, func.sum(funnel.c.count).label("total")
        ).group_by(funnel.c.flow, funnel.c.version, funnel.c.question, funnel.c.what)
        if flow is not None:
            query = query.where(funnel.c.flow == flow)
        if since is not None:
            query = query.where(funnel.c.day >= since)
        if until is not None:
            query = query.where(funnel.c.day <= until)
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
