"""The cards of answers: too long, a dialog that is not there, a claim that nobody may make."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from dialogs.answer_checks import card_findings, told_lines
from dialogs.formats import Voice
from dialogs.uses import shown_facts
from dialogs.world import World
from knowledge.answer import Part, PartKind
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language
from knowledge.serving import serve

TOPIC = "evisa.pakistan"


def changed(world: World, **changes: Any) -> World:
    """The world with one answer changed."""
    answer = replace(world.knowledge.answers[TOPIC], **changes)
    answers = MappingProxyType({**world.knowledge.answers, TOPIC: answer})
    return replace(world, knowledge=replace(world.knowledge, answers=answers))


def with_point(world: World, text: str, language: Language = Language.EN) -> World:
    """The world with one more point in the answer; dots stand in the other languages."""
    part = Part(PartKind.POINT, MappingProxyType({**dict.fromkeys(Language, "."), language: text}))
    return changed(world, parts=(*world.knowledge.answers[TOPIC].parts, part))


def of_topic(world: World) -> list[tuple[Severity, str]]:
    """The findings about the answer."""
    return [(item.severity, item.message) for item in card_findings(world) if item.thing == f"answer.{TOPIC}"]


def test_the_product_has_no_errors(world: World) -> None:
    assert [finding for finding in card_findings(world) if finding.severity is Severity.ERROR] == []
    assert of_topic(world) == []


@pytest.mark.parametrize(
    ("characters", "severity"), [(700, None), (701, Severity.WARNING), (900, Severity.WARNING), (901, Severity.ERROR)]
)
def test_title_and_parts_fit_a_phone(world: World, characters: int, severity: Severity | None) -> None:
    served = serve(world.knowledge, world.knowledge.answers[TOPIC], world.today)
    assert served is not None
    present = sum(map(len, told_lines(served, Voice(world.texts, Language.EN), world)))
    longer = with_point(world, "x" * (characters - present))
    message = f"en: title and parts have {characters} characters, 700 are enough to read on a phone"
    assert of_topic(longer) == ([] if severity is None else [(severity, message)])


def test_the_figures_are_counted_as_they_are_shown(world: World) -> None:
    (served,) = [serve(world.knowledge, world.knowledge.answers[TOPIC], world.today)]
    assert served is not None
    lines = told_lines(served, Voice(world.texts, Language.EN), world)
    assert any("31 December 2026" in line for line in lines)
    assert not any("{" in line for line in lines)
    # What is told after the end of the rule is no part of the card before it.
    assert not any("was open to" in line for line in lines)


def test_a_card_fits_one_message(world: World) -> None:
    errors = of_topic(with_point(world, "x" * 4100))
    assert [message for _, message in errors if "UTF-16" in message] != []
    assert {severity for severity, _ in errors} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("language", "text", "claim"),
    [
        (Language.EN, "The U.S. visa fee is 160 USD.", "us_fee_160"),
        (Language.EN, "The e-visa fee row of 2020 is 160 USD.", None),
        (Language.EN, "A U.S. visa costs this.", None),
    ],
)
def test_claims_that_nobody_may_make(world: World, language: Language, text: str, claim: str | None) -> None:
    found = of_topic(with_point(world, text, language))
    assert [message.split(": ")[2].split(" ")[0] for _, message in found] == ([] if claim is None else [claim])
    assert all(severity is Severity.ERROR for severity, _ in found)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"flow": "which_vissa", "given": ()}, "there is no dialog 'which_vissa'"),
        (
            {"given": (("which_pasport_do_you_hold", "PK"),)},
            "given: which_visa has no question 'which_pasport_do_you_hold'",
        ),
        ({"given": (("which_passport_do_you_hold", "XQ"),)}, "given: 'XQ' is no answer to which_passport_do_you_hold"),
        ({"given": (("what_is_the_trip_for", "tourims"),)}, "given: 'tourims' is no answer to what_is_the_trip_for"),
        (
            {"given": (("how_many_days_will_you_stay", 4000),)},
            "given: 4000 is no answer to how_many_days_will_you_stay",
        ),
    ],
)
def test_the_dialog_of_an_answer_exists(world: World, changes: dict[str, Any], message: str) -> None:
    assert of_topic(changed(world, **changes)) == [(Severity.ERROR, message)]


def test_a_dialog_needs_a_button(world: World) -> None:
    spare = replace(world.flows["which_visa"], id="spare")
    with_flow = replace(changed(world, flow="spare"), flows={**world.flows, "spare": spare})
    findings = [finding for finding in card_findings(with_flow) if "button" in finding.message]
    assert findings == [
        Finding(
            Severity.ERROR,
            f"answer.{TOPIC}",
            "the button of the dialog 'spare' has no text",
            "write flow.spare.title in all catalogues",
        )
    ]


def test_screens_show_contacts_themselves(world: World) -> None:
    shown = shown_facts(world)
    assert "contact.contact_centre_short" in shown
    assert {"penalty.host_large_again", "statement.us_bond_terms"} <= shown
