"""The dialogs about an invitation say what is so: their options are the facts', their terms are the code's."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po

from dialogs.formats import Voice
from dialogs.promises import KEPT_DAYS, PROMISED
from dialogs.requests import Status
from dialogs.requests.trip import CATEGORY, option_of
from dialogs.tree import Kind
from dialogs.world import World
from knowledge.categories import NeedsInvitation
from knowledge.language import Language

ROOT = Path(__file__).parents[2]
FLOWS = ("invitation", "guest_part")
LONGEST_BUTTON, LONGEST_OPTION = 38, 34


def test_the_categories_are_those_that_an_invitation_is_for(world: World) -> None:
    offered = world.flows["invitation"].questions[CATEGORY].options
    categories = world.knowledge.categories.values()
    invited = {option_of(category) for category in categories if category.needs_invitation is not NeedsInvitation.NO}
    assert set(offered) == invited


def test_a_guest_is_asked_the_same_questions_as_the_inviter_about_them(world: World) -> None:
    inviting, part = (world.flows[flow].questions for flow in FLOWS)
    nested = {id_: question for id_, question in inviting.items() if question.of is not None}
    asked = {id_: question for id_, question in part.items() if question.kind is not Kind.REVIEW and id_ in nested}
    assert set(nested) - set(asked) == {"does_the_guest_fill_this_in"}
    for id_, question in asked.items():
        other = nested[id_]
        for field in ("kind", "form", "options", "period", "high", "optional", "personal", "anywhere", "zone"):
            assert getattr(question, field) == getattr(other, field), (id_, field)


def test_everything_about_a_person_is_personal(world: World) -> None:
    public = {"which_bin_has_the_company", "what_is_the_company_called", "which_registration_number",
              "which_places_will_they_visit", "which_city_has_the_office", "what_will_the_guests_do"}  # fmt: skip
    for flow in FLOWS:
        for question in world.flows[flow].questions.values():
            if question.kind is Kind.TEXT or question.of is not None or question.zone is not None:
                is_public = question.id in public or question.kind is Kind.HANDOVER
                assert question.personal is not is_public, question.id


@pytest.mark.parametrize("language", Language)
def test_the_terms_of_keeping_are_told(language: Language, world: World) -> None:
    voice = Voice(world.texts, language)
    for question in ("may_we_keep_your_data", "may_we_pass_your_data_on"):
        why = voice.text(f"question.{question}.why", **PROMISED)
        assert f" {KEPT_DAYS} " in why
        assert " 90 " in why
    assert "/privacy" in voice.text("question.may_we_keep_your_data.why", **PROMISED)


@pytest.mark.parametrize("language", Language)
def test_every_question_says_why_it_is_asked(language: Language, world: World) -> None:
    voice = Voice(world.texts, language)
    for flow in FLOWS:
        assert len(voice.text(f"flow.{flow}.title")) <= LONGEST_BUTTON
        for question in world.flows[flow].questions.values():
            for part in ("ask", "label") if question.kind is Kind.PEOPLE else ("ask", "label", "why"):
                assert voice.knows(f"question.{question.id}.{part}"), question.id
            for option in question.options:
                assert len(voice.text(f"option.{option}")) <= LONGEST_OPTION, option


def test_every_condition_of_the_flows_has_words(world: World) -> None:
    for flow in FLOWS:
        for question in world.flows[flow].questions.values():
            for rule in question.next:
                assert rule.when is None or f"condition.{rule.when}" in world.texts


def test_no_text_of_these_catalogues_lies_unused(world: World) -> None:
    questions = [question for flow in FLOWS for question in world.flows[flow].questions.values()]
    parts = ("ask", "example", "label", "skipped", "why")
    used = {f"question.{item.id}.{part}" for item in questions for part in parts}
    used |= {f"option.{option}" for item in questions for option in item.options}
    used |= {f"condition.{rule.when}" for item in questions for rule in item.next}
    used |= {f"flow.{flow}.title" for flow in FLOWS}
    used |= {f"{family}.{status}" for family in ("status", "status_text") for status in Status}
    used |= {f"refusal_ground.{ground}" for ground in world.knowledge.refusal_grounds}
    used |= {f"request_note.{note}" for category in world.knowledge.categories.values() for note in category.notes}
    used |= {f"next_step.{step}" for step in ("checked", "to_the_portal", "told")}
    used |= {f"request_step.{step}" for step in ("send", "if_sent", "review", "security", "decision")}
    literal = re.compile(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""")
    for part in (ROOT / "dialogs").rglob("*.py"):
        found = literal.findall(part.read_text("utf-8"))
        used |= {*found, *(f"{key}_of_guest" for key in found if key.startswith("objection."))}
    assert own_ids() - used == set()


def own_ids() -> set[str]:
    """The texts of the two catalogues."""
    found: set[str] = set()
    for name in ("invitation", "requests"):
        with (ROOT / "locales" / "en" / f"{name}.po").open("rb") as file:
            found |= {str(message.id) for message in read_po(file) if message.id}
    return found


def test_what_people_type_names_options_of_these_flows(world: World) -> None:
    said = yaml.safe_load((files("dialogs") / "data" / "options" / "invitation.yaml").read_text("utf-8"))
    options = {value for flow in FLOWS for item in world.flows[flow].questions.values() for value in item.options}
    assert set(said) <= options
