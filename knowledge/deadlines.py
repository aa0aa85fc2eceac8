"""Terms of the law: how long something takes, or how early or late it must be done."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.facts import ALWAYS, Confidence, Validity

__all__ = ["CountedFrom", "DeadlineRule", "Direction"]


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
