"""Working days of Kazakhstan: weekends, public holidays and their substitutes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import HolidayBase, country_holidays

__all__ = ["WorkingDay", "is_working_day", "working_day_after", "working_day_before"]

# The last year whose holidays were compared with the law and the calendar news (holidays_news_2026). Later years lack
# the moves of days off that the Government decides each year, and the day of Eid al-Adha is computed.
_REVIEWED_THROUGH = 2026
_ESTIMATE_MARK = "estimated"
# A feast computed from the moon may fall this many days earlier or later.
_ESTIMATE_SPREAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day found by counting; `estimated` where a holiday on the way is not final."""

    date: date
    estimated: bool


@cache
def _holidays() -> HolidayBase:
    return country_holidays("KZ", language="en_US")


def is_working_day(day: date) -> bool:
    """Whether offices work on `day`: not on Saturdays, Sundays and public holidays, unless the day was moved."""
    return bool(_holidays().is_working_day(day))


@lru_cache(maxsize=4096)
def working_day_before(day: date, count: int) -> WorkingDay | None:
    """The `count`-th working day before `day`, which itself is not counted; None before the first day of dates."""
    return _count(day, count, -1)


@lru_cache(maxsize=4096)
def working_day_after(day: date, count: int, *, from_day_itself: bool = False) -> WorkingDay | None:
    """The `count`-th working day after `day`; with `from_day_itself` a working `day` is the first one.

    None past the last day that dates can hold.
    """
    if from_day_itself and is_working_day(day):
        if count == 1:
            return WorkingDay(day, _is_estimated(day, day))
        count -= 1
    return _count(day, count, 1)


def _count(day: date, count: int, step: int) -> WorkingDay | None:
    found, current = 0, day
    while found < count:
        try:
            current += timedelta(days=step)
        except OverflowError:
            return None
        found += is_working_day(current)
    return WorkingDay(current, _is_estimated(min(day, current), max(day, current)))


def _is_estimated(first: date, last: date) -> bool:
    if last.year > _REVIEWED_THROUGH:
        return True
    try:
        day, end = first - _ESTIMATE_SPREAD, last + _ESTIMATE_SPREAD
    except OverflowError:
        return True
    known = _holidays()
    while day <= end:
        if _ESTIMATE_MARK in known.get(day, ""):
            return True
        day += timedelta(days=1)
    return False
