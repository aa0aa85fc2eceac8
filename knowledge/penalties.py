"""What a breach of the rules of stay costs: fines in monthly calculation indexes, and what may come instead."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from knowledge.facts import Confidence

__all__ = ["Consequence", "Edition", "HostKind", "Offence", "Penalty"]


class Offence(StrEnum):
    """What was done: stayed too long, did not report a guest, did what the visa is not for."""

    OVERSTAY = "overstay"
    HOST_DID_NOT_NOTIFY = "host_did_not_notify"
    ACTIVITY_NOT_OF_THE_VISA = "activity_not_of_the_visa"


class HostKind(StrEnum):
    """Who did not report a guest; `small` also means officials and non-profit organisations."""

    INDIVIDUAL = "individual"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Consequence(StrEnum):
    """What follows instead of a fine; the court or the police chooses where a row has several."""

    WARNING = "warning"
    ARREST = "arrest"
    EXPULSION = "expulsion"


class Edition(StrEnum):
    """Whether the edition of the code that was read is the one in force."""

    UNCLEAR = "unclear"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Penalty:
    """One row of the code. `mrp` is the fine in monthly calculation indexes, None where none is set.

    An overstay falls under the row when it is longer than `from_days` and no longer than `to_days`; an open end is
    None. `repeat_within_years` limits the row to the same offence again within that time. `arrest_days` is the longest
    arrest. Where the `edition` is unclear, whoever shows the fine tells so.
    """

    id: str
    offence: Offence
    mrp: Decimal | None
    consequences: tuple[Consequence, ...]
    edition: Edition
    sources: tuple[str, ...]
    confidence: Confidence
    from_days: int | None = None
    to_days: int | None = None
    host: HostKind | None = None
    repeat_within_years: int | None = None
    arrest_days: int | None = None
