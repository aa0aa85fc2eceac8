"""The days of a trip, with their sources."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.deadlines import CountedFrom, DeadlineRule, Direction
from knowledge.facts import Confidence, Validity
from knowledge.policy import advise
from knowledge.policy.deadlines import apply_rule, plus_days, plus_months
from knowledge.trip import Purpose, Trip

TODAY = date(2026, 11, 22)


def days_of(advice: Advice) -> dict[str, str]:
    return {deadline.what: deadline.date.isoformat() for deadline in advice.deadlines}


def test_days_of_a_visa_free_trip(kb: KnowledgeBase) -> None:
    advice = advise(kb, Trip("DE", Purpose.TOURISM, 20, date(2026, 12, 11)), TODAY)
    assert days_of(advice) == {
        "qazeta": "2026-12-08",
        "notify_arrival": "2026-12-15",
        "leave_by": "2027-01-09",
    }
    assert [deadline.source for deadline in advice.deadlines] == ["qazeta_mail", "resolution_148", "resolution_148"]


def test_a_long_visa_free_trip_is_registered(kb: KnowledgeBase) -> None:
    long = advise(kb, Trip("TR", Purpose.TOURISM, 31, date(2026, 12, 11)), TODAY)
    assert days_of(long)["registration_90_day_stay"] == "2027-01-09"  # the day of arrival is day 1
    short = advise(kb, Trip("TR", Purpose.TOURISM, 30, date(2026, 12, 11)), TODAY)
    assert "registration_90_day_stay" not in days_of(short)
    before_the_rule = advise(kb, Trip("TR", Purpose.TOURISM, 31, date(2026, 6, 30)), date(2026, 6, 1))
    assert "registration_90_day_stay" not in days_of(before_the_rule)


def test_days_of_a_trip_with_an_invitation(kb: KnowledgeBase) -> None:
    advice = advise(kb, Trip("KE", Purpose.TOURISM, 20, date(2026, 12, 18)), TODAY)
    assert days_of(advice) == {
        "start_invitation_safely": "2026-11-06",
        "invite_before_entry": "2026-12-10",
        "notify_arrival": "2026-12-22",
        "passport_valid_after_visa": "2027-04-07",
    }


def test_nobody_waits_for_an_invitation_that_is_not_needed(kb: KnowledgeBase) -> None:
    advice = advise(kb, Trip("DE", Purpose.PRIVATE, 60, date(2026, 12, 18)), TODAY)
    assert advice.outcome.value == "visa"
    assert "invite_before_entry" not in days_of(advice)


def test_days_that_passed_stay_and_are_told(kb: KnowledgeBase) -> None:
    advice = advise(kb, Trip("KE", Purpose.TOURISM, 20, date(2026, 11, 25)), TODAY)
    assert days_of(advice)["invite_before_entry"] == "2026-11-18"
    assert "invitation_deadline_passed" in advice.warnings
    on_the_day = advise(kb, Trip("KE", Purpose.TOURISM, 20, date(2026, 11, 25)), date(2026, 11, 18))
    assert "invitation_deadline_passed" not in on_the_day.warnings


def test_days_over_the_new_year_are_estimates(kb: KnowledgeBase) -> None:
    advice = advise(kb, Trip("KE", Purpose.TOURISM, 20, date(2027, 1, 6)), TODAY)
    estimated = {deadline.what: deadline.estimated for deadline in advice.deadlines}
    assert estimated == {
        "start_invitation_safely": True,
        "invite_before_entry": True,
        "notify_arrival": True,
        "passport_valid_after_visa": False,
    }


def test_a_recommendation_whose_day_has_passed_is_left_out(kb: KnowledgeBase) -> None:
    trip = Trip("DE", Purpose.TOURISM, 20, date(2026, 12, 11))
    assert "qazeta" in days_of(advise(kb, trip, date(2026, 12, 8)))
    late = advise(kb, trip, date(2026, 12, 9))
    assert "qazeta" not in days_of(late)
    assert "qazeta_recommended" in late.warnings


def test_the_notice_of_arrival_names_who_counts_the_day_of_arrival(kb: KnowledgeBase) -> None:
    for country in ("DE", "KE"):
        advice = advise(kb, Trip(country, Purpose.TOURISM, 20, date(2026, 12, 11)), TODAY)
        assert {"resolution_148", "dos_immigration"} <= {source.id for source in advice.sources}


def test_no_days_without_an_arrival(kb: KnowledgeBase) -> None:
    assert advise(kb, Trip("KE", Purpose.TOURISM, 20), TODAY).deadlines == ()


RULE = DeadlineRule(
    id="rule",
    who="host",
    counted_from=CountedFrom.ENTRY,
    direction=Direction.BEFORE,
    sources=("text",),
    confidence=Confidence.HIGH,
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (replace(RULE, hours=72), date(2026, 12, 7)),
        (replace(RULE, hours=70), date(2026, 12, 7)),
        (replace(RULE, hours=70, direction=Direction.AFTER), date(2026, 12, 12)),
        (replace(RULE, calendar_days=30, direction=Direction.AFTER), date(2027, 1, 9)),
        (replace(RULE, calendar_days=30, direction=Direction.AFTER, counts_first_day=True), date(2027, 1, 8)),
        (replace(RULE, months=3, direction=Direction.AFTER), date(2027, 3, 10)),
        (replace(RULE, months=3), date(2026, 9, 10)),
        (replace(RULE, working_days=5), date(2026, 12, 3)),
        (replace(RULE, working_days=5, validity=Validity(start=date(2027, 1, 1))), None),
    ],
)
def test_a_rule_counts_on_the_safe_side(rule: DeadlineRule, expected: date | None) -> None:
    found = apply_rule(rule, date(2026, 12, 10))
    assert (found.date if found is not None else None) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(9999, 12, 1), 1, None),
        (date(1, 1, 1), -1, None),
    ],
)
def test_calendar_months_end_with_the_month(day: date, months: int, expected: date | None) -> None:
    assert plus_months(day, months) == expected


def test_days_end_where_dates_end() -> None:
    assert plus_days(date.max, 1) is None
    assert plus_days(date.min, -1) is None
    assert plus_days(date(2026, 12, 31), 10**15) is None
