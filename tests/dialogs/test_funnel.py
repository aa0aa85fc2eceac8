"""The funnel: each question that was asked is left in one way, and nothing of an answer or a person is counted."""

from dataclasses import replace

import pytest

from dialogs.effects import Count
from dialogs.events import Alarm, Oddity, OddityKind, Press, Text
from dialogs.reminding import EXPIRE
from dialogs.tree import Flow
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import Talk, at_the_guests, at_the_table

PASSPORT, KIND, PURPOSE = "which_passport_do_you_hold", "what_kind_of_passport", "what_is_the_trip_for"


def _counts(talk: Talk) -> list[tuple[str, str]]:
    return [(effect.question, effect.what) for effect in talk.done.effects if isinstance(effect, Count)]


def test_an_answer_leads_from_one_question_to_the_next(world: World) -> None:
    talk = Talk.begin(world).say("/visa")
    assert _counts(talk) == [(PASSPORT, "asked")]
    talk.say("Egypt")
    assert _counts(talk) == [(PASSPORT, f"to:{KIND}"), (KIND, "asked")]


def test_an_outcome_is_reached(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "India")
    assert _counts(talk) == [(PASSPORT, "to:evisa"), ("evisa", "reached")]


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("cancel", "cancelled"),
        ("отмена", "cancelled"),
        ("болдырмау", "cancelled"),
        ("save for later", "rested"),
        ("отложить", "rested"),
        ("кейінге қалдыру", "rested"),
        ("/evisa", "rested"),
        ("start over", "restarted"),
        ("заново", "restarted"),
        ("басынан", "restarted"),
        ("back", "back"),
        ("назад", "back"),
        ("артқа", "back"),
    ],
)
def test_how_a_question_is_left(world: World, said: str, how: str) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt", said)
    assert _counts(talk)[0] == (KIND, how)


def test_erasing_is_a_way_to_leave(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt").tap(Action.ERASE).tap(Action.ERASE, "all", "yes")
    assert _counts(talk) == [(KIND, "erased")]


@pytest.mark.parametrize(
    "said", ["repeat", "help", "why", "/lang", "/papers", "menu", "blah", "how much is the e-visa?"]
)
def test_staying_at_a_question_counts_nothing(world: World, said: str) -> None:
    assert _counts(Talk.begin(world).say("/visa", "Egypt", "ordinary", said)) == []


def test_what_the_assistant_cannot_read_counts_nothing(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt")
    for event in (Oddity(OddityKind.STICKER), Press("garbage"), Text("x", edited=True), Alarm("draft", EXPIRE)):
        assert _counts(talk.take(event)) == []


def test_every_question_is_asked_before_it_is_left(world: World) -> None:
    """Over a whole invitation: at each question the asked are as many as the left, but for the one that waits."""
    talk = at_the_guests(world)
    asked: dict[str, int] = {}
    open_one = "does_the_guest_fill_this_in"
    for said in ("2", "SPECIMEN", "back", "SPECIMEN", "ASHA", "female", "back", "female", "14.02.1990"):
        for question, what in _counts(talk.say(said)):
            asked[question] = asked.get(question, 0) + (1 if what == "asked" else -1)
    assert talk.key == "1.which_country_of_birth"
    assert asked.pop(open_one) == -1, "it was asked before the counting began"
    assert {question: n for question, n in asked.items() if n} == {"which_country_of_birth": 1}


def test_persons_are_not_told_apart(world: World) -> None:
    talk = at_the_table(world).tap(Action.ADD, "who_are_the_guests")
    assert _counts(talk) == [("who_are_the_guests", "changed"), ("does_the_guest_fill_this_in", "asked")]


@pytest.mark.parametrize("language", list(Language))
def test_counts_hold_names_of_questions_and_nothing_else(world: World, language: Language) -> None:
    talk = Talk.begin(world, language)
    flow: Flow = world.flows["which_visa"]
    names = set(flow.questions)
    for said in ("/visa", "Египет", "обычный", "туризм", "10.12.2026", "10", "1"):
        for effect in talk.say(said).done.effects:
            assert isinstance(effect, Count)
            assert (effect.flow, effect.question in names) == ("which_visa", True)
            assert effect.what == "asked" or effect.what.removeprefix("to:") in names


def test_a_flow_that_is_gone_counts_nothing(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt")
    without = {name: flow for name, flow in world.flows.items() if name != "which_visa"}
    assert _counts(talk.take(Text("repeat"), replace(world, flows=without))) == []
