"""What a drill found out, and the table of it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

__all__ = ["Checks", "Outcome", "as_json", "as_markdown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the report. `passed` is None where the product has no such part yet."""

    mode: str
    engine: str
    done: str
    promised: str
    measured: str
    passed: bool | None
    problems: tuple[str, ...] = ()

    @classmethod
    def waits(cls, mode: str, what: str) -> "Outcome":
        """A mode of a part that is not built."""
        return cls(mode, "–", "–", "–", what, None)


@dataclass(slots=True)
class Checks:
    """What was held against the promises, one by one; `problems` names each that was broken."""

    problems: list[str] = field(default_factory=list)

    def that(self, kept: bool, broken: str) -> None:
        """Note `broken` unless the promise was kept."""
        if not kept:
            self.problems.append(broken)

    def outcome(self, mode: str, engine: str, done: str, promised: str, measured: str) -> Outcome:
        """The row, passed when nothing was broken."""
        return Outcome(mode, engine, done, promised, measured, not self.problems, tuple(self.problems))


def as_markdown(outcomes: Iterable[Outcome]) -> str:
    """One table; below it, what was broken."""
    words = {True: "pass", False: "**fail**", None: "waits"}
    lines = ["| mode | engine | what was done | promised | measured | |", "| --- | --- | --- | --- | --- | --- |"]
    broken = []
    for one in outcomes:
        cells = (one.mode, one.engine, one.done, one.promised, one.measured, words[one.passed])
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
        broken += [f"- {one.mode}, {one.engine}: {problem}" for problem in one.problems]
    return "\n".join([*lines, *(["", "Broken:", "", *broken] if broken else [])])


def as_json(seed: int, outcomes: Sequence[Outcome]) -> str:
    """Every row, with the seed that chose the random points."""
    return json.dumps({"seed": seed, "outcomes": [asdict(one) for one in outcomes]}, ensure_ascii=False, indent=1)
