"""The days of a trip, with their sources."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.deadlines import CountedFrom, DeadlineRule, Direction
from knowledge.facts import Confidence, Validity
from knowledge.loader import load_knowledge
from knowledge.policy import advise
from knowledge.terms import apply_rule, latest_begin, plus_days, plus_months, walk
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
        # The safe day has passed: what is decided when counts from today.
        "decision_expected": "2026-12-01",
        "invite_before_entry": "2026-12-10",
        "notify_arrival": "2026-12-22",
        "decision_latest": "2026-12-28",
        "passport_valid_after_visa": "2027-04-07",
    }
    assert [deadline.what for deadline in advice.deadlines if deadline.past] == ["start_invitation_safely"]


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
        "decision_expected": True,  # counted from a day that is an estimate
        "decision_latest": True,
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
def test_a_rule_counts_on_the_safe_side(kb: KnowledgeBase, rule: DeadlineRule, expected: date | None) -> None:
    found = apply_rule(kb.calendar, rule, date(2026, 12, 10))
    assert (found.date if found is not None else None) == expected


STEP = replace(RULE, direction=Direction.AFTER)
_NUMBER = st.integers(1, 40)
_STEPS = st.one_of(
    st.builds(lambda days, first: replace(STEP, working_days=days, counts_first_day=first), _NUMBER, st.booleans()),
    st.builds(lambda days, first: replace(STEP, calendar_days=days, counts_first_day=first), _NUMBER, st.booleans()),
    st.builds(lambda months: replace(STEP, months=months), _NUMBER),
    st.builds(lambda hours: replace(STEP, hours=hours), _NUMBER),
)
_KB = load_knowledge()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(steps=st.lists(_STEPS, min_size=1, max_size=3), end=st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_steps_begun_on_the_latest_day_are_over_before_the_end(steps: list[DeadlineRule], end: date) -> None:
    begin = latest_begin(_KB.calendar, steps, end)
    assert begin is not None
    over = walk(_KB.calendar, steps, begin.date)
    assert over is not None
    assert begin.date <= over.date < end


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (replace(STEP, working_days=5), date(2026, 12, 2)),
        (replace(STEP, working_days=5, counts_first_day=True), date(2026, 12, 3)),
        (replace(STEP, calendar_days=5), date(2026, 12, 4)),
        (replace(STEP, calendar_days=5, counts_first_day=True), date(2026, 12, 5)),
        (replace(STEP, months=1), date(2026, 11, 9)),
        (replace(STEP, hours=49), date(2026, 12, 6)),
    ],
)
def test_the_latest_day_to_begin_counts_every_kind_of_term(
    kb: KnowledgeBase, rule: DeadlineRule, expected: date
) -> None:
    begin = latest_begin(kb.calendar, (rule,), date(2026, 12, 10))
    assert begin is not None
    assert begin.date == expected


@pytest.mark.parametrize(
    ("validity", "holds"),
    [
        (Validity(start=date(2026, 12, 4)), True),
        (Validity(start=date(2026, 12, 5)), False),
        (Validity(end=date(2026, 12, 4)), True),
        (Validity(end=date(2026, 12, 3)), False),
    ],
)
def test_no_day_to_begin_a_step_whose_rule_does_not_hold(kb: KnowledgeBase, validity: Validity, holds: bool) -> None:
    rule = replace(STEP, calendar_days=5, validity=validity)
    before = replace(STEP, calendar_days=1)
    assert (latest_begin(kb.calendar, (before, rule), date(2026, 12, 10)) is not None) is holds


def test_no_day_to_begin_before_the_first_of_dates(kb: KnowledgeBase) -> None:
    for rule in (replace(STEP, working_days=1), replace(STEP, calendar_days=1), replace(STEP, months=1)):
        assert latest_begin(kb.calendar, (rule,), date.min) is None
        assert latest_begin(kb.calendar, (rule,), date.min + timedelta(days=1)) is None


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
