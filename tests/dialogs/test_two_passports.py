"""Two passports are compared on the same trip; the card fits and says that our sources settle nothing."""

from itertools import pairwise

import pytest

from dialogs.answer import Answer
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.passports import passports_held, trips_by_passport
from dialogs.plain import to_plain
from dialogs.replay import replay
from dialogs.situation import Situation
from dialogs.world import World
from knowledge.advice import Outcome
from knowledge.language import Language
from knowledge.policy import advise
from knowledge.trip import Border, Entries, PassportType, Purpose

PASSPORTS = ("IN", "DE", "RU", "HK", "KR", "AF", "PK", "CU", "GI", "AW", "AZ", "CN")
PURPOSES = (Purpose.TOURISM, Purpose.WORK, Purpose.PRIVATE, Purpose.TRANSIT)


def answers(first: str, second: str, purpose: Purpose, days: int = 20) -> dict[str, Answer]:
    return {
        "which_passport_do_you_hold": first,
        "what_kind_of_passport": "two_passports",
        "which_other_passport_held": second,
        "what_is_the_trip_for": purpose.value,
        "when_do_you_arrive": "2026-12-10",
        "how_many_days_will_you_stay": days,
        "how_often_will_you_enter": Entries.SINGLE.value,
        "how_do_you_cross_the_border": Border.AIR.value,
    }


@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_passport_is_told_its_own_verdict_on_a_card_that_fits(purpose: Purpose, world: World) -> None:
    for first, second in (*pairwise(PASSPORTS), ("HK", "AW"), ("HK", "PK"), ("KR", "CN")):
        given = answers(first, second, purpose)
        position = replay(world.flows["which_visa"], given, world)
        assert position.end == "two_passports_compared"
        here = Situation({key: given[key] for key in position.path}, world.knowledge, world.today)
        for language in Language:
            voice = Voice(world.texts, language)
            say = OUTCOMES["two_passports_compared"](here, voice, 1)
            assert sum(length(block) for block in say.blocks) <= LONGEST_CARD
            card = to_plain(say)
            for trip in trips_by_passport(here):
                outcome = advise(world.knowledge, trip, world.today).outcome
                assert f"{voice.country(trip.citizenship)}:" in card
                assert voice.text(f"verdict.{outcome}") in card or outcome is Outcome.ASK_AUTHORITY
            assert voice.text("stay_note.two_passports") in card


def test_a_passport_named_twice_is_one(world: World) -> None:
    here = Situation(answers("DE", "DE", Purpose.TOURISM), world.knowledge, world.today)
    assert passports_held(here) == ("DE",)


@pytest.mark.parametrize("kind", ["child_passport", "two_passports", "ordinary", None])
def test_a_child_and_two_passports_are_judged_as_ordinary(kind: str | None, world: World) -> None:
    given = {**answers("IN", "DE", Purpose.TOURISM), "what_kind_of_passport": kind}
    assert Situation(given, world.knowledge, world.today).trip().passport is PassportType.ORDINARY


def test_what_is_asked_depends_on_either_passport(world: World) -> None:
    """Two visa-free passports need no more; one that needs a visa does."""
    flow = world.flows["which_visa"]
    short = [key for key in answers("DE", "FR", Purpose.TOURISM) if not key.startswith("how_often")]
    free = {key: answers("DE", "FR", Purpose.TOURISM)[key] for key in short if key != "how_do_you_cross_the_border"}
    assert replay(flow, free, world).end == "two_passports_compared"
    mixed = {**free, "which_other_passport_held": "EG"}
    assert replay(flow, mixed, world).ask == "how_often_will_you_enter"


@pytest.mark.parametrize("country", ["IN", "EG", "PK", "AF"])
@pytest.mark.parametrize("days", [2, 30])
def test_transit_never_ends_without_a_visa_for_a_passport_that_needs_one(country: str, days: int, world: World) -> None:
    given = {**answers(country, country, Purpose.TRANSIT, days), "what_kind_of_passport": "ordinary"}
    here = Situation(given, world.knowledge, world.today)
    visit = {**given, "what_is_the_trip_for": Purpose.TOURISM.value}
    free = advise(world.knowledge, Situation(visit, world.knowledge, world.today).trip(), world.today).outcome
    outcome = advise(world.knowledge, here.trip(), world.today).outcome
    assert outcome is not Outcome.VISA_FREE or free is Outcome.VISA_FREE
