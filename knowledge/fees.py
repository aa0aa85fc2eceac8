"""Fees and duties as dated facts: an amount is never given without its day and its standing."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge.categories import Entries
from knowledge.facts import ALWAYS, Confidence, Validity

__all__ = ["Fee", "FeePlace", "FeeStatus", "MrpRate"]


@dataclass(frozen=True, slots=True)
class MrpRate:
    """The monthly calculation index of one year, in tenge; duties are set in it."""

    year: int
    kzt: Decimal
    sources: tuple[str, ...]
    confidence: Confidence


class FeeStatus(StrEnum):
    """Whether the amount is in force, only a dated record, or not known to us."""

    CURRENT = "current"
    DATED = "dated"
    UNKNOWN = "unknown"


class FeePlace(StrEnum):
    """Where the amount is paid: inside Kazakhstan, at a mission abroad, or on the portal."""

    INSIDE = "inside"
    MISSION = "mission"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Fee:
    """One row of a fee table. `amount` is in `currency`; None when the current rate was not found.

    `conflict` is set where the row contradicts the rules in force (such as an e-visa for several entries);
    `conflict_id` then names the disagreement. The catalogues name the row under `fee.<id>`.
    A duty is set in `mrp`; its `amount` is that many times the index of the year of its `validity`.
    """

    id: str
    amount: Decimal | None
    currency: str | None
    status: FeeStatus
    as_of: str | None
    sources: tuple[str, ...]
    confidence: Confidence
    conflict: bool = False
    place: FeePlace | None = None
    entries: Entries | None = None
    mrp: Decimal | None = None
    validity: Validity = ALWAYS
    conflict_id: str | None = None

    def on(self, day: date) -> "Fee":
        """The row as it may be told for `day`: outside its validity the amount is not known to us."""
        if self.validity.covers(day):
            return self
        return replace(self, amount=None, status=FeeStatus.UNKNOWN, confidence=Confidence.LOW)
