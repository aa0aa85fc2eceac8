"""The reviewed table of verdicts: one line per passport, one column per purpose.

A change of the facts or the policy shows here as a diff by nationality. After a change that is meant:

    .venv/bin/python -m tests.knowledge.policy.outcomes --write

Cells: `citizen`, `free 30` (no visa, longest stay), `e B12` (e-visa), `v B12` (visa at a mission), `ask`.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.advice import Advice, Outcome
from knowledge.base import KnowledgeBase
from knowledge.loader import load_knowledge
from knowledge.policy import advise
from knowledge.trip import Border, Entries, Purpose, Trip

__all__ = ["SITUATIONS", "Situation", "table"]

TODAY = date(2026, 11, 22)
ARRIVAL = date(2026, 12, 10)


@dataclass(frozen=True, slots=True)
class Situation:
    """What all trips of one table share."""

    name: str
    days: int
    entries: Entries = Entries.SINGLE
    border: Border = Border.AIR

    @property
    def file(self) -> Path:
        return Path(__file__).with_name(f"outcomes_{self.name}.tsv")


SITUATIONS = (
    Situation("10_days_by_air", 10),
    Situation("60_days_by_air", 60),
    Situation("20_days_by_land_twice", 20, Entries.MULTIPLE, Border.LAND),
)


def table(kb: KnowledgeBase, situation: Situation) -> str:
    """The table as the text of its file."""
    return "".join("\t".join(line) + "\n" for line in _lines(kb, situation))


def _lines(kb: KnowledgeBase, situation: Situation) -> Iterator[list[str]]:
    yield ["", *(purpose.value for purpose in Purpose)]
    for country in sorted(kb.regimes):
        trips = (
            Trip(country, purpose, situation.days, ARRIVAL, situation.entries, situation.border) for purpose in Purpose
        )
        yield [country, *(_cell(advise(kb, trip, TODAY)) for trip in trips)]


def _cell(advice: Advice) -> str:
    match advice.outcome:
        case Outcome.VISA_FREE:
            return f"free {advice.max_stay_days}"
        case Outcome.EVISA:
            return f"e {advice.category}"
        case Outcome.VISA:
            return f"v {advice.category}"
        case Outcome.ASK_AUTHORITY:
            return "ask"
        case Outcome.CITIZEN:
            return "citizen"


def main() -> int:
    kb = load_knowledge()
    if sys.argv[1:] != ["--write"]:
        print("usage: python -m tests.knowledge.policy.outcomes --write", file=sys.stderr)
        return 2
    for situation in SITUATIONS:
        situation.file.write_text(table(kb, situation), encoding="utf-8")
        print(f"wrote {situation.file.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
