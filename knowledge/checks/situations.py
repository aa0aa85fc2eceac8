"""The trips whose outcomes are reviewed as tables: what all trips of one table share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.trip import Border, Entries, Purpose, Trip

__all__ = ["ARRIVAL", "ASKED", "SITUATIONS", "Situation"]

ASKED = date(2026, 11, 22)
"""The day on which all trips are judged."""

ARRIVAL = date(2026, 12, 10)


@dataclass(frozen=True, slots=True)
class Situation:
    """One table: a stay of `days`, so many entries, one kind of border."""

    name: str
    days: int
    entries: Entries = Entries.SINGLE
    border: Border = Border.AIR

    def trips(self, country: str, arrival: date = ARRIVAL) -> Iterator[Trip]:
        """The trips of one passport, in the order of the purposes."""
        for purpose in Purpose:
            yield Trip(country, purpose, self.days, arrival, self.entries, self.border)


SITUATIONS = (
    Situation("10_days_by_air", 10),
    Situation("60_days_by_air", 60),
    Situation("20_days_by_land_twice", 20, Entries.MULTIPLE, Border.LAND),
)
