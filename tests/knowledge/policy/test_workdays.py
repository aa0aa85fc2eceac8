"""Working days of Kazakhstan."""

from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.workdays import (
    DayMove,
    WorkingDay,
    is_working_day,
    strict_calendar,
    work_calendar,
    working_day_after,
    working_day_before,
)


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
        (date(2025, 1, 5), True),  # the Sunday for which it was moved
    ],
)
def test_working_days(kb: KnowledgeBase, day: date, works: bool) -> None:
    assert is_working_day(kb.calendar, day) is works


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
def test_counting_on(kb: KnowledgeBase, day: date, count: int, from_day_itself: bool, expected: date) -> None:
    found = working_day_after(kb.calendar, day, count, from_day_itself=from_day_itself)
    assert found == WorkingDay(expected, estimated=False)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 10), 5, date(2026, 12, 3)),
        (date(2026, 12, 18), 5, date(2026, 12, 10)),
        (date(2026, 11, 22), 1, date(2026, 11, 20)),
    ],
)
def test_counting_back(kb: KnowledgeBase, day: date, count: int, expected: date) -> None:
    assert working_day_before(kb.calendar, day, count) == WorkingDay(expected, estimated=False)


def test_a_moved_day_wins_both_ways(kb: KnowledgeBase) -> None:
    """An invented decision: Friday 11 December 2026 is off, and Saturday the 19th is worked for it."""
    moves = (
        DayMove(date(2026, 12, 11), works=False, sources=("decision",)),
        DayMove(date(2026, 12, 19), works=True, sources=("decision",)),
        DayMove(date(2026, 12, 16), works=True, sources=("decision",)),  # a holiday becomes a working day
    )
    moved = work_calendar(moves, 2026, ("law",))
    assert moved.sources == ("law", "decision")
    assert [is_working_day(moved, move.day) for move in moves] == [False, True, True]
    assert [is_working_day(kb.calendar, move.day) for move in moves] == [True, False, False]
    assert working_day_after(moved, date(2026, 12, 10), 1) == WorkingDay(date(2026, 12, 14), estimated=False)
    assert working_day_after(kb.calendar, date(2026, 12, 10), 1) == WorkingDay(date(2026, 12, 11), estimated=False)
    assert working_day_before(moved, date(2026, 12, 21), 1) == WorkingDay(date(2026, 12, 19), estimated=False)
    assert working_day_before(kb.calendar, date(2026, 12, 21), 1) == WorkingDay(date(2026, 12, 18), estimated=False)
    assert working_day_after(moved, date(2026, 12, 14), 3) == WorkingDay(date(2026, 12, 17), estimated=False)
    # A foreign embassy need not follow a move: its days count only where both lands work.
    embassy = strict_calendar(moved, "US")
    assert [is_working_day(embassy, move.day) for move in moves] == [False, False, True]


def test_two_lands_keep_both_calendars(kb: KnowledgeBase) -> None:
    embassy = strict_calendar(kb.calendar, "US")
    assert not is_working_day(embassy, date(2026, 11, 26))  # Thanksgiving
    assert not is_working_day(embassy, date(2026, 12, 16))  # Independence Day of Kazakhstan
    assert is_working_day(embassy, date(2026, 12, 17))


def test_a_later_review_makes_days_sure() -> None:
    day = date(2027, 11, 1)
    estimated = [working_day_after(work_calendar((), year), day, 2) for year in (2026, 2027)]
    assert estimated == [WorkingDay(date(2027, 11, 3), True), WorkingDay(date(2027, 11, 3), False)]


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
def test_days_over_holidays_that_are_not_final_are_estimates(kb: KnowledgeBase, day: date, estimated: bool) -> None:
    found = working_day_after(kb.calendar, day, 2)
    assert found is not None
    assert found.estimated is estimated


def test_counting_stops_at_the_end_of_time(kb: KnowledgeBase) -> None:
    assert working_day_before(kb.calendar, date.min, 1) is None
    assert working_day_after(kb.calendar, date.max, 1) is None
