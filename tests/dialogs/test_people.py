"""Several people: a table to add to, to look into, to correct and to take away from; and links for guests."""

from dataclasses import replace

import pytest

from dialogs.effects import InviteGuest, Submit
from dialogs.events import Command, Press, Text
from dialogs.guests import Delivered, GuestInvitation
from dialogs.says import PressButton
from dialogs.session import Session, View
from dialogs.wire import LIMIT, Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import LINES, PART, Talk, at_the_guests, at_the_review, at_the_table

TABLE, LINK = "who_are_the_guests", "does_the_guest_fill_this_in"
MOST_BUTTONS = 100


def _with_link(world: World) -> tuple[Talk, str]:
    talk = at_the_guests(world)
    talk.tap(Action.ANSWER, f"1.{LINK}", "make")
    return talk, str(talk.answers[f"1.{LINK}"]).removeprefix("open:")


def test_a_second_guest_has_answers_of_their_own(world: World) -> None:
    talk = at_the_table(world).add_guest("SECOND")
    assert talk.key == TABLE
    assert talk.answers["1.what_is_the_surname"] == "SPECIMEN"
    assert talk.answers["2.what_is_the_surname"] == "SECOND"
    talk.tap(Action.ANSWER, TABLE, "complete").say("1")
    (submitted,) = [effect for effect in talk.effects if isinstance(effect, Submit)]
    assert [guest["surname"] for guest in submitted.payload["guests"]] == ["SPECIMEN", "SECOND"]


def test_lines_of_a_passport_fill_the_guest_that_is_asked_about(world: World) -> None:
    talk = at_the_guests(world).add_guest("OTHER").tap(Action.ADD, TABLE).say(LINES)
    assert "SPECIMEN" in talk.seen
    assert "2.what_is_the_surname" not in talk.answers, "nothing is taken before a yes"
    talk.say("yes")
    assert talk.answers["2.which_passport_number"] == "Z1234567"
    assert talk.answers["1.what_is_the_surname"] == "OTHER"
    assert talk.key == "2.which_country_of_birth"


def test_lines_of_a_passport_that_are_not_agreed_to_fill_nothing(world: World) -> None:
    talk = at_the_guests(world)
    before = talk.answers
    talk.say(LINES, "no")
    assert talk.answers == before


def test_nine_guests_fit_and_a_tenth_does_not(world: World) -> None:
    talk = at_the_table(world)
    for number in range(2, 10):
        talk.add_guest("SPECIMEN" + "ABCDEFGHIJ"[number] * 20)
    assert talk.key == TABLE
    assert not any(f":{Action.ADD}:" in data for data in talk.data)
    talk.tap(Action.ADD, TABLE, "10")
    assert (talk.key, talk.session.editing) == (TABLE, None)
    assert talk.text("notice.stale") in talk.seen


def test_every_screen_of_nine_guests_fits_into_buttons(world: World) -> None:
    """Buttons hold at most 64 bytes, a keyboard at most a hundred of them, and none holds what a guest is called."""
    talk = at_the_table(world)
    for number in range(2, 10):
        talk.add_guest("SPECIMEN" + "ABCDEFGHIJ"[number] * 20)
    walk = [(Action.LOOK, TABLE, str(number)) for number in range(1, 10)]
    walk += [(Action.CHANGES, "", ""), (Action.CHANGES, "", "1"), (Action.EDIT, "9.what_is_the_surname", "")]
    walk += [(Action.BACK, "9.what_is_the_surname", ""), (Action.CONTINUE, "", "")]
    walk += [(Action.EDIT, TABLE, ""), (Action.REMOVE, TABLE, "9"), (Action.ANSWER, TABLE, "complete")]
    walk += [(Action.REST, "", ""), (Action.NAME, "", "1")]
    for action, target, value in walk:
        talk.tap(action, target, value)
        for say in talk.done.says:
            buttons = [button for row in say.buttons for button in row]
            assert len(buttons) <= MOST_BUTTONS
            for button in buttons:
                assert isinstance(button.action, PressButton)
                assert len(button.action.data.encode()) <= LIMIT
                assert not any(secret in button.action.data for secret in ("SPECIMEN", "ASHA", "Z1234567", "1990"))
    assert talk.session.view is View.PAPER


def test_a_guest_is_taken_away_at_the_second_press(world: World) -> None:
    talk = at_the_table(world).add_guest("SECOND").tap(Action.REMOVE, TABLE, "1")
    assert "SPECIMEN" in talk.seen
    assert "1.what_is_the_surname" in talk.answers
    talk.tap(Action.REMOVE, TABLE, "2")
    assert {"1.what_is_the_surname", "2.what_is_the_surname"} <= set(talk.answers), "a press on another asks anew"
    talk.tap(Action.REMOVE, TABLE, "2")
    assert not any(key.startswith("2.") for key in talk.answers)
    assert talk.answers["1.what_is_the_surname"] == "SPECIMEN"


@pytest.mark.parametrize(
    ("action", "target", "value"),
    [
        (Action.REMOVE, TABLE, "2"),
        (Action.EDIT, "2.what_is_the_surname", ""),
        (Action.ANSWER, "2.which_sex_has_the_holder", "male"),
        (Action.SKIP, f"2.{LINK}", ""),
        (Action.KEEP, "2.what_is_the_surname", ""),
    ],
)
def test_buttons_of_a_guest_who_is_gone_do_no_harm(world: World, action: Action, target: str, value: str) -> None:
    talk = at_the_table(world).add_guest("SECOND").tap(Action.REMOVE, TABLE, "2").tap(Action.REMOVE, TABLE, "2")
    before = talk.answers
    talk.tap(action, target, value)
    assert (talk.answers, talk.key) == (before, TABLE)
    assert talk.text("notice.stale") in talk.seen


def test_an_answer_about_a_guest_is_corrected_from_the_review(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, "1.what_is_the_surname")
    assert any("SPECIMEN" in button.label for button in talk.buttons), "the old value is offered"
    talk.say("CORRECTED")
    assert (talk.key, talk.answers["1.what_is_the_surname"]) == ("is_the_invitation_right", "CORRECTED")
    assert "CORRECTED" in talk.seen


def test_a_press_on_the_review_from_before_a_correction_hands_nothing_over(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, "1.what_is_the_surname")
    talk.tap(Action.ANSWER, "is_the_invitation_right", "confirm")
    assert talk.effects == []
    assert talk.key == "1.what_is_the_surname"


def test_a_link_pressed_twice_is_one_link(world: World) -> None:
    talk, token = _with_link(world)
    assert talk.effects == [InviteGuest(token, talk.session.paper, 1)]
    talk.tap(Action.ANSWER, f"1.{LINK}", "make")
    assert talk.effects == []
    assert talk.answers[f"1.{LINK}"] == f"open:{token}"


def test_the_table_waits_for_the_guest(world: World) -> None:
    talk, token = _with_link(world)
    talk.tap(Action.ANSWER, TABLE, "complete")
    assert (talk.key, TABLE in talk.answers) == (TABLE, False)
    assert token not in talk.seen
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, PART),)))
    assert talk.text("guest_link.arrived", name="SPECIMEN ASHA MIRA") in talk.seen
    assert talk.tap(Action.ANSWER, TABLE, "complete").key == "is_the_invitation_right"


def test_what_a_guest_sends_after_their_removal_is_not_taken(world: World) -> None:
    talk, token = _with_link(world)
    talk.tap(Action.REMOVE, TABLE, "1").tap(Action.REMOVE, TABLE, "1")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, PART),)))
    assert not any(key.startswith("1.") for key in talk.answers)
    talk.tap(Action.ANSWER, f"1.{LINK}", "make")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, PART),)))
    assert "1.what_is_the_surname" not in talk.answers, "a new link waits for its own guest"


def test_what_a_guest_sends_after_the_end_is_not_taken(world: World) -> None:
    talk, token = _with_link(world)
    talk.say("cancel", "yes")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, 1, 1, PART),)))
    assert (talk.answers, talk.session.papers) == ({}, ())


def test_a_part_fills_no_question_that_the_flow_does_not_know(world: World) -> None:
    talk, token = _with_link(world)
    part = (*PART, ("may_we_pass_your_data_on", "i_agree"), ("no_such_question", "x"))
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, part),)))
    assert not {"1.may_we_pass_your_data_on", "1.no_such_question"} & set(talk.answers)


def test_a_link_that_is_used_up_opens_nothing(world: World) -> None:
    talk = Talk.begin(world)
    talk.take(Command("start", "guest_t7k2m9"), replace(world, invited=GuestInvitation("t7k2m9", usable=False)))
    assert (talk.session.flow, talk.session.link) == (None, None)
    assert talk.text("guest_link.unusable") in talk.seen


@pytest.mark.parametrize("language", list(Language))
def test_a_guest_sees_only_their_own_part(world: World, language: Language) -> None:
    talk = Talk(world, Session(language=language), Talk.begin(world).done)
    talk.take(Command("start", "guest_t7k2m9"), replace(world, invited=GuestInvitation("t7k2m9", usable=True)))
    assert (talk.session.flow, talk.session.link) == ("guest_part", "t7k2m9")
    assert talk.text("question.may_we_pass_your_data_on.ask") in talk.seen
    assert "t7k2m9" not in talk.seen
    assert all("t7k2m9" not in data for data in talk.data)
    assert talk.take(Press("garbage")).session.link == "t7k2m9"
