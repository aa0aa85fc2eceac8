"""A day in words becomes a date: figures, month names and relative days in three languages."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dialogs.reading.day_shapes import NamedDay, shape_of, without_times
from dialogs.reading.numbers import read_number
from dialogs.reading.reach import LONGEST_AHEAD, DateProblem, Reach
from dialogs.reading.words import Words, fold, words

__all__ = ["DateProblem", "DateReading", "read_date"]

_NUMERIC = re.compile(r"(\d{1,4})\s*([./\- ])\s*(\d{1,2})(?:\s*\2\s*(\d{1,4})|\s+(\d{4}))?\s*(?:г|ж|жыл|год|года)?\.?")
_WITHIN = re.compile(r"(?<![\d.])(?:\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d{1,2}-\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\d{8}")
_FULL = re.compile(r"\d{4}")
_MONTHS = 12
_LEAP = 9


@dataclass(frozen=True, slots=True)
class DateReading:
    """`days` are the days that the text may mean, nearest first; `month` is the first of a month named alone."""

    days: tuple[date, ...] = ()
    month: date | None = None
    problem: DateProblem | None = None


def read_date(text: str, today: date, reach: Reach | None = None) -> DateReading:
    """The day that `text` means, of those in `reach` (by default the days of a journey); 03/04 may be two days.

    Without a year it is the next such day, or the last one where days have passed; for a birth the year is needed. A
    year of two figures is of the century that brings it into reach.
    """
    known = words()
    reach = reach or Reach.of_plans(today)
    folded = fold(text)
    if folded in known.days_from_today:
        return _usable(DateReading((today + timedelta(days=int(known.days_from_today[folded])),)), reach)
    named = _figures(text, reach, known) or _in_words(text, reach, known)
    if named is not None:
        full = _FULL.search(text) is not None
        return _usable(named if full else _of_century(named, reach), reach)
    counted = _from_today(text, today, known)
    return DateReading(problem=DateProblem.NOT_A_DATE) if counted is None else _usable(counted, reach)


def _usable(reading: DateReading, reach: Reach) -> DateReading:
    """Leave only days within reach; the problem of the first one is told when none is left."""
    if not reading.days:
        return reading
    good = tuple(sorted(day for day in reading.days if reach.problem(day) is None))
    problem = None if good else reach.problem(reading.days[0])
    return replace(reading, days=good, problem=problem)


def _of_century(reading: DateReading, reach: Reach) -> DateReading:
    """Days with a short year, a century earlier where only that one is within reach."""

    def placed(day: date) -> date:
        earlier = _day(day.year - 100, day.month, day.day)
        return earlier if earlier is not None and reach.problem(day) and reach.problem(earlier) is None else day

    return replace(reading, days=tuple(map(placed, reading.days)))


def _figures(text: str, reach: Reach, known: Words) -> DateReading | None:
    bare = " ".join(without_times(text, known).split())
    if _COMPACT.fullmatch(bare) is not None:
        day_first = _day(int(bare[4:]), int(bare[2:4]), int(bare[:2]))
        return _reading([day_first or _day(int(bare[:4]), int(bare[4:6]), int(bare[6:]))])
    within = _WITHIN.search(bare)
    if within is not None and not _is_alone(bare[: within.start()], bare[within.end() :], known):
        return DateReading(problem=DateProblem.NOT_A_DATE)
    match = _NUMERIC.fullmatch(within.group() if within is not None else bare.casefold())
    if match is None:
        return None
    first, mark, second, third = int(match[1]), match[2], int(match[3]), match[4] or match[5]
    if len(match[1]) > 2:
        return _reading([_day(first, second, int(third))]) if third is not None and len(match[1]) == 4 else None
    if third is not None and len(third) not in (2, 4):
        return DateReading(problem=DateProblem.NOT_A_DATE)
    if third is None and (mark == "-" or (mark == " " and second > _MONTHS)):
        # "5-27" and "5 27" may be the first and the last day of a stay.
        return DateReading(problem=DateProblem.NOT_A_DATE)
    year_given = None if third is None else _full_year(third)
    orders = [(second, first)]
    if mark == "/" or second > _MONTHS:
        # Only with a slash do people also write the month first; a month above 12 can only be a day.
        orders.append((first, second))
    return _dated([(year_given, month, day) for month, day in dict.fromkeys(orders)], reach)


def _is_alone(before: str, after: str, known: Words) -> bool:
    """Whether nothing beside a date in figures makes it another day, or the end of a range."""
    if re.search(r"\d", before + after) is not None:
        return False
    words_before = fold(before).split()
    roles = {known.around_a_day.get(word) for word in [*words_before, *fold(after).split()]}
    follows = {word for word in [*words_before, *fold(after).split()] if word in known.after and word != "in"}
    last = known.around_a_day.get(words_before[-1]) if words_before else None
    return not roles & {"either", "until"} and not follows and last != "to"


def _in_words(text: str, reach: Reach, known: Words) -> DateReading | None:
    shape = shape_of(text, known)
    if shape is None:
        return None
    named = shape.first
    if named is None or named.month is None:
        if not reach.is_ahead or (named is None and shape.weekday is None):
            return DateReading(problem=DateProblem.NOT_A_DATE)
        if named is not None:
            return _reading([_next_of_month(reach.today, named.day or 0)])
        ahead = ((shape.weekday or 0) - reach.today.isoweekday() - 1) % 7 + 1
        return DateReading((reach.today + timedelta(days=ahead),))
    if named.day is None:
        return _month_alone(reach, named.year, named.month)
    if shape.last is None:
        found = _dated([(named.year, named.month, named.day)], reach)
    elif reach.is_ahead:
        found = _first_of_range(reach.today, named, shape.last)
    else:
        return DateReading(problem=DateProblem.NOT_A_DATE)
    if shape.weekday is not None and found.days:
        days = tuple(day for day in found.days if day.isoweekday() == shape.weekday)
        return DateReading(days) if days else DateReading(problem=DateProblem.NOT_A_DATE)
    return found


def _month_alone(reach: Reach, year: int | None, month: int) -> DateReading:
    today = reach.today
    first = _day(year or today.year, month, 1)
    if first is None or (year is None and not (reach.is_ahead or reach.is_behind)):
        return DateReading(problem=DateProblem.NOT_A_DATE)
    if year is None and reach.is_ahead and first < today.replace(day=1):
        first = first.replace(year=first.year + 1)
    if year is None and reach.is_behind and first > today:
        first = first.replace(year=first.year - 1)
    return DateReading(month=first)


def _next_of_month(today: date, day: int) -> date | None:
    """The next such day of any month, today included."""
    months = (
        (today.year + (today.month - 1 + ahead) // _MONTHS, (today.month - 1 + ahead) % _MONTHS + 1)
        for ahead in range(4)
    )
    found = (_day(year, month, day) for year, month in months)
    return next((each for each in found if each is not None and each >= today), None)


def _first_of_range(today: date, first: NamedDay, last: NamedDay) -> DateReading:
    """The first day of a range whose last day is still to come; a range that runs already has a past first day."""
    month, day = last.month or 0, last.day or 0
    end = _next(today, month, day) if last.year is None else _day(last.year, month, day)
    if end is None:
        return DateReading(problem=DateProblem.IMPOSSIBLE)
    if first.month == last.month and (first.day or 0) >= end.day:
        return DateReading(problem=DateProblem.NOT_A_DATE)
    years = (end.year, end.year - 1)
    starts = (_day(year, first.month or 0, first.day or 0) for year in years)
    return _reading([next((start for start in starts if start is not None and start < end), None)])


def _from_today(text: str, today: date, known: Words) -> DateReading | None:
    tokens = fold(text).split()
    units = {days for token in tokens if (days := known.unit_of(token)) is not None}
    if len(units) != 1:
        return None
    unit = units.pop()
    if unit == 30 and any(token in known.next for token in tokens):
        return DateReading(month=(today.replace(day=1) + timedelta(days=32)).replace(day=1))
    if not any(token in known.after for token in tokens) or unit < 1:
        return None
    if any(token in known.next for token in tokens):
        return DateReading(problem=DateProblem.NOT_A_DATE)
    number = read_number(" ".join(token for token in tokens if token not in known.after)).value
    if number is None or not 0 <= number <= 2 * LONGEST_AHEAD:
        return DateReading(problem=DateProblem.TOO_FAR if number else DateProblem.NOT_A_DATE)
    return DateReading((today + timedelta(days=number),))


def _full_year(figure: str) -> int:
    return 2000 + int(figure) if len(figure) <= 2 else int(figure)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(named: list[tuple[int | None, int, int]], reach: Reach) -> DateReading:
    """The days with these years, months and days; those without a year are found from today."""
    if not reach.is_near and all(year is None for year, _, _ in named):
        return DateReading(problem=DateProblem.NO_YEAR)
    return _reading([
        day
        for year, month, of_month in named
        for day in ([_day(year, month, of_month)] if year is not None else _around(reach, month, of_month))
    ])  # fmt: skip


def _around(reach: Reach, month: int, day: int) -> list[date | None]:
    """The next such day, the last one, or both, as the reach has them; 29 February may be years away."""
    ahead = [] if reach.is_behind else [_next(reach.today, month, day)]
    return ahead if reach.is_ahead else [*ahead, _last(reach.today, month, day)]


def _next(today: date, month: int, day: int) -> date | None:
    found = (_day(year, month, day) for year in range(today.year, today.year + _LEAP))
    return next((each for each in found if each is not None and each >= today), None)


def _last(today: date, month: int, day: int) -> date | None:
    found = (_day(year, month, day) for year in range(today.year, today.year - _LEAP, -1))
    return next((each for each in found if each is not None and each <= today), None)


def _reading(found: list[date | None]) -> DateReading:
    days = tuple(dict.fromkeys(day for day in found if day is not None))
    return DateReading(days) if days else DateReading(problem=DateProblem.IMPOSSIBLE)
