"""Papers: what rests, under which name, until when, and that it is taken up where it was left."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from dialogs.effects import StopReminding
from dialogs.events import Alarm, Text
from dialogs.guests import Delivered
from dialogs.migration import Migration
from dialogs.promises import KEPT_DAYS, MOST_PAPERS
from dialogs.reminding import EXPIRE
from dialogs.session import View
from dialogs.tree import Flow
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import PART, Talk, at_the_guests, at_the_review

REST = [
    (Language.EN, "save for later"),
    (Language.EN, "pause"),
    (Language.EN, "finish later"),
    (Language.EN, "put aside"),
    (Language.RU, "сохранить"),
    (Language.RU, "отложить"),
    (Language.RU, "отложи"),
    (Language.RU, "закончу позже"),
    (Language.KK, "сақтау"),
    (Language.KK, "кейінге қалдыру"),
    (Language.KK, "сақтап қою"),
    (Language.KK, "кейін жалғастырамын"),
]


def _resting(world: World) -> Talk:
    return Talk.begin(world).say("/visa", "Egypt", "ordinary", "save for later")


@pytest.mark.parametrize(("language", "said"), REST)
def test_what_is_put_aside_in_words_is_taken_up_whole(world: World, language: Language, said: str) -> None:
    talk = Talk.begin(world, language).say("/visa", "Египет", "обычный")
    before, key = talk.answers, talk.key
    talk.say(said)
    (paper,) = talk.session.papers
    assert (talk.session.flow, talk.answers) == (None, {})
    assert dict(paper.answers) == before
    assert talk.text("button.resume") in [button.label.partition(". ")[2] or button.label for button in talk.buttons]
    talk.tap(Action.RESUME, "", str(paper.id))
    assert (talk.answers, talk.key) == (before, key)


def test_an_invitation_rests_with_its_guests(world: World) -> None:
    talk = at_the_review(world)
    before = talk.answers
    talk.say("save for later")
    talk.tap(Action.RESUME, "", str(talk.session.papers[0].id))
    assert (talk.answers, talk.key) == (before, "is_the_invitation_right")


def test_several_rest_and_each_goes_on_by_itself(world: World) -> None:
    talk = _resting(world).say("/visa", "India", "save for later", "/visa", "Pakistan")
    assert [dict(paper.answers)["which_passport_do_you_hold"] for paper in talk.session.papers] == ["EG", "IN"]
    talk.tap(Action.RESUME, "", str(talk.session.papers[0].id))
    assert talk.answers["which_passport_do_you_hold"] == "EG"
    assert {dict(paper.answers)["which_passport_do_you_hold"] for paper in talk.session.papers} == {"EG", "IN", "PK"}


def test_the_oldest_makes_room(world: World) -> None:
    talk = Talk.begin(world)
    for _ in range(MOST_PAPERS + 2):
        talk.say("/visa", "Egypt", "save for later")
    numbers = [paper.id for paper in talk.session.papers]
    assert len(numbers) == MOST_PAPERS
    assert numbers == sorted(set(numbers)), "each has a number of its own, the newest last"
    talk.say("/papers")
    assert len([data for data in talk.data if f":{Action.PAPER}:" in data]) == MOST_PAPERS


def test_a_paper_is_kept_until_the_day_that_was_told(world: World) -> None:
    talk = _resting(world)
    last = world.today + timedelta(days=KEPT_DAYS)
    assert str(last.year) in talk.seen
    assert talk.take(Alarm("draft", EXPIRE), replace(world, today=last)).session.papers
    assert not talk.take(Alarm("draft", EXPIRE), replace(world, today=last + timedelta(days=1))).session.papers


def test_a_name_is_cleaned_and_short(world: World) -> None:
    talk = _resting(world).tap(Action.NAME, "", "1").say("\u202eМама\u0000 " + "ө" * 100)
    (paper,) = talk.session.papers
    assert paper.name.startswith("Мама ө")
    assert len(paper.name) == 40
    assert paper.name in talk.seen
    assert not any("Мама" in data for data in talk.data)


@pytest.mark.parametrize("command", ["/lang", "/help", "/papers", "/cancel", "/visa"])
def test_a_command_is_no_name(world: World, command: str) -> None:
    talk = _resting(world).tap(Action.NAME, "", "1").say(command, "India")
    assert [paper.name for paper in talk.session.papers if paper.id == 1] == [""]


def test_deleting_is_announced_and_then_done(world: World) -> None:
    talk = _resting(world).tap(Action.DISCARD, "", "1")
    assert talk.session.papers
    talk.tap(Action.DISCARD, "sure", "1")
    assert talk.session.papers == ()
    assert [effect.key for effect in talk.effects if isinstance(effect, StopReminding)] == ["1", "1"]
    talk.tap(Action.RESUME, "", "1")
    assert talk.text("notice.stale") in talk.seen
    assert talk.answers == {}


def test_an_outcome_that_is_saved_twice_is_one_paper(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE).tap(Action.SAVE)
    (paper,) = talk.session.papers
    assert dict(paper.answers) == talk.answers == {"which_passport_do_you_hold": "PK"}
    assert "evisa" in paper.told


def test_a_saved_outcome_stays_when_another_dialog_begins(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE).say("/visa", "Egypt", "save for later")
    assert [bool(paper.told) for paper in talk.session.papers] == [True, False]


def test_a_paper_of_an_older_version_goes_on_in_the_new_one(world: World) -> None:
    flow = world.flows["which_visa"]
    changed = Migration(
        flow.version,
        values=MappingProxyType({"what_kind_of_passport": MappingProxyType({"ordinary": "service"})}),
        ask_again=frozenset({"what_is_the_trip_for"}),
    )
    newer = Flow(flow.id, flow.version + 1, flow.questions, (changed,))
    talk = Talk.begin(world).say("/visa", "Egypt", "ordinary", "tourism", "save for later")
    talk.world = replace(world, flows={**world.flows, flow.id: newer})
    talk.tap(Action.RESUME, "", "1")
    assert talk.session.version == newer.version
    assert talk.answers == {"which_passport_do_you_hold": "EG", "what_kind_of_passport": "service"}


def test_a_guest_fills_in_their_part_while_the_invitation_rests(world: World) -> None:
    talk = at_the_guests(world)
    talk.tap(Action.ANSWER, str(talk.key), "make")
    token = str(talk.answers["1.does_the_guest_fill_this_in"]).removeprefix("open:")
    talk.say("save for later")
    (paper,) = talk.session.papers
    talk.take(Text("repeat"), replace(world, delivered=(Delivered(token, paper.id, 1, PART),)))
    talk.tap(Action.RESUME, "", str(paper.id))
    assert talk.answers["1.what_is_the_surname"] == "SPECIMEN"
    assert talk.answers["1.does_the_guest_fill_this_in"] == f"filled:{token}"
    assert talk.key == "who_are_the_guests"


def test_the_language_is_typed_on_the_page_of_a_paper(world: World) -> None:
    talk = _resting(world).say("русский")
    assert (talk.session.view, talk.session.offer) == (View.PAPER, ("paper", "1"))
    assert talk.text("button.resume") in talk.seen


def test_a_page_of_papers_holds_no_answer_in_its_buttons(world: World) -> None:
    talk = at_the_review(world).say("save for later", "/papers")
    talk.tap(Action.PAPER, "", "1")
    assert "SPECIMEN" in talk.seen
    assert not any(secret in data for data in talk.data for secret in ("SPECIMEN", "Z1234567", "850315"))
    assert date.fromisoformat("2026-12-22") == talk.session.papers[0].kept_until
