"""The last safe day to begin, checked by walking the longest way forward again."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.policy import advise
from knowledge.trip import Border, Purpose, Trip
from knowledge.workdays import working_day_after

TODAY = date(2026, 1, 15)


def day_of(advice: Advice, what: str) -> date | None:
    return next((deadline.date for deadline in advice.deadlines if deadline.what == what), None)


def after(kb: KnowledgeBase, day: date, working_days: int) -> date:
    found = working_day_after(kb.calendar, day, working_days)
    assert found is not None
    return found.date


def issued(kb: KnowledgeBase, start: date, issue_working_days: int) -> date:
    """Five working days of review, 30 days of checks, one working day to decide, then the visa."""
    decided = after(kb, after(kb, start, 5) + timedelta(30), 1)
    return after(kb, decided, issue_working_days)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(arrival=st.dates(date(2026, 4, 1), date(2026, 12, 31)))
def test_who_starts_on_the_safe_day_has_the_visa_and_who_starts_much_later_might_not(
    kb: KnowledgeBase, arrival: date
) -> None:
    for border, issue in ((Border.AIR, 1), (Border.LAND, 5)):
        start = day_of(
            advise(kb, Trip("KE", Purpose.TOURISM, 10, arrival, border=border), TODAY), "start_invitation_safely"
        )
        assert start is not None
        assert issued(kb, start, issue) < arrival
        # Days off on the way leave some days to spare: at most those of Nauryz with their weekends.
        assert issued(kb, start + timedelta(11), issue) >= arrival


@pytest.mark.parametrize(
    ("country", "purpose", "expected"),
    [
        ("DE", Purpose.PRIVATE, date(2026, 12, 9)),  # five working days, over by the 17th
        ("KE", Purpose.FAMILY, date(2026, 12, 9)),
        ("KE", Purpose.ETHNIC_KAZAKH_RETURN, date(2026, 11, 17)),  # C1: 30 calendar days
        ("KE", Purpose.STUDY, None),  # by invitation
        ("DE", Purpose.TOURISM, None),  # too long for tourism
    ],
)
def test_without_an_invitation_the_day_to_apply_is_told(
    kb: KnowledgeBase, country: str, purpose: Purpose, expected: date | None
) -> None:
    advice = advise(kb, Trip(country, purpose, 60, date(2026, 12, 18)), TODAY)
    assert day_of(advice, "apply_for_visa") == expected
    assert (day_of(advice, "start_invitation_safely") is None) is (purpose is not Purpose.STUDY)


def test_an_own_petition_has_a_first_day(kb: KnowledgeBase) -> None:
    trip = Trip("DE", Purpose.PRIVATE, 60, date(2026, 12, 18))
    assert day_of(advise(kb, trip, TODAY), "invite_horizon_petition") == date(2026, 9, 19)
    assert day_of(advise(kb, trip, date(2026, 9, 20)), "invite_horizon_petition") is None
    family = Trip("KE", Purpose.FAMILY, 60, date(2026, 12, 18))
    assert day_of(advise(kb, family, TODAY), "invite_horizon_petition") is None


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 6), None),
        (date(2026, 11, 7), "may_not_be_ready_in_time"),
        (date(2026, 12, 10), "may_not_be_ready_in_time"),
        (date(2026, 12, 11), "invitation_deadline_passed"),
    ],
)
def test_a_safe_day_that_passed_is_told(kb: KnowledgeBase, today: date, told: str | None) -> None:
    advice = advise(kb, Trip("KE", Purpose.TOURISM, 20, date(2026, 12, 18)), today)
    about = {"may_not_be_ready_in_time", "invitation_deadline_passed"} & set(advice.warnings)
    assert about == ({told} if told else set())


def test_a_petition_that_comes_late_is_told(kb: KnowledgeBase) -> None:
    trip = Trip("DE", Purpose.PRIVATE, 60, date(2026, 12, 18))
    assert "may_not_be_ready_in_time" not in advise(kb, trip, date(2026, 12, 9)).warnings
    assert "may_not_be_ready_in_time" in advise(kb, trip, date(2026, 12, 10)).warnings
