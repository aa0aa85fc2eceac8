"""What every fact carries: where it comes from, when it holds, how sure we are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.language import Language

__all__ = ["ALWAYS", "ENDS_SOON_DAYS", "Confidence", "Source", "Validity", "first_day", "strongest", "weakest"]


class Confidence(StrEnum):
    """How far a fact may be trusted; `low` and conflicts are always told to the traveller."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_STRENGTH = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """The confidence of a conclusion is that of its weakest fact; of no facts, low."""
    return min(confidences, key=_STRENGTH.__getitem__, default=Confidence.LOW)


def strongest(confidences: Iterable[Confidence]) -> Confidence:
    """The confidence of the surest of several witnesses; of none, low."""
    return max(confidences, key=_STRENGTH.__getitem__, default=Confidence.LOW)


def first_day(coarse: str) -> date:
    """The first day of a day, a month (`2026-01`) or a year (`2025`)."""
    return date.fromisoformat(coarse + "-01-01"[len(coarse) - len("YYYY") :])


@dataclass(frozen=True, slots=True)
class Source:
    """A document that facts were read in.

    `titles` say in every language what kind of document it is and what it is about, in one line.
    `as_of` is the day, month or year the text speaks for, as ISO 8601 (`2026-02-05`, `2025-07`, `2025`),
    or None for an undated page. `url` is None where only a stored copy exists.
    `cap` is the highest confidence of a fact that rests on this document alone. `note` is for maintainers.
    """

    id: str
    titles: Mapping[Language, str] = field(hash=False)
    url: str | None
    publisher: str
    as_of: str | None
    kind: str
    cap: Confidence = Confidence.HIGH
    note: str = ""

    def title_in(self, language: Language) -> str:
        """The title for readers of `language`."""
        return self.titles[language]


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a rule holds, both ends included; an open end has no known date."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the rule holds on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def ends_within(self, days: int, today: date) -> bool:
        """Whether the rule still holds today and ends no later than `days` days from today."""
        return self.end is not None and 0 <= (self.end - today).days <= days


ALWAYS = Validity()

ENDS_SOON_DAYS = 60
"""A rule that ends within so many days says so."""
