"""Answers about an invitation that do not go with each other, the facts or the day are objected to, with what works."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.answer import Answer
from dialogs.checks import CHECKS, Objection, standing_objections
from dialogs.formats import Voice
from dialogs.situation import Situation
from dialogs.world import World
from knowledge.language import Language
from knowledge.policy import check_evisa
from knowledge.terms import apply_rule
from tests.dialogs.requests.invited import COMPANY, GUEST, TRIP

MONDAY = date(2026, 11, 23)
REVIEW = "is_the_invitation_right"


def against(
    world: World,
    question: str,
    value: Answer,
    changed: Mapping[str, Answer] | None = None,
    *guests: Mapping[str, Answer],
    today: date = MONDAY,
) -> tuple[Objection, ...]:
    """What the other answers have against `value`; a question about a guest is asked of the first."""
    people = dict(enumerate(guests or (GUEST,), 1))
    answers = {**COMPANY, **TRIP, **(changed or {})}
    about = people[1] if question in GUEST else {}
    situation = Situation({**answers, **about, **(changed or {})}, world.knowledge, today, people)
    found = (check(situation, question, value) for check in CHECKS[question])
    return tuple(objection for objection in found if objection is not None)


def test_an_invitation_in_order_meets_no_objection(world: World) -> None:
    for question in CHECKS:
        value = {**COMPANY, **TRIP, **GUEST, REVIEW: "KZ-8YGC-62HR"}[question]
        assert against(world, question, value) == (), question


@pytest.mark.parametrize(
    ("question", "value", "changed", "key", "values"),
    [
        ("when_does_the_trip_begin", "2026-11-27", {}, "trip_too_soon", {"days": 5, "earliest": date(2026, 11, 28)}),
        ("when_does_the_trip_begin", "2026-11-23", {}, "trip_too_soon", {"days": 5, "earliest": date(2026, 11, 28)}),
        (
            "when_does_the_trip_begin", "2027-11-24", {"what_do_the_guests_come_for": "category_b10"},
            "trip_too_far", {"days": 365, "latest": date(2027, 11, 23)},
        ),
        ("when_does_the_trip_end", "2026-12-09", {}, "trip_ends_before_it_begins", {"first": date(2026, 12, 10)}),
        ("when_does_the_trip_end", "2027-03-10", {}, "trip_longer_than_visa", {"days": 90, "latest": date(2027, 3, 9)}),
        ("when_was_the_passport_issued", "1990-02-13", {}, "issued_before_birth",
         {"birth": date(1990, 2, 14), "issued": date(1990, 2, 13)}),
        ("which_date_of_birth", "2022-10-02", {}, "issued_before_birth",
         {"birth": date(2022, 10, 2), "issued": date(2022, 10, 1)}),
        ("when_does_the_passport_end", "2022-10-01", {}, "expires_before_issue", {"issued": date(2022, 10, 1)}),
        ("when_does_the_passport_end", "2027-03-19", {}, "passport_too_short",
         {"months": 3, "last": date(2026, 12, 20), "needed": date(2027, 3, 20)}),
        ("which_citizenship", "KZ", {}, "guest_is_a_citizen", {}),
    ],
)  # fmt: skip
def test_refusals(
    question: str, value: str, changed: dict[str, Answer], key: str, values: dict[str, object], world: World
) -> None:
    final = [objection for objection in against(world, question, value, changed) if objection.final]
    assert (f"objection.{key}", values) in [(objection.key, dict(objection.values)) for objection in final]


@pytest.mark.parametrize(
    ("question", "value", "changed"),
    [
        ("when_does_the_trip_begin", "2026-11-28", {}),
        ("when_does_the_trip_begin", "2027-11-23", {"what_do_the_guests_come_for": "category_b10"}),
        ("when_does_the_trip_begin", "2027-11-24", {}),
        ("when_does_the_trip_end", "2026-12-10", {}),
        ("when_does_the_trip_end", "2027-01-08", {}),
        ("when_does_the_trip_end", "2027-03-10", {"how_often_will_they_enter": "multiple"}),
        ("when_does_the_passport_end", "2027-03-20", {}),
        ("which_date_of_birth", "2022-10-01", {}),
    ],
)
def test_the_day_that_just_works(question: str, value: str, changed: dict[str, Answer], world: World) -> None:
    assert [item for item in against(world, question, value, changed) if item.final] == []


def test_a_stay_longer_than_most_may_stay_is_only_doubted(world: World) -> None:
    (doubt,) = against(world, "when_does_the_trip_end", "2027-01-09")
    assert not doubt.final
    assert dict(doubt.values) == {"days": 30, "latest": date(2027, 1, 8)}


def test_a_document_that_our_sources_do_not_settle_is_only_doubted(world: World) -> None:
    (doubt,) = against(world, "which_type_of_passport", "other_document")
    assert (doubt.key, doubt.final) == ("objection.no_national_passport", False)


@pytest.mark.parametrize("country", ["IN", "PK", "IQ", "GH", "AF"])
def test_an_evisa_is_doubted_where_the_lists_do_not_surely_have_it(country: str, world: World) -> None:
    wanted = {"where_is_the_visa_given": "visa_on_the_portal", "what_do_the_guests_come_for": "category_b12"}
    doubts = against(world, "which_citizenship", country, wanted)
    surely = "B12" in check_evisa(world.knowledge, country, MONDAY).categories
    assert [doubt.final for doubt in doubts] == ([] if surely else [False])
    assert against(world, "which_citizenship", country) == ()


def test_a_later_last_day_is_held_against_the_passports_told_of(world: World) -> None:
    short = {**GUEST, "when_does_the_passport_end": "2027-03-25"}
    (objection,) = against(world, "when_does_the_trip_end", "2027-01-05", None, GUEST, short)
    assert objection.key == "objection.passport_too_short_of_guest"
    assert objection.values["number"] == 2


def test_the_review_looks_at_everything_again(world: World) -> None:
    citizen = {**GUEST, "which_citizenship": "KZ"}
    (late,) = against(world, REVIEW, "KZ-8YGC-62HR", today=date(2026, 12, 5))
    assert late.key == "objection.trip_too_soon"
    (second,) = against(world, REVIEW, "KZ-8YGC-62HR", None, GUEST, citizen)
    assert (second.key, second.values["number"]) == ("objection.guest_is_a_citizen_of_guest", 2)


def test_what_was_confirmed_does_not_stop_the_review(world: World) -> None:
    doubtful = {**GUEST, "which_type_of_passport": "other_document"}
    assert against(world, REVIEW, "KZ-8YGC-62HR", None, doubtful) == ()
    situation = Situation({**COMPANY, **TRIP}, world.knowledge, MONDAY, {1: doubtful})
    assert [doubt.key for doubt in standing_objections(situation)] == ["objection.no_national_passport_of_guest"]


def test_a_guest_alone_is_not_held_against_a_trip_they_do_not_see(world: World) -> None:
    situation = Situation(GUEST, world.knowledge, MONDAY)
    for question in GUEST:
        for check in CHECKS.get(question, ()):
            assert check(situation, question, GUEST[question]) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(first=st.integers(0, 800), length=st.integers(0, 400), passport=st.integers(0, 900))
def test_what_is_offered_instead_works(first: int, length: int, passport: int, world: World) -> None:
    """The day that an objection names meets no such objection itself."""
    begin = MONDAY + timedelta(days=first)
    end, expires = begin + timedelta(days=length), MONDAY + timedelta(days=passport)
    changed: dict[str, Answer] = {
        "what_do_the_guests_come_for": "category_b10",
        "when_does_the_trip_begin": begin.isoformat(),
        "when_does_the_trip_end": end.isoformat(),
    }
    asked = {
        "when_does_the_trip_begin": begin,
        "when_does_the_trip_end": end,
        "when_does_the_passport_end": expires,
    }
    for question, day in asked.items():
        for objection in against(world, question, day.isoformat(), changed):
            instead = next(
                value for name in ("earliest", "latest", "first", "needed") if (value := objection.values.get(name))
            )
            assert isinstance(instead, date)
            keys = [item.key for item in against(world, question, instead.isoformat(), changed)]
            assert objection.key not in keys or objection.key.endswith("_of_guest")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(shift=st.integers(0, 60))
def test_the_first_day_is_refused_exactly_when_the_term_has_passed(shift: int, world: World) -> None:
    first = MONDAY + timedelta(days=shift)
    found = apply_rule(world.knowledge.calendar, world.knowledge.deadlines["invite_before_entry"], first)
    assert found is not None
    soon = any(
        item.key == "objection.trip_too_soon" for item in against(world, "when_does_the_trip_begin", first.isoformat())
    )
    assert soon is (found.date < MONDAY)


@pytest.mark.parametrize("language", Language)
def test_every_objection_has_words_for_one_and_for_a_guest(language: Language, world: World) -> None:
    voice = Voice(world.texts, language)
    values = {"days": 5, "months": 3, "category": "B3", "number": 2} | dict.fromkeys(
        ("earliest", "latest", "first", "birth", "issued", "last", "needed"), MONDAY
    )
    keys = {key for key in world.texts.ids() if key.startswith("objection.")}
    assert keys
    for key in keys:
        assert ".." not in voice.told(key, values)
    for key in ("issued_before_birth", "expires_before_issue", "passport_too_short", "guest_is_a_citizen",
                "evisa_not_sure", "no_national_passport"):  # fmt: skip
        assert {f"objection.{key}", f"objection.{key}_of_guest"} <= keys
