"""The reviewed table of verdicts: one line per passport, one column per purpose.

A change of the facts or the policy shows here as a diff by nationality. After a change that is meant:

    .venv/bin/python -m tests.knowledge.policy.outcomes --write

Cells: `citizen`, `free 30` (no visa, longest stay), `e B12` (e-visa), `v B12` (visa at a mission), `ask`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from knowledge.advice import Advice, Outcome
from knowledge.base import KnowledgeBase
from knowledge.checks.situations import ASKED, SITUATIONS, Situation
from knowledge.loader import load_knowledge
from knowledge.policy import advise
from knowledge.trip import Purpose

__all__ = ["file_of", "table"]


def file_of(situation: Situation) -> Path:
    """Where the reviewed table of a situation lies."""
    return Path(__file__).with_name(f"outcomes_{situation.name}.tsv")


def table(kb: KnowledgeBase, situation: Situation) -> str:
    """The table as the text of its file."""
    return "".join("\t".join(line) + "\n" for line in _lines(kb, situation))


def _lines(kb: KnowledgeBase, situation: Situation) -> Iterator[list[str]]:
    yield ["", *(purpose.value for purpose in Purpose)]
    for country in sorted(kb.regimes):
        yield [country, *(_cell(advise(kb, trip, ASKED)) for trip in situation.trips(country))]


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
        file = file_of(situation)
        file.write_text(table(kb, situation), encoding="utf-8")
        print(f"wrote {file.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
