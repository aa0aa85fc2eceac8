"""Working days of Kazakhstan."""

from datetime import date

import pytest

from knowledge.workdays import WorkingDay, is_working_day, working_day_after, working_day_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 15), True),
        (date(2026, 12, 16), False),  # Independence Day
        (date(2026, 12, 12), False),  # Saturday
        (date(2026, 10, 26), False),  # Republic Day fell on Sunday
        (date(2026, 8, 31), True),  # 30 August is no holiday since 2026
        (date(2027, 3, 15), False),  # Constitution Day since 2027
        (date(2025, 1, 3), False),  # moved by the Government
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "from_day_itself", "expected"),
    [
        (date(2026, 12, 14), 3, False, date(2026, 12, 18)),
        (date(2026, 12, 11), 3, True, date(2026, 12, 15)),  # Friday is day 1, Tuesday day 3
        (date(2026, 12, 12), 3, True, date(2026, 12, 17)),  # Saturday does not count
        (date(2026, 12, 11), 1, True, date(2026, 12, 11)),
        (date(2026, 12, 11), 1, False, date(2026, 12, 14)),
    ],
)
def test_counting_on(day: date, count: int, from_day_itself: bool, expected: date) -> None:
    found = working_day_after(day, count, from_day_itself=from_day_itself)
    assert found == WorkingDay(expected, estimated=False)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 10), 5, date(2026, 12, 3)),
        (date(2026, 12, 18), 5, date(2026, 12, 10)),
        (date(2026, 11, 22), 1, date(2026, 11, 20)),
    ],
)
def test_counting_back(day: date, count: int, expected: date) -> None:
    assert working_day_before(day, count) == WorkingDay(expected, estimated=False)


@pytest.mark.parametrize(
    ("day", "estimated"),
    [
        (date(2026, 5, 20), False),
        (date(2026, 5, 22), True),  # the way passes the computed day of Eid al-Adha
        (date(2026, 12, 28), False),
        (date(2026, 12, 30), True),  # reaches into a year whose moved days are not known
        (date(2027, 11, 1), True),
        (date(2150, 1, 4), True),
    ],
)
def test_days_over_holidays_that_are_not_final_are_estimates(day: date, estimated: bool) -> None:
    found = working_day_after(day, 2)
    assert found is not None
    assert found.estimated is estimated


def test_counting_stops_at_the_end_of_time() -> None:
    assert working_day_before(date.min, 1) is None
    assert working_day_after(date.max, 1) is None
