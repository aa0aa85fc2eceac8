"""Every day that follows from what a person knows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.facts import Validity
from knowledge.loader import load_knowledge
from knowledge.timeline import Arrival, Events, Way, sources_behind, timeline
from knowledge.workdays import DayMove, is_working_day, strict_calendar, work_calendar

_KB = load_knowledge()
TODAY = date(2026, 10, 1)


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def days_of(deadlines: Iterable[Deadline]) -> dict[str, str]:
    return {deadline.what: deadline.date.isoformat() for deadline in deadlines}


def test_an_invited_visa_from_the_first_day_to_the_last(kb: KnowledgeBase) -> None:
    known = Events(Arrival(date(2026, 12, 18), 20, invitation=True))
    assert days_of(timeline(kb, known, TODAY)) == {
        "start_invitation_safely": "2026-10-30",
        # From the safe day: three working days of review, three of the security check, one to decide.
        "decision_expected": "2026-11-10",
        "visa_expected": "2026-11-17",
        # Five working days of review, 30 days of the extended check, one working day to decide.
        "decision_latest": "2026-12-07",
        "invite_before_entry": "2026-12-10",
        "visa_latest": "2026-12-14",
        "notify_arrival": "2026-12-22",
        "passport_valid_after_visa": "2027-04-07",
    }


def test_an_evisa_is_issued_sooner_and_may_be_begun_later(kb: KnowledgeBase) -> None:
    sticker = days_of(timeline(kb, Events(Arrival(date(2026, 12, 18), 20, invitation=True)), TODAY))
    evisa = days_of(timeline(kb, Events(Arrival(date(2026, 12, 18), 20, Way.EVISA, invitation=True)), TODAY))
    assert evisa["start_invitation_safely"] == "2026-11-06" > sticker["start_invitation_safely"]
    assert (evisa["decision_latest"], evisa["visa_latest"]) == ("2026-12-14", "2026-12-15")


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 10, 1), date(2026, 10, 30)),  # the safe day lies ahead
        (date(2026, 11, 20), date(2026, 11, 20)),  # it has passed: from today
        (date(2026, 12, 17), date(2026, 12, 17)),
        (date(2026, 12, 18), None),  # on the day of arrival it is too late
        (date(2026, 12, 19), None),
    ],
)
def test_an_invitation_that_is_not_sent_is_counted_from_the_safe_day_or_today(
    kb: KnowledgeBase, today: date, start: date | None
) -> None:
    found = timeline(kb, Events(Arrival(date(2026, 12, 18), 20, invitation=True)), today)
    assert {day.counted_from for day in found if day.what.startswith("decision_")} == ({start} if start else set())


def test_an_invitation_that_was_sent_is_counted_from_its_day(kb: KnowledgeBase) -> None:
    sent = timeline(kb, Events(invitation_sent=date(2026, 11, 20)), TODAY)
    assert days_of(sent) == {"decision_expected": "2026-12-01", "decision_latest": "2026-12-28"}
    assert {deadline.who for deadline in sent} == {"authority"}
    with_trip = Events(Arrival(date(2026, 12, 18), 20, invitation=True), invitation_sent=date(2026, 10, 12))
    assert days_of(timeline(kb, with_trip, TODAY))["visa_latest"] == "2026-11-26"


_BEFORE_THE_VISA = {
    "start_invitation_safely", "apply_for_visa", "invite_before_entry", "invite_horizon_private",
    "invite_horizon_petition",
}  # fmt: skip
_INVITED = Arrival(date(2026, 12, 18), 20, invitation=True, private=True)
_ON_A_PETITION = Arrival(date(2026, 12, 18), 20, petition=True)


@pytest.mark.parametrize("way", [Way.VISA, Way.EVISA])
@pytest.mark.parametrize("arrival", [_INVITED, _ON_A_PETITION])
@pytest.mark.parametrize("done", [Events(papers_complete=date(2026, 11, 27)), Events(visa_until=date(2027, 1, 20))])
def test_nobody_is_told_to_begin_what_is_done(kb: KnowledgeBase, arrival: Arrival, way: Way, done: Events) -> None:
    arrival = replace(arrival, way=way)
    assert _BEFORE_THE_VISA & set(days_of(timeline(kb, Events(arrival), TODAY)))
    found = set(days_of(timeline(kb, replace(done, arrival=arrival), TODAY)))
    assert not (_BEFORE_THE_VISA | {"decision_expected", "decision_latest"}) & found
    assert "notify_arrival" in found
    sent = set(days_of(timeline(kb, replace(done, arrival=arrival, invitation_sent=date(2026, 10, 12)), TODAY)))
    assert not {"visa_expected", "visa_latest"} & sent


def test_an_invitation_that_was_sent_is_not_asked_for_again(kb: KnowledgeBase) -> None:
    found = timeline(kb, Events(_INVITED, invitation_sent=date(2026, 10, 12)), TODAY)
    assert set(days_of(found)) == {
        "decision_expected", "decision_latest", "visa_expected", "visa_latest", "notify_arrival",
        "passport_valid_after_visa",
    }  # fmt: skip
    # A visa for which no invitation is needed must be asked for all the same.
    uninvited = Events(_ON_A_PETITION, invitation_sent=date(2026, 10, 12))
    assert {"apply_for_visa", "invite_horizon_petition"} <= set(days_of(timeline(kb, uninvited, TODAY)))


@pytest.mark.parametrize("invitation", [True, False])
def test_who_needs_no_visa_waits_for_none(kb: KnowledgeBase, invitation: bool) -> None:
    free = Arrival(date(2026, 12, 18), 20, Way.VISA_FREE, invitation=invitation)
    assert set(days_of(timeline(kb, Events(free), TODAY))) == {"notify_arrival"}
    found = days_of(timeline(kb, Events(free, invitation_sent=date(2026, 11, 20)), TODAY))
    assert found == {
        "decision_expected": "2026-12-01", "notify_arrival": "2026-12-22", "decision_latest": "2026-12-28",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("today", "sent", "estimated"),
    [
        (date(2026, 10, 1), None, True),  # from a safe day that is an estimate itself
        (date(2026, 11, 30), None, True),  # that day is today
        (date(2026, 10, 1), date(2026, 11, 30), False),  # from a day that has been set
        (date(2026, 12, 1), None, False),  # from today
    ],
)
def test_what_is_counted_from_an_estimate_is_an_estimate(
    kb: KnowledgeBase, today: date, sent: date | None, estimated: bool
) -> None:
    arrival = Arrival(date(2027, 1, 12), 20, Way.EVISA, invitation=True)
    found = timeline(kb, Events(arrival, invitation_sent=sent), today)
    marks = {day.what: day.estimated for day in found}
    if sent is None:
        (safe,) = (day for day in found if day.what == "start_invitation_safely")
        assert (safe.date, safe.estimated) == (date(2026, 11, 30), True)
    assert (marks["decision_expected"], marks["visa_expected"]) == (estimated, estimated)


def test_papers_that_are_complete_settle_the_issue(kb: KnowledgeBase) -> None:
    plain = timeline(kb, Events(papers_complete=date(2026, 12, 14)), TODAY)
    assert days_of(plain) == {"visa_issued": "2026-12-22"}  # 16 December is a holiday
    for arrival, expected in (
        (Arrival(date(2027, 2, 1), 9, Way.EVISA, invitation=True), "2026-12-15"),
        (Arrival(date(2027, 2, 1), 9, long_issue=True), "2027-01-13"),
    ):
        found = days_of(timeline(kb, Events(arrival, papers_complete=date(2026, 12, 14)), TODAY))
        assert found["visa_issued"] == expected
        assert not {"decision_expected", "decision_latest", "visa_expected", "visa_latest"} & set(found)


def test_the_end_of_the_visa_brings_the_extension_the_exit_and_the_passport(kb: KnowledgeBase) -> None:
    found = timeline(kb, Events(visa_until=date(2026, 12, 18)), TODAY)
    assert days_of(found) == {
        "extension_earliest": "2026-11-05",
        "extension_latest": "2026-12-10",
        "leave_by_visa": "2026-12-18",
        "passport_valid_after_visa": "2027-03-18",
    }
    assert {deadline.what: deadline.who for deadline in found}["extension_earliest"] == "inviter"
    trip = Events(Arrival(date(2026, 11, 1), 20, invitation=True), visa_until=date(2026, 12, 18))
    assert days_of(timeline(kb, trip, TODAY))["passport_valid_after_visa"] == "2027-03-18"


def test_a_visa_free_stay_of_more_than_thirty_days_is_registered_where_the_rule_holds(kb: KnowledgeBase) -> None:
    stay = Arrival(date(2026, 12, 11), 31, Way.VISA_FREE, limit=90, limit_source="resolution_148")
    assert days_of(timeline(kb, Events(stay), TODAY)) == {
        "notify_arrival": "2026-12-15",
        "registration_90_day_stay": "2027-01-09",
        "leave_by": "2027-03-10",
    }
    for other in (replace(stay, days=30), replace(stay, day=date(2026, 6, 30))):
        assert "registration_90_day_stay" not in days_of(timeline(kb, Events(other), TODAY))


def test_a_new_address_is_registered_where_the_rule_holds(kb: KnowledgeBase) -> None:
    moved = Events(address_changed=date(2026, 12, 11))
    assert days_of(timeline(kb, moved, TODAY)) == {"registration_new_address": "2026-12-21"}
    assert timeline(kb, Events(address_changed=date(2026, 6, 30)), TODAY) == ()


def test_a_private_invitation_and_a_petition_have_a_first_day(kb: KnowledgeBase) -> None:
    private = Arrival(date(2026, 12, 18), 20, invitation=True, private=True)
    assert days_of(timeline(kb, Events(private), TODAY))["invite_horizon_private"] == "2025-12-18"
    petition = Arrival(date(2026, 12, 18), 20, petition=True)
    found = days_of(timeline(kb, Events(petition), TODAY))
    assert (found["invite_horizon_petition"], found["apply_for_visa"]) == ("2026-09-19", "2026-12-09")
    assert "invite_before_entry" not in found


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (date(2025, 5, 2), date(2025, 4, 28)),  # the example of the notice: 1 May is a holiday
        (date(2026, 12, 17), date(2026, 12, 11)),  # 16 December is a holiday in Kazakhstan
        (date(2026, 12, 1), date(2026, 11, 25)),  # 26 November is Thanksgiving
        (date(2026, 7, 7), date(2026, 6, 30)),  # the 3rd for Independence Day, and 6 July in Kazakhstan
        (date(2026, 12, 4), date(2026, 12, 1)),
    ],
)
def test_the_form_of_a_us_visa_stays_as_it_is_three_business_days_before(
    kb: KnowledgeBase, interview: date, expected: date
) -> None:
    (freeze,) = timeline(kb, Events(us_interview=interview), TODAY)
    assert (freeze.what, freeze.date, freeze.time) == ("us_ds160_deadline", expected, time(17))
    assert freeze.estimated  # the embassy's own days off are in no source
    assert freeze.source in kb.statements["us_ds160_deadline"].sources


def test_the_figures_of_the_form_are_those_of_the_fact(kb: KnowledgeBase) -> None:
    rule = kb.statements["us_ds160_deadline"]
    figures = tuple((name, value + 1) for name, value in rule.figures)
    changed = replace(kb, statements=MappingProxyType({rule.id: replace(rule, figures=figures)}))
    (freeze,) = timeline(changed, Events(us_interview=date(2026, 12, 11)), TODAY)
    assert (freeze.date, freeze.time) == (date(2026, 12, 7), time(18))


def test_before_its_rule_held_the_form_has_no_last_day(kb: KnowledgeBase) -> None:
    rule = kb.statements["us_ds160_deadline"]
    dated = replace(rule, validity=Validity(start=date(2025, 5, 2)))
    changed = replace(kb, statements=MappingProxyType({rule.id: dated}))
    assert timeline(changed, Events(us_interview=date(2025, 5, 1)), TODAY) == ()


def test_past_days_are_marked(kb: KnowledgeBase) -> None:
    known = Events(visa_until=date(2026, 12, 18))
    marked = {deadline.what for deadline in timeline(kb, known, date(2026, 12, 10)) if deadline.past}
    assert marked == {"extension_earliest"}  # the 10th itself is not over


def test_a_moved_day_moves_the_timeline(kb: KnowledgeBase) -> None:
    moves = (DayMove(date(2026, 12, 8), works=False, sources=("holidays_law",)),)
    moved = replace(kb, calendar=work_calendar(moves, 2026))
    known = Events(Arrival(date(2026, 12, 11), 20, invitation=True))
    assert days_of(timeline(kb, known, TODAY))["invite_before_entry"] == "2026-12-04"
    assert days_of(timeline(moved, known, TODAY))["invite_before_entry"] == "2026-12-03"


def test_days_beyond_the_end_of_dates_are_left_out(kb: KnowledgeBase) -> None:
    last = date.max
    known = Events(Arrival(last, 3650, invitation=True), last, last, last, last, last)
    assert {deadline.what for deadline in timeline(kb, known, TODAY)} <= {
        "start_invitation_safely", "invite_before_entry", "extension_earliest", "extension_latest", "leave_by_visa",
        "us_ds160_deadline",
    }  # fmt: skip
    first = date.min
    timeline(kb, Events(Arrival(first, 1, invitation=True), first, first, first, first, first), TODAY)


def test_the_notice_of_arrival_names_both_readings(kb: KnowledgeBase) -> None:
    (notice,) = (
        day for day in timeline(kb, Events(Arrival(date(2026, 12, 11), 5)), TODAY) if day.what == "notify_arrival"
    )
    assert set(sources_behind(kb, notice)) == {"resolution_148", "dos_immigration"}


def test_nothing_known_has_no_days(kb: KnowledgeBase) -> None:
    assert timeline(kb, Events(), TODAY) == ()


_SOME_DAY = st.dates(date(2020, 1, 1), date(2032, 12, 31))
_MAYBE = st.none() | _SOME_DAY
_ARRIVALS = st.builds(
    Arrival,
    day=_SOME_DAY,
    days=st.integers(1, 400),
    way=st.sampled_from(Way),
    invitation=st.booleans(),
    private=st.booleans(),
    petition=st.booleans(),
    long_issue=st.booleans(),
    travel_authorisation=st.booleans(),
    limit=st.none() | st.integers(1, 90),
    limit_source=st.just("resolution_148"),
)
_EVENTS = st.builds(Events, st.none() | _ARRIVALS, _MAYBE, _MAYBE, _MAYBE, _MAYBE, _MAYBE)
_WORKING = {"start_invitation_safely", "decision_expected", "decision_latest"}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(events=_EVENTS, today=_SOME_DAY)
def test_a_timeline_is_in_order_and_asks_for_no_work_on_a_day_off(events: Events, today: date) -> None:
    found = timeline(_KB, events, today)
    assert [day.date for day in found] == sorted(day.date for day in found)
    assert len({day.what for day in found}) == len(found)
    embassy = strict_calendar(_KB.calendar, "US")
    for day in found:
        rule = _KB.deadlines.get(day.rule)
        if day.what in _WORKING or (rule is not None and rule.working_days is not None):
            assert is_working_day(_KB.calendar, day.date), day
        if day.time is not None:
            assert is_working_day(embassy, day.date), day
        assert day.past is (day.date < today)
        assert {day.source, *sources_behind(_KB, day)} <= set(_KB.sources)
        assert day.who in {"traveller", "inviter", "host", "authority"}


@settings(max_examples=300, deadline=None, derandomize=True)
@given(arrival=_ARRIVALS, earlier=st.integers(0, 60))
def test_an_earlier_arrival_never_gives_a_later_day_to_begin(arrival: Arrival, earlier: int) -> None:
    first = replace(arrival, day=arrival.day - timedelta(earlier))
    soon, later = (days_of(timeline(_KB, Events(way), TODAY)) for way in (first, arrival))
    for what in ("invite_before_entry", "start_invitation_safely", "apply_for_visa"):
        assert (what in soon) == (what in later)
        assert soon.get(what, "") <= later.get(what, "")
