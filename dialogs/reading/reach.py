"""The days that a question takes: to come, gone by, or either, and how far from today."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["LONGEST_AHEAD", "DateProblem", "Reach"]

LONGEST_AHEAD = 730
"""Days: nobody plans further, and no rule is known for later."""

_EXAMPLE_AHEAD = 30
_EXAMPLE_PART = 4
_NEAR_YEARS = 12


class DateProblem(StrEnum):
    """Why a text names no day that can be used; the catalogues answer under `error.date_<problem>`."""

    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE = "impossible"
    NO_YEAR = "no_year"
    PAST = "past"
    TOO_FAR = "too_far"
    BEYOND = "beyond"
    NOT_YET = "not_yet"
    LONG_AGO = "long_ago"


@dataclass(frozen=True, slots=True)
class Reach:
    """The days from `earliest` to `latest`, both included; `planned` are those of a journey that lies ahead."""

    today: date
    earliest: date
    latest: date
    planned: bool = False

    @classmethod
    def of_plans(cls, today: date) -> "Reach":
        """The days on which somebody may still arrive."""
        return cls(today, today, today + timedelta(days=LONGEST_AHEAD), planned=True)

    @classmethod
    def of_years(cls, today: date, *, back: int, ahead: int) -> "Reach":
        """So many whole years from today, back and ahead."""
        return cls(today, _years_from(today, -back), _years_from(today, ahead))

    @property
    def is_ahead(self) -> bool:
        """Whether all days are to come, so that a day without a year is the next such day."""
        return self.earliest == self.today

    @property
    def is_behind(self) -> bool:
        """Whether all days have come, so that a day without a year is the last such day."""
        return self.latest == self.today

    @property
    def is_near(self) -> bool:
        """Whether the day is found in a calendar, and known without its year; a birth is not."""
        return self.earliest >= _years_from(self.today, -_NEAR_YEARS) and self.latest <= _years_from(
            self.today, _NEAR_YEARS
        )

    @property
    def example(self) -> date:
        """A day to show how one is written."""
        if self.planned or not (self.is_ahead or self.is_behind):
            return self.today + timedelta(days=_EXAMPLE_AHEAD)
        part = (self.latest - self.earliest) // _EXAMPLE_PART
        return self.today + part if self.is_ahead else self.today - part

    def problem(self, day: date) -> DateProblem | None:
        """Why `day` cannot be meant, or None."""
        if self.earliest <= day <= self.latest:
            return None
        if day < self.earliest:
            return DateProblem.PAST if self.is_ahead else DateProblem.LONG_AGO
        if self.planned:
            return DateProblem.TOO_FAR
        return DateProblem.NOT_YET if self.is_behind else DateProblem.BEYOND


def _years_from(day: date, years: int) -> date:
    """The same day of another year; 28 February for a day that it lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
