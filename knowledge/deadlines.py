"""Terms of the law: how long something takes, or how early or late it must be done."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from knowledge.facts import ALWAYS, Confidence, Validity

__all__ = ["CountedFrom", "Deadline", "DeadlineRule", "Direction"]


class CountedFrom(StrEnum):
    """The day or moment a term is counted from."""

    ENTRY = "entry"
    ARRIVAL = "arrival"
    FULL_PAPERS = "full_papers"
    INTAKE = "intake"
    AUTHORITY_ANSWER = "authority_answer"
    VISA_END = "visa_end"
    ADDRESS_CHANGE = "address_change"
    COMPLAINT = "complaint"


class Direction(StrEnum):
    """Which way a term runs: `before` counts back from its day, `after` counts on."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One term. Exactly one of `working_days`, `calendar_days`, `months` and `hours` is set.

    `who` must act: `traveller`, `inviter`, `host` or `authority`. `counts_first_day` tells that the day counted from
    is day 1 (the cautious reading where sources differ, see `conflict`). `groups` limits the rule to groups of
    passports (`KnowledgeBase.groups`). The catalogues name the rule under `deadline.<id>`; `notes` are ids of
    catalogue texts (`deadline_note.<id>`).
    """

    id: str
    who: str
    counted_from: CountedFrom
    direction: Direction
    sources: tuple[str, ...]
    confidence: Confidence
    working_days: int | None = None
    calendar_days: int | None = None
    months: int | None = None
    hours: int | None = None
    counts_first_day: bool = False
    validity: Validity = ALWAYS
    groups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters to somebody.

    `what` is a catalogue id (`deadline.<what>`), `rule` the term or fact that the day was counted with. `who` must
    act: `traveller`, `inviter`, `host` or `authority`. `counted_from` is the day of the event. `time` is the moment of
    that day in Kazakhstan, where the rule names one. `estimated` where days off on the way are not final or not
    published. `past` where the day lay behind on the day of asking.
    """

    what: str
    date: datetime.date
    source: str
    estimated: bool
    who: str
    rule: str
    counted_from: datetime.date
    time: datetime.time | None = None
    past: bool = False
