"""Ways in which people stray in a dialog, each with the harm that must not come of it."""

from dataclasses import replace

import pytest

from dialogs.effects import Count, Deliver, EndTalk, RevokeLink, Submit
from dialogs.events import Alarm, Text
from dialogs.guests import Delivered, GuestInvitation
from dialogs.wire import Action
from dialogs.world import World
from tests.dialogs.talk import GUEST, LINES, PART, Talk, at_the_guests, at_the_review, at_the_table

TABLE, LINK, REVIEW = "who_are_the_guests", "1.does_the_guest_fill_this_in", "is_the_invitation_right"


@pytest.mark.parametrize("away", ["erase my data", "help", "privacy", "change", "ask a person"])
@pytest.mark.parametrize("yes", ["yes", "ok", "да", "иә"])
def test_a_yes_on_another_screen_hands_nothing_over(world: World, away: str, yes: str) -> None:
    talk = at_the_review(world).say(away, yes)
    assert not [effect for effect in talk.effects if isinstance(effect, Submit)]


def test_a_guest_who_gets_a_link_at_the_review_is_waited_for(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, LINK).tap(Action.ANSWER, LINK, "make").say("yes")
    assert talk.key == TABLE
    talk.tap(Action.ANSWER, REVIEW, "confirm")
    assert talk.effects == []
    token = str(talk.answers[LINK]).removeprefix("open:")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, PART),)))
    assert talk.key == REVIEW


def test_another_guest_can_be_added_from_the_review(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, TABLE).tap(Action.ADD, TABLE, "2")
    assert talk.key == "2.does_the_guest_fill_this_in"
    talk.tap(Action.SKIP, talk.key).say("SECOND", *GUEST)
    assert talk.key == REVIEW
    assert "SECOND" in talk.seen


def test_resuming_what_runs_already_loses_nothing(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt", "ordinary", "save for later").tap(Action.RESUME, "", "1")
    answers = talk.say("tourism").answers
    assert talk.say("/papers").tap(Action.RESUME, "", "1").answers == answers


def test_deleting_the_running_paper_deletes_its_answers(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt", "save for later").tap(Action.RESUME, "", "1")
    talk.say("ordinary", "/papers").tap(Action.DISCARD, "", "1").tap(Action.DISCARD, "sure", "1")
    assert (talk.answers, talk.session.flow) == ({}, None)


def test_keeping_a_link_makes_no_second_one(world: World) -> None:
    talk = at_the_guests(world).tap(Action.ANSWER, LINK, "make").tap(Action.EDIT, LINK).tap(Action.KEEP, LINK)
    assert talk.effects == []


def test_a_saved_outcome_that_is_reopened_is_not_looked_at(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE).tap(Action.NOTIFY, "", "1")
    talk.tap(Action.RESUME, "", "1").tap(Action.EDIT, "which_passport_do_you_hold").tap(Action.REST)
    assert talk.take(Alarm("recheck", "1")).done.says == ()


def test_cancel_at_an_outcome_keeps_the_saved_paper(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE).say("cancel")
    assert len(talk.session.papers) == 1


def test_a_button_ends_the_talk_with_staff(world: World) -> None:
    talk = Talk.begin(replace(world, staff=True)).say("/visa", "talk to a person", "parrot").tap(Action.CONTINUE)
    assert EndTalk() in talk.effects
    assert talk.say("India").answers == {"which_passport_do_you_hold": "IN"}


@pytest.mark.parametrize("said", ["ok", "correct", "верно", "дұрыс", "yes"])
def test_a_yes_to_the_passport_lines_takes_them(world: World, said: str) -> None:
    assert at_the_guests(world).say(LINES, said).answers.get("1.which_passport_number") == "Z1234567"


def test_a_typed_yes_or_no_to_a_removal(world: World) -> None:
    talk = at_the_table(world).add_guest("SECOND").tap(Action.REMOVE, TABLE, "2").say("yes")
    assert talk.key == TABLE
    assert "2.what_is_the_surname" not in talk.answers
    talk.tap(Action.REMOVE, TABLE, "1").say("no")
    assert (talk.key, talk.session.offer) == (TABLE, ())
    assert "1.what_is_the_surname" in talk.answers


def test_nothing_of_a_removed_guest_is_offered_to_the_next(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, LINK).tap(Action.ANSWER, LINK, "make").say("yes")
    talk.tap(Action.REMOVE, TABLE, "1").tap(Action.REMOVE, TABLE, "1")
    assert talk.effects == [RevokeLink(talk.session.paper, 1)]
    talk.tap(Action.SKIP, LINK)
    assert "SPECIMEN" not in " ".join(button.label for button in talk.buttons) + talk.session.to_json()


def test_a_half_told_guest_can_be_removed(world: World) -> None:
    talk = at_the_table(world).tap(Action.ADD, TABLE, "2").tap(Action.SKIP, "2.does_the_guest_fill_this_in")
    talk.say("SECOND").tap(Action.REMOVE, str(talk.key), "2").say("yes")
    assert talk.key == TABLE
    assert not any(key.startswith("2.") for key in talk.answers)


def test_what_a_removed_guest_sends_is_not_announced(world: World) -> None:
    talk = at_the_guests(world).tap(Action.ANSWER, LINK, "make")
    token = str(talk.answers[LINK]).removeprefix("open:")
    talk.tap(Action.REMOVE, TABLE, "1").tap(Action.REMOVE, TABLE, "1")
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, talk.session.paper, 1, PART),)))
    assert "filled in their part" not in talk.seen


def test_a_handed_over_invitation_is_counted_as_reached(world: World) -> None:
    talk = at_the_review(world).say("1")
    counted = [(count.question, count.what) for count in talk.done.effects if isinstance(count, Count)]
    assert counted == [(REVIEW, "to:invitation_handed_over"), ("invitation_handed_over", "reached")]


def test_much_work_is_not_dropped_at_one_word(world: World) -> None:
    talk = at_the_review(world)
    answers = talk.answers
    assert talk.say("cancel").answers == answers
    assert talk.say("no").answers == answers
    talk.say("start over")
    assert dict(talk.session.papers[-1].answers) == answers
    talk.tap(Action.RESUME, "", str(talk.session.papers[-1].id)).say("cancel", "yes")
    assert (talk.answers, talk.session.flow) == ({}, None)


def _guest(world: World) -> Talk:
    opened = replace(world, invited=GuestInvitation("T0K3N", usable=True))
    talk = Talk.begin(world)
    return talk.take_command("start", "guest_T0K3N", opened)


def test_a_guests_part_survives_a_pause(world: World) -> None:
    talk = _guest(world).say("I agree", "SPECIMEN", "save for later")
    talk.tap(Action.RESUME, "", str(talk.session.papers[-1].id)).say(*GUEST)
    talk.say("yes")
    assert [effect.token for effect in talk.effects if isinstance(effect, Deliver)] == ["T0K3N"]


def test_a_link_that_was_taken_back_meanwhile_delivers_nothing(world: World) -> None:
    talk = _guest(world).say("I agree", "SPECIMEN", *GUEST)
    talk.take(Text("yes"), replace(world, invited=GuestInvitation("T0K3N", usable=False)))
    assert talk.effects == []
    assert "This link" in talk.seen


@pytest.mark.parametrize(
    ("said", "key"),
    [("change the passport of the trip: category is wrong", None), ("the surname is wrong", "1.what_is_the_surname")],
)
def test_a_correction_is_no_answer_in_free_words(world: World, said: str, key: str | None) -> None:
    talk = at_the_guests(world).tap(Action.SKIP, LINK).say("SPECIMEN", "ASHA", "female", "14.02.1990", "India", "India")
    talk.say("ordinary", "Z1234567", "1 October 2022", "30 September 2032", "India")
    assert talk.key == "1.which_work_and_position"
    talk.say(said)
    assert talk.answers.get("1.which_work_and_position") is None
    assert key is None or talk.key == key


@pytest.mark.parametrize(
    "said",
    [
        "passport number is Z7654321, not Z1234567",
        "passport number: Z7654321",
        "номер паспорта: Z7654321",
        "change the passport number to Z7654321",
    ],
)
def test_at_the_review_the_name_of_an_answer_is_enough(world: World, said: str) -> None:
    talk = at_the_review(world).say(said)
    assert talk.answers["1.which_passport_number"] == "Z7654321"


def test_a_word_that_something_is_wrong_is_no_new_answer(world: World) -> None:
    talk = at_the_review(world)
    surname = talk.answers["1.what_is_the_surname"]
    assert talk.say("the surname is wrong").answers["1.what_is_the_surname"] == surname
    assert talk.key == "1.what_is_the_surname"


def test_a_question_at_the_review_changes_nothing(world: World) -> None:
    talk = at_the_review(world).say("where do I find the passport number?")
    assert talk.key == REVIEW
