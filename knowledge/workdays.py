"""Working days: weekends, public holidays and their substitutes, and the days that the Government moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from holidays import HolidayBase, country_holidays

from knowledge.facts import Confidence

__all__ = [
    "DayMove",
    "WorkCalendar",
    "WorkingDay",
    "is_working_day",
    "strict_calendar",
    "work_calendar",
    "working_day_after",
    "working_day_before",
]

_ESTIMATE_MARK = "estimated"
# A feast computed from the moon may fall this many days earlier or later.
_ESTIMATE_SPREAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DayMove:
    """A day that the Government made a working day (`works`) or a day off, against the rule of the law."""

    day: date
    works: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """The days on which offices of Kazakhstan work; made once by `work_calendar`.

    `reviewed_through` is the last year whose days off were compared with the law and with what the Government moved;
    days of later years are estimates. With `also` a day counts only where the offices of that land work too.
    `sources` are those of the review and of the moves, `confidence` is that of the least sure of them.
    """

    reviewed_through: int
    moved: Mapping[date, bool]
    sources: tuple[str, ...]
    confidence: Confidence
    holidays: HolidayBase
    also: HolidayBase | None = None


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day found by counting; `estimated` where a holiday on the way is not final."""

    date: date
    estimated: bool


def work_calendar(
    moves: Sequence[DayMove],
    reviewed_through: int,
    sources: Iterable[str] = (),
    confidence: Confidence = Confidence.HIGH,
) -> WorkCalendar:
    """The calendar of Kazakhstan. The holidays are those of the law; `moves` come on top and win."""
    moved = MappingProxyType({move.day: move.works for move in moves})
    cited = tuple(dict.fromkeys((*sources, *(source for move in moves for source in move.sources))))
    return WorkCalendar(reviewed_through, moved, cited, confidence, country_holidays("KZ", language="en_US"))


@lru_cache(maxsize=8)
def strict_calendar(calendar: WorkCalendar, country: str) -> WorkCalendar:
    """The days that are working days both in Kazakhstan and in `country` (ISO code), such as those of its embassy."""
    return replace(calendar, also=country_holidays(country, language="en_US"))


def is_working_day(calendar: WorkCalendar, day: date) -> bool:
    """Whether offices work on `day`: not on Saturdays, Sundays and public holidays, unless the day was moved."""
    moved = calendar.moved.get(day)
    works = bool(calendar.holidays.is_working_day(day)) if moved is None else moved
    return works and (calendar.also is None or bool(calendar.also.is_working_day(day)))


@lru_cache(maxsize=4096)
def working_day_before(calendar: WorkCalendar, day: date, count: int) -> WorkingDay | None:
    """The `count`-th working day before `day`, which itself is not counted; None before the first day of dates."""
    return _count(calendar, day, count, -1)


@lru_cache(maxsize=4096)
def working_day_after(
    calendar: WorkCalendar, day: date, count: int, *, from_day_itself: bool = False
) -> WorkingDay | None:
    """The `count`-th working day after `day`; with `from_day_itself` a working `day` is the first one.

    None past the last day that dates can hold.
    """
    if from_day_itself and is_working_day(calendar, day):
        if count == 1:
            return WorkingDay(day, _is_estimated(calendar, day, day))
        count -= 1
    return _count(calendar, day, count, 1)


def _count(calendar: WorkCalendar, day: date, count: int, step: int) -> WorkingDay | None:
    found, current = 0, day
    while found < count:
        try:
            current += timedelta(days=step)
        except OverflowError:
            return None
        found += is_working_day(calendar, current)
    return WorkingDay(current, _is_estimated(calendar, min(day, current), max(day, current)))


def _is_estimated(calendar: WorkCalendar, first: date, last: date) -> bool:
    if last.year > calendar.reviewed_through:
        return True
    try:
        day, end = first - _ESTIMATE_SPREAD, last + _ESTIMATE_SPREAD
    except OverflowError:
        return True
    while day <= end:
        if _ESTIMATE_MARK in calendar.holidays.get(day, ""):
            return True
        day += timedelta(days=1)
    return False
