"""Single facts in words, for staff and for answers: what is known, what was looked for in vain, what is not told."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from knowledge.facts import ALWAYS, Confidence, Validity, first_day

__all__ = ["Statement", "StatementStatus"]


class StatementStatus(StrEnum):
    """Whether the sources say it, or it was looked for and not found."""

    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact in English, in our own words, with the numbers that a traveller may be told of it as `figures`.

    An unknown one names the question that stays open: it has no figures, and its sources may be none.
    `served` is False for what only staff may see, and `why_not` says why. `as_of` is the day, month or year the fact
    speaks for, as ISO 8601, or None where its page has no date; after `recheck_days` it must be looked at again.
    `since` is the start of `validity` as the source gives it, where that is a month or a year.
    """

    id: str
    statement: str
    status: StatementStatus
    served: bool
    as_of: str | None
    sources: tuple[str, ...]
    confidence: Confidence
    figures: tuple[tuple[str, Decimal], ...] = ()
    recheck_days: int | None = None
    validity: Validity = ALWAYS
    since: str | None = None
    conflict: str | None = None
    why_not: str = ""

    def is_served_on(self, day: date) -> bool:
        """Whether a traveller may be told it on `day`: never outside its dates."""
        return self.served and self.validity.covers(day)

    def recheck_on(self) -> date | None:
        """The day from which it must be looked at again; None where it does not age or its page has no date.

        A month or a year counts from its first day, so that no fact passes for younger than it may be.
        """
        if self.recheck_days is None or self.as_of is None:
            return None
        return first_day(self.as_of) + timedelta(days=self.recheck_days)
