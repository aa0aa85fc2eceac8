"""What is handed over fits its schema, names the fields of the facts, and loses no answer."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dialogs.answer import Answer
from dialogs.effects import Submit
from dialogs.requests.payload import payload_of
from dialogs.requests.trip import option_of
from dialogs.situation import Situation
from dialogs.talks import play, read_script
from dialogs.world import World
from knowledge.categories import Entries
from tests.dialogs.requests.invited import COMPANY, GUEST, PERSON, TRIP

TALKS = Path(__file__).parents[2] / "conversations"
SCHEMA = json.loads((files("dialogs") / "schemas" / "invitation.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
# What the request needs beyond the data of the dialog: papers, signatures and the receipt of the duty.
NOT_ASKED = {"outgoing_number", "inviter_signature", "inviter_eds", "duty_receipt"}
LINES = st.text("abcdefgh XYZ", min_size=1, max_size=60).map(lambda text: f"x{text}")


def situation(world: World, answers: Mapping[str, Answer], *guests: Mapping[str, Answer]) -> Situation:
    return Situation(answers, world.knowledge, world.today, dict(enumerate(guests, 1)))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_of_the_facts_has_its_place(world: World) -> None:
    payload = payload_of(situation(world, {**COMPANY, **TRIP}, GUEST))
    told = {*payload["inviter"], *payload["trip"], *payload["guests"][0]} - {"kind"}
    assert told == set(world.knowledge.invitation_fields) - NOT_ASKED


@pytest.mark.parametrize("talk", ["invitation_company", "invitation_person"])
def test_what_a_conversation_hands_over_is_valid(talk: str, world: World) -> None:
    exchanges = play(read_script(TALKS / f"{talk}.yaml"), world).exchanges
    (submit,) = [effect for effect in exchanges[-1].effects if isinstance(effect, Submit)]
    VALIDATOR.validate(submit.payload)


def test_the_golden_invitation(world: World) -> None:
    exchanges = play(read_script(TALKS / "invitation_company.yaml"), world).exchanges
    (submit,) = [effect for effect in exchanges[-1].effects if isinstance(effect, Submit)]
    payload = submit.payload
    assert payload["inviter"] == {
        "kind": "company",
        "inviter_name": "ТОО «Демеу Трейд»",
        "inviter_number": "160440012346",
        "inviter_registration": {"number": "12345-1910-ТОО", "date": "2016-04-25"},
        "inviter_address": "Алматы, ул. Абая, 10, офис 5",
        "inviter_contact": {"phone": "+77012345678", "name": "Айгүл Серікова"},
    }
    assert payload["trip"]["category"] == "B3"
    assert payload["trip"]["visa_issue_place"] == {"kind": "mission", "country": "IN", "city": "Нью-Дели"}
    assert [guest["passport_number"] for guest in payload["guests"]] == ["Z1234567", "Z7654321"]
    assert [guest.get("first_names") for guest in payload["guests"]] == ["ASHA MIRA", None]


def test_an_evisa_is_given_on_the_portal(world: World) -> None:
    answers = {**PERSON, **TRIP, "where_is_the_visa_given": "visa_on_the_portal"}
    payload = payload_of(situation(world, answers, GUEST))
    VALIDATOR.validate(payload)
    assert payload["trip"]["visa_issue_place"] == {"kind": "portal"}
    assert payload["inviter"]["inviter_contact"]["name"] == PERSON["what_is_the_inviter_called"]


@pytest.mark.parametrize("missing", ["what_do_the_guests_come_for", "which_city_has_the_office"])
def test_half_an_invitation_is_none(missing: str, world: World) -> None:
    answers = {key: value for key, value in {**COMPANY, **TRIP}.items() if key != missing}
    with pytest.raises(KeyError):
        payload_of(situation(world, answers, GUEST))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_answers_make_a_valid_invitation(data: st.DataObject, world: World) -> None:
    categories = [item for item in world.knowledge.categories.values() if item.needs_invitation != "no"]
    category = data.draw(st.sampled_from(categories))
    inviter = data.draw(st.sampled_from([COMPANY, PERSON]))
    entries = data.draw(st.sampled_from([variant.entries for variant in category.variants]))
    portal = category.evisa and entries is Entries.SINGLE and data.draw(st.booleans())
    answers: dict[str, Any] = {
        **inviter,
        **TRIP,
        "what_do_the_guests_come_for": option_of(category),
        "how_often_will_they_enter": entries.value,
        "where_is_the_visa_given": "visa_on_the_portal" if portal else "visa_at_a_mission",
        "what_will_the_guests_do": data.draw(LINES),
        "which_email_reaches_you": data.draw(st.sampled_from([None, "a@example.com"])),
    }
    names = data.draw(st.lists(LINES, min_size=1, max_size=9))
    guests = [{**GUEST, "what_is_the_surname": name, "what_are_the_first_names": None} for name in names]
    payload = payload_of(situation(world, answers, *guests))
    assert [error.message for error in VALIDATOR.iter_errors(payload)] == []
    assert [guest["surname"] for guest in payload["guests"]] == names
    assert payload["trip"]["category"] == category.code
    assert payload["trip"]["entries"] == entries
