"""The form of a flow: a decision tree of questions with rules that say where to go next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from dialogs.migration import Migration

__all__ = ["Flow", "Kind", "Period", "Question", "Rule"]


class Kind(StrEnum):
    """What an answer is made of."""

    CHOICE = "choice"
    COUNTRY = "country"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    CHECKLIST = "checklist"
    PEOPLE = "people"
    HANDOVER = "handover"
    REVIEW = "review"


class Period(StrEnum):
    """Which days a date may be: to come (the arrival), gone by (a birth), or either."""

    FUTURE = "future"
    PAST = "past"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where to go next, when the predicate holds (None: always): to the question `ask` or to the outcome `end`.

    With neither, the questions about this person are answered, and the table of people comes again.
    """

    when: str | None
    ask: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    `options` are the values of a choice or the points of a checklist, `first` of them a page; `popular` are countries
    on buttons, `anywhere` takes a country without entry rules too; `low` and `high` bound a number counted in `unit`
    or a date in years from today, and `suggest` puts some numbers on buttons; `form` says how a text is written
    (`dialogs.forms`); `period` says which days a date may be. `personal` answers are shown masked outside their own
    conversation. `of` is the question about people to whom this one belongs, asked of each of them; the first of them
    is `person` there. A question about people takes at most `high` of them. `zone` is the field of a passport's
    machine-readable zone that answers it.
    """

    id: str
    kind: Kind
    next: tuple[Rule, ...]
    optional: bool = False
    personal: bool = False
    options: tuple[str, ...] = ()
    source: str | None = None
    first: int = 8
    popular: tuple[str, ...] = ()
    anywhere: bool = False
    unit: str = ""
    low: int = 0
    high: int = 0
    suggest: tuple[int, ...] = ()
    form: str = ""
    period: Period = Period.FUTURE
    of: str | None = None
    person: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """One decision tree; the first question starts it. A new `version` makes running conversations look again.

    `migrations` bring the answers of earlier versions along.
    """

    id: str
    version: int
    questions: Mapping[str, Question]
    migrations: tuple[Migration, ...] = ()
    _reach: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        reach = {id_: self._reachable(id_) for id_ in self.questions}
        object.__setattr__(self, "_reach", MappingProxyType(reach))

    @property
    def start(self) -> str:
        """The question asked first."""
        return next(iter(self.questions))

    def reachable_from(self, question: str) -> frozenset[str]:
        """`question` and every question that some answers lead to from it."""
        return self._reach.get(question, frozenset())

    def _reachable(self, question: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [question]
        while waiting:
            current = waiting.pop()
            if current in found or current not in self.questions:
                continue
            found.add(current)
            asked = self.questions[current]
            waiting.extend(rule.ask for rule in asked.next if rule.ask is not None)
            waiting.extend(other for other in (asked.of, asked.person) if other is not None)
        return frozenset(found)
