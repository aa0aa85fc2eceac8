"""By when an invitation moves on: legal terms only, from the day that its history gives."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.requests import Change, Request, Status
from dialogs.requests.dates import conflicts_behind, sources_behind, steps_ahead
from dialogs.world import World
from knowledge.timeline import Events, timeline
from knowledge.workdays import is_working_day

TODAY = date(2026, 11, 25)
SENT = date(2026, 11, 24)


def request_at(*history: tuple[Status, date], first_day: date = date(2027, 2, 10)) -> Request:
    return Request("KZ-8YGC-62HR", "B3", 2, first_day, tuple(Change(status, on) for status, on in history))


@pytest.mark.parametrize(
    ("history", "steps"),
    [
        (
            [(Status.RECEIVED, date(2026, 11, 23))],
            [("send", None, date(2027, 2, 3)), ("if_sent", date(2026, 12, 4), date(2027, 1, 5))],
        ),
        ([(Status.RETURNED, date(2026, 11, 23))], [("send", None, date(2027, 2, 3))]),
        (
            [(Status.RECEIVED, date(2026, 11, 23)), (Status.SENT, SENT)],
            [
                ("review", date(2026, 11, 27), date(2026, 12, 1)),
                ("decision", date(2026, 12, 3), date(2027, 1, 5)),
            ],
        ),
        (
            [(Status.SENT, SENT), (Status.POLICE_CHECK, date(2026, 11, 26))],
            [
                ("review", date(2026, 11, 27), date(2026, 12, 1)),
                ("decision", date(2026, 12, 3), date(2027, 1, 5)),
            ],
        ),
        (
            [(Status.SENT, SENT), (Status.SECURITY, date(2026, 11, 30))],
            [
                ("security", date(2026, 12, 3), date(2026, 12, 30)),
                ("decision", date(2026, 12, 4), date(2026, 12, 31)),
            ],
        ),
        ([(Status.ISSUED, SENT)], []),
        ([(Status.REFUSED, SENT)], []),
        ([(Status.CLOSED, SENT)], []),
        ([(Status.WITHDRAWN, SENT)], []),
    ],
)
def test_what_comes_by_when(
    history: list[tuple[Status, date]], steps: list[tuple[str, date | None, date]], world: World
) -> None:
    found = steps_ahead(request_at(*history), world.knowledge, TODAY)
    told = [(step.what, None if step.expected is None else step.expected.date, step.latest.date) for step in found]
    assert told == steps


def test_the_decision_is_that_of_the_timeline(world: World) -> None:
    kb = world.knowledge
    decision = steps_ahead(request_at((Status.SENT, SENT)), kb, TODAY)[-1]
    days = {item.what: item.date for item in timeline(kb, Events(invitation_sent=SENT), TODAY)}
    assert decision.expected is not None
    assert (decision.expected.date, decision.latest.date) == (days["decision_expected"], days["decision_latest"])


def test_each_term_brings_its_proof_and_its_dispute(world: World) -> None:
    steps = steps_ahead(request_at((Status.SENT, SENT)), world.knowledge, TODAY)
    assert "rules_2026" in sources_behind(steps, world.knowledge)
    assert conflicts_behind(steps, world.knowledge) == ("invitation_review",)
    assert conflicts_behind((), world.knowledge) == ()


def test_a_term_that_reaches_into_years_not_reviewed_is_an_estimate(world: World) -> None:
    decision = steps_ahead(request_at((Status.SENT, SENT)), world.knowledge, TODAY)[-1]
    assert decision.expected is not None
    assert not decision.expected.estimated
    assert decision.latest.estimated


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    status=st.sampled_from(list(Status)),
    on=st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    first_day=st.dates(date(2026, 2, 1), date(2028, 1, 1)),
)
def test_days_are_in_order_and_decisions_fall_on_working_days(
    status: Status, on: date, first_day: date, world: World
) -> None:
    for step in steps_ahead(request_at((status, on), first_day=first_day), world.knowledge, TODAY):
        if step.expected is not None:
            assert step.start < step.expected.date <= step.latest.date
        if step.what in ("decision", "if_sent"):
            assert is_working_day(world.knowledge.calendar, step.latest.date)
        assert step.rules
