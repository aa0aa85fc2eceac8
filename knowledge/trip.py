"""A planned trip, as far as the rules care about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.categories import Entries

__all__ = ["Border", "Entries", "PassportType", "Purpose", "Trip"]


class Purpose(StrEnum):
    """What the trip is for."""

    TOURISM = "tourism"
    BUSINESS = "business"
    PRIVATE = "private"
    MEDICAL = "medical"
    WORK = "work"
    SEASONAL_WORK = "seasonal_work"
    SELF_EMPLOYMENT = "self_employment"
    STUDY = "study"
    INTERNSHIP = "internship"
    FAMILY = "family"
    PERMANENT_RESIDENCE = "permanent_residence"
    TRANSIT = "transit"
    CONFERENCE = "conference"
    INVESTMENT = "investment"
    JOURNALISM = "journalism"
    RELIGIOUS = "religious"
    MISSIONARY = "missionary"
    ADOPTION = "adoption"
    HUMANITARIAN = "humanitarian"
    REMOTE_WORK = "remote_work"
    CREW = "crew"
    HAULAGE = "haulage"
    DIPLOMATIC = "diplomatic"
    SERVICE = "service"
    ETHNIC_KAZAKH_RETURN = "ethnic_kazakh_return"


class Border(StrEnum):
    """How the traveller crosses the border; an e-visa is for airports only."""

    AIR = "air"
    LAND = "land"


class PassportType(StrEnum):
    """The kind of travel document in hand."""

    ORDINARY = "ordinary"
    SERVICE = "service"
    DIPLOMATIC = "diplomatic"


@dataclass(frozen=True, slots=True)
class Trip:
    """One planned stay. `days` is the length of one stay in calendar days, arrival and departure day included.

    `arrival` None means not decided yet: the rules of `today` are used and no dates are computed.
    Raises ValueError for fewer than one day.
    """

    citizenship: str
    purpose: Purpose
    days: int
    arrival: date | None = None
    entries: Entries = Entries.SINGLE
    border: Border = Border.AIR
    passport: PassportType = PassportType.ORDINARY

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"trip: days is {self.days}; a stay lasts at least 1 day")
