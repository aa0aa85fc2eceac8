"""A careless person at every flow: any button, any word, old buttons. Nothing breaks, and there is always a way on."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dialogs.engine import turn
from dialogs.events import Alarm, Command, Event, Oddity, OddityKind, Press, Released, Scan, Text
from dialogs.flow import load_flows
from dialogs.keys import bare
from dialogs.says import Button, PressButton, Say
from dialogs.screen import Screen
from dialogs.screens import screen
from dialogs.session import Session, View
from dialogs.stance import current_key
from dialogs.talks import load_scripts, play
from dialogs.tree import Kind, Question
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

CONVERSATIONS = Path(__file__).parents[1] / "conversations"
STEPS_OF_A_WALK = 50
WALKS = int(os.environ.get("CARELESS_WALKS", "20"))
"""Walks of each flow in an ordinary run; the long run asks for more."""

SAMPLES = {
    Kind.COUNTRY: ("Egypt", "Германия", "Үндістан", "xx", "Kazakhstan"),
    Kind.DATE: ("10 December 2026", "01.02.1990", "2031-05-06", "tomorrow", "31.02.2027"),
    Kind.NUMBER: ("10", "two weeks", "0", "99999"),
    Kind.CHOICE: ("1", "2", "3", "7"),
    Kind.CHECKLIST: ("1", "2 3", "all", "enough"),
    Kind.PEOPLE: ("yes", "1", "2", "3"),
    Kind.HANDOVER: ("yes", "1", "2"),
    Kind.REVIEW: ("yes", "1", "no"),
}
FORMS = {
    "latin_name": ("SPECIMEN", "Анна", "Mr 007"),
    "document_number": ("N1234567", "х"),
    "phone": ("+7 701 000 00 00", "123"),
    "email": ("ann@example.com", "ann@"),
    "iin": ("791028302728", "1"),
    "bin": ("000140000012", "2"),
    "iin_or_bin": ("791028302728",),
    "address": ("12 Abay Street, Almaty", "x"),
    "amount": ("185 USD", "money"),
    "line": ("Almaty, Astana", "=1+1"),
}
WORDS = (
    "back", "skip", "change", "why", "save for later", "cancel", "start over", "help", "назад", "отмена", "артқа",
    "да", "no", "menu", "my papers", "status", "repeat", "continue", "not 10 but 20 days", "паспорт номері қате",
    "change my passport",
    "how much is the e-visa", "talk to a person", "stop reminders", "русский", "қазақша", "english",
)  # fmt: skip
ODD_TEXTS = (
    "",
    " ",
    "\u202eabc\u0000",
    "=HYPERLINK(1)",
    "a" * 5000,
    "1, 2",
    "<b>x</b>",
    "🛂",
    "10 days and 20 days",
    "'); DROP",
)
DATA = "1:234abcdefgst_.-N\u202e\n"
"""Letters of button data, some of them wrong."""
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204159ZE184226B<<<<<10"
COMMANDS = ("start", "visa", "evisa", "invite", "status", "papers", "lang", "help", "cancel", "privacy", "nonsense")


@pytest.mark.parametrize("flow", sorted(load_flows()))
@settings(
    max_examples=WALKS,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32))
def test_whatever_a_careless_person_does_there_is_a_way_on(flow: str, world: World, seed: int) -> None:
    _walk(flow, world, seed)


@pytest.mark.parametrize("flow", sorted(load_flows()))
def test_the_same_walk_twice_is_the_same(flow: str, world: World) -> None:
    """A turn is pure: nothing but the session, the event and the world decides what comes of it."""
    assert _walk(flow, world, 7) == _walk(flow, world, 7)


def _walk(flow: str, world: World, seed: int) -> list[str]:
    """A walk of `STEPS_OF_A_WALK` from some stage of `flow`; gives the sessions on the way as they are stored."""
    chance = Random(seed)
    begun, there = chance.choice(_under_way(world)[flow])
    walker = _Walker(replace(there, staff=True), replace(begun, language=chance.choice(list(Language))), chance)
    walker.send(Text("repeat"))
    return [walker.step(number) for number in range(STEPS_OF_A_WALK)]


_STAGES: dict[str, list[tuple[Session, World]]] = {}


def _under_way(world: World) -> Mapping[str, list[tuple[Session, World]]]:
    """Sessions in every stage of every flow: its start, and each step of the conversations that go through it."""
    if not _STAGES:
        for flow in world.flows:
            begun = turn(Session(language=Language.EN), Press(Tap(0, Action.START, flow).encode()), world).session
            _STAGES[flow] = [(begun, world)]
        for script in load_scripts(sorted(CONVERSATIONS.glob("*.yaml"))):
            for exchange in play(script, world).exchanges:
                if exchange.session.flow in _STAGES and not exchange.session.talking:
                    _STAGES[exchange.session.flow].append((exchange.session, exchange.world))
    return _STAGES


class _Walker:
    """One careless person with every button they were ever shown."""

    def __init__(self, world: World, session: Session, chance: Random) -> None:
        self.chance = chance
        self.world = world
        self.session = session
        self.shown: list[str] = []
        self.latest: list[str] = []

    def step(self, number: int) -> str:
        kind = self.chance.choice(("answer", "answer", "answer", "button", "button", "old", "word", "odd", "time"))
        self.world = replace(self.world, fresh=f"{number:05}K7M2Q9W4")
        self.send(self._event(kind))
        if self.session.view is View.FLOW and self.session.flow and not self.session.talking:
            self._back_works()
        return self.session.to_json()

    def send(self, event: Event) -> None:
        done = turn(self.session, event, self.world)
        silent = isinstance(event, (Alarm, Released)) or done.session.talking
        assert done.says or done.effects or silent
        assert Session.from_json(done.session.to_json()) == done.session
        self.session = done.session
        self.latest = _taps(done.says) or self.latest
        self.shown += _taps(done.says)
        if not silent:
            assert self._ways_on(), "a dead end: no button on the screen"

    def _ways_on(self) -> list[str]:
        seen = screen(self.session, self.world, self.session.language or Language.EN)
        return _taps((Say(seen.blocks, seen.rows),)) or ([] if self.session.offer[:1] != ("call",) else ["write"])

    def _back_works(self) -> None:
        """Back from any question leads to the question before it, or to the menu, and keeps every answer."""
        if current_key(self.session, self.world) is None or self.session.offer:
            return
        before = dict(self.session.answers)
        done = turn(self.session, Text("back"), self.world)
        assert dict(done.session.answers) == before
        assert done.session.view in (View.FLOW, View.MENU)

    def _event(self, kind: str) -> Event:
        match kind:
            case "answer":
                return Text(self.chance.choice(self._samples()))
            case "button" if self.latest:
                return Press(self.chance.choice(self.latest))
            case "old" if self.shown:
                return Press(self.chance.choice(self.shown))
            case "odd":
                odd: list[Event] = [Oddity(self.chance.choice(list(OddityKind))), Scan(ZONE), Text(ZONE)]
                odd += [Text(self.chance.choice(ODD_TEXTS)), Command(self.chance.choice(COMMANDS))]
                odd += [
                    Text("edited", edited=True),
                    Press("".join(self.chance.choices(DATA, k=self.chance.randrange(64)))),
                ]
                return self.chance.choice(odd)
            case "time":
                self.world = replace(self.world, today=self.world.today + timedelta(days=self.chance.randrange(10)))
                timed: list[Event] = [Alarm("draft", "1"), Alarm("recheck", "1"), Released(), Text("continue")]
                return self.chance.choice(timed)
        return Text(self.chance.choice(WORDS))

    def _samples(self) -> Sequence[str]:
        key = current_key(self.session, self.world)
        flow = self.world.flows.get(self.session.flow or "")
        if key is None or flow is None:
            return WORDS
        return _samples_for(flow.questions[bare(key)])


def _samples_for(question: Question) -> Sequence[str]:
    return FORMS[question.form] if question.kind is Kind.TEXT else SAMPLES[question.kind]


def _taps(says: Sequence[Say]) -> list[str]:
    buttons: list[Button] = [button for say in says for row in say.buttons for button in row]
    return [button.action.data for button in buttons if isinstance(button.action, PressButton)]


def test_the_walker_sees_a_dead_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = _Walker(world, Session(language=Language.EN), Random(0))
    walker.send(Text("menu"))
    monkeypatch.setitem(globals(), "screen", lambda *_: Screen((), ()))
    with pytest.raises(AssertionError, match="a dead end"):
        walker.send(Text("menu"))


def test_the_walker_sees_answers_that_back_loses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = _Walker(world, Session(language=Language.EN), Random(0))
    for said in (Command("visa"), Text("Egypt")):
        walker.send(said)
    forgetful = turn(replace(walker.session, answers=()), Text("back"), world)
    monkeypatch.setitem(globals(), "turn", lambda *_: forgetful)
    with pytest.raises(AssertionError):
        walker._back_works()
