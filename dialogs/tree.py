"""The form of a flow: a decision tree of questions with rules that say where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Flow", "Kind", "Question", "Rule"]


class Kind(StrEnum):
    """What an answer is made of."""

    CHOICE = "choice"
    COUNTRY = "country"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where to go next, when the predicate holds (None: always): to the question `ask` or to the outcome `end`."""

    when: str | None
    ask: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are the values of a choice, `first` of them a page; `popular` are countries on buttons;
    `low` and `high` bound a number counted in `unit`, and `suggest` puts some of them on buttons.
    """

    id: str
    kind: Kind
    next: tuple[Rule, ...]
    optional: bool = False
    options: tuple[str, ...] = ()
    source: str | None = None
    first: int = 8
    popular: tuple[str, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    suggest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """One decision tree; the first question starts it. A new `version` makes running conversations look again."""

    id: str
    version: int
    questions: Mapping[str, Question]

    @property
    def start(self) -> str:
        """The question asked first."""
        return next(iter(self.questions))

    def reachable_from(self, question: str) -> frozenset[str]:
        """`question` and every question that some answers lead to from it."""
        found: set[str] = set()
        waiting = [question]
        while waiting:
            current = waiting.pop()
            if current in found or current not in self.questions:
                continue
            found.add(current)
            waiting.extend(rule.ask for rule in self.questions[current].next if rule.ask is not None)
        return frozenset(found)
