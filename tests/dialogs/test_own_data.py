"""One's own data: seen whole, erased whole, and kept out of everything that leaves the conversation."""

import json
from dataclasses import asdict, replace

import pytest

from dialogs.effects import CallPerson, Deliver, EndTalk, Erase, Submit
from dialogs.events import Command, Text
from dialogs.guests import Delivered, GuestInvitation
from dialogs.session import Session, View
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import GUEST, PART, Talk, at_the_guests, at_the_review, at_the_table

SECRETS = ("SPECIMEN", "ASHA", "Z1234567", "850315301235", "77021112233", "Dostyk", "Ulgibayev", "1990-02-14")

ERASE = [
    (Language.EN, "erase my data"),
    (Language.EN, "delete my data"),
    (Language.EN, "forget me"),
    (Language.EN, "Forget me!"),
    (Language.RU, "удалить мои данные"),
    (Language.RU, "удали мои данные"),
    (Language.RU, "забудь меня"),
    (Language.RU, "стереть мои данные"),
    (Language.KK, "деректерімді жою"),
    (Language.KK, "деректерімді жойыңыз"),
    (Language.KK, "мені ұмыт"),
    (Language.KK, "деректеримди жою"),
]


@pytest.mark.parametrize(("language", "said"), ERASE)
def test_erasing_is_announced_and_then_done(world: World, language: Language, said: str) -> None:
    talk = at_the_table(world).say("save for later", "/visa", "Egypt")
    talk.session = replace(talk.session, language=language)
    talk.say(said)
    assert talk.session.view is View.ERASE
    assert talk.effects == []
    assert talk.answers
    talk.tap(Action.ERASE, "all", "yes")
    assert talk.effects == [Erase()]
    assert talk.session == Session(language=language, run=talk.session.run)


def test_an_old_button_does_not_erase(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt").tap(Action.ERASE, "all", "yes")
    assert talk.effects == []
    assert talk.session.view is View.ERASE
    talk.tap(Action.PRIVACY).tap(Action.CONTINUE)
    assert talk.answers == {"which_passport_do_you_hold": "EG"}


def test_erasing_while_a_guest_has_the_link_leaves_nothing_to_come_back(world: World) -> None:
    talk = at_the_guests(world)
    talk.tap(Action.ANSWER, str(talk.key), "make")
    token, paper = str(talk.answers["1.does_the_guest_fill_this_in"]).removeprefix("open:"), talk.session.paper
    talk.tap(Action.ERASE).tap(Action.ERASE, "all", "yes")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, paper, 1, PART),)))
    assert not any(secret in talk.session.to_json() for secret in SECRETS)


def test_erasing_ends_a_talk_with_staff(world: World) -> None:
    talk = Talk.begin(replace(world, staff=True)).say("talk to a person", "what about my parrot")
    assert talk.session.talking
    talk.tap(Action.ERASE).tap(Action.ERASE, "all", "yes")
    assert not talk.session.talking


def test_everything_kept_is_in_the_file(world: World) -> None:
    talk = at_the_table(world).say("save for later", "/visa", "Egypt", "/privacy").tap(Action.DATA)
    (file,) = [say.attachment for say in talk.done.says if say.attachment is not None]
    kept = json.loads(file.content)["conversation"]
    assert kept["answers"] == {"which_passport_do_you_hold": "EG"}
    (paper,) = kept["papers"]
    assert paper["answers"]["1.which_passport_number"] == "Z1234567"
    assert set(kept) == set(asdict(talk.session)), "no field of the session is held back"


def test_personal_data_leave_only_by_being_handed_over(world: World) -> None:
    """Every effect of a whole invitation, and of looking around in it, but the last one."""
    talk = at_the_table(world)
    effects = list(talk.done.effects)
    for said in ("repeat", "why", "help", "change", "/papers", "continue", "talk to a person", "back", "ask a person"):
        talk.say(said)
        effects += talk.done.effects
    talk.tap(Action.CONTINUE).tap(Action.REST)
    effects += talk.done.effects
    talk.tap(Action.REMIND, "draft", "1")
    effects += talk.done.effects
    talk.tap(Action.RESUME, "", "1").tap(Action.ANSWER, "who_are_the_guests", "complete")
    effects += talk.done.effects
    assert effects
    assert not any(secret in str(effect) for effect in effects for secret in SECRETS)
    assert not any(secret in talk.session.asked for secret in SECRETS)
    talk.say("1")
    (submitted,) = [effect for effect in talk.effects if isinstance(effect, Submit)]
    assert "SPECIMEN" in str(submitted)
    assert [str(effect) for effect in talk.done.effects if "SPECIMEN" in str(effect)] == [str(submitted)]
    assert not any(secret in talk.session.to_json() for secret in SECRETS), "what is handed over is not kept here"
    assert talk.session.requests == (submitted.reference,)


def test_a_guest_keeps_nothing_once_the_part_is_delivered(world: World) -> None:
    talk = Talk.begin(world)
    talk.take(Command("start", "guest_t7k2m9"), replace(world, invited=GuestInvitation("t7k2m9", usable=True)))
    talk.say("I agree", "SPECIMEN", *GUEST)
    assert talk.key == "is_your_part_right"
    talk.say("1")
    (delivered,) = talk.effects
    assert isinstance(delivered, Deliver)
    assert (delivered.token, dict(delivered.answers)["which_passport_number"]) == ("t7k2m9", "Z1234567")
    assert not any(secret in talk.session.to_json() for secret in SECRETS)
    assert talk.session.link is None


def test_a_second_confirmation_hands_nothing_over_again(world: World) -> None:
    talk = at_the_review(world).tap(Action.ANSWER, "is_the_invitation_right", "confirm")
    assert any(isinstance(effect, Submit) for effect in talk.effects)
    talk.tap(Action.ANSWER, "is_the_invitation_right", "confirm")
    assert talk.effects == []
    assert len(talk.session.requests) == 1


@pytest.mark.parametrize(
    "said", ["my passport is N1234567", "паспорт N1234567", "IIN 850315301235", "жсн 850315301235"]
)
def test_long_figures_do_not_reach_the_staff(world: World, said: str) -> None:
    talk = Talk.begin(replace(world, staff=True)).say("talk to a person", said)
    (called,) = [effect for effect in talk.effects if isinstance(effect, CallPerson)]
    assert "•••" in called.question
    assert not any(character.isdigit() for character in called.question)


def test_the_staff_card_names_the_screen_and_no_answer(world: World) -> None:
    talk = at_the_table(replace(world, staff=True)).say("talk to a person", "when will it be ready")
    (called,) = [effect for effect in talk.effects if isinstance(effect, CallPerson)]
    assert called.shown == talk.text("flow.invitation.title")
    assert not any(secret in str(called) for secret in SECRETS)


def test_a_command_takes_the_conversation_back_from_staff(world: World) -> None:
    talk = Talk.begin(replace(world, staff=True)).say("talk to a person", "what about my parrot", "/menu")
    assert EndTalk() in talk.effects
    assert not talk.session.talking
