"""Each file of tests/conversations is a talk: what the person does, what they see."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.engine import World, turn
from dialogs.events import Command, Event, Oddity, OddityKind, Press, Text
from dialogs.plain import to_plain
from dialogs.replay import replay
from dialogs.says import Button, PressButton, Say
from dialogs.session import Session
from knowledge.language import Language

FILES = sorted((Path(__file__).parents[1] / "conversations").glob("*.yaml"))
ACTS = {"say", "press", "press_first", "edit", "odd", "flow_version"}
CHECKS = {"see", "not_see", "buttons", "no_buttons", "modes", "answers", "waiting"}
NUMBER = re.compile(r"^\d+\. ")


@dataclass
class Talk:
    """One conversation under way, with every button ever shown."""

    world: World
    session: Session
    says: tuple[Say, ...] = ()
    shown: list[Button] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    def send(self, event: Event) -> None:
        done = turn(self.session, event, self.world)
        assert done.says
        self.session = Session.from_json(done.session.to_json())
        assert self.session == done.session
        self.says = done.says
        self.shown += [button for say in done.says for row in say.buttons for button in row]
        self.sessions.append(self.session)

    def act(self, step: Mapping[str, Any]) -> None:
        match {key: value for key, value in step.items() if key in ACTS}:
            case {"say": str(text)} if text.startswith("/"):
                name, _, argument = text[1:].partition(" ")
                self.send(Command(name, argument))
            case {"say": text}:
                self.send(Text(str(text)))
            case {"edit": text}:
                self.send(Text(str(text), edited=True))
            case {"odd": kind}:
                self.send(Oddity(OddityKind(kind)))
            case {"press": label}:
                self.send(self.tap(self.words(label), list(reversed(self.shown))))
            case {"press_first": label}:
                self.send(self.tap(self.words(label), self.shown))
            case {"flow_version": number}:
                self.session = replace(self.session, version=int(number))

    def words(self, expected: object) -> str:
        """`=menu.title` stands for the text of that id in the language of the talk."""
        said = str(expected)
        language = self.session.language or Language.EN
        return self.world.texts.get(language, said[1:]) if said.startswith("=") else said

    @staticmethod
    def tap(label: str, buttons: list[Button]) -> Press:
        for button in buttons:
            names = {button.label, NUMBER.sub("", button.label)}
            if label in names and isinstance(button.action, PressButton):
                return Press(button.action.data)
        raise LookupError(f"no button {label!r} among {[button.label for button in buttons]}")

    def check(self, step: Mapping[str, Any]) -> None:
        seen = "\n".join(to_plain(say) for say in self.says)
        labels = [NUMBER.sub("", button.label) for say in self.says for row in say.buttons for button in row]
        for words in step.get("see", ()):
            assert self.words(words) in seen
        for words in step.get("not_see", ()):
            assert self.words(words) not in seen
        for label in step.get("buttons", ()):
            assert self.words(label) in labels
        for label in step.get("no_buttons", ()):
            assert self.words(label) not in labels
        if "modes" in step:
            assert [say.mode.value for say in self.says] == step["modes"]
        if "waiting" in step:
            assert self.session.waiting == Text(step["waiting"])
        if "answers" in step:
            assert dict(self.session.answers) == step["answers"]


def talk_of(file: Path, world: World) -> Talk:
    """Play a file to its end, checking each step."""
    script = yaml.safe_load(file.read_text("utf-8"))
    today = script.get("today", world.today)
    language = script.get("language")
    talk = Talk(
        replace(world, today=today if isinstance(today, date) else date.fromisoformat(today)),
        Session(language=None if language is None else Language(language)),
    )
    for number, step in enumerate(script["steps"], 1):
        unknown = set(step) - ACTS - CHECKS
        assert not unknown, f"{file.name}: step {number}: {unknown}: no such key; use {sorted(ACTS | CHECKS)}"
        try:
            talk.act(step)
            talk.check(step)
        except (AssertionError, LookupError) as error:
            seen = "\n".join(to_plain(say) for say in talk.says)
            raise AssertionError(f"{file.name}: step {number} {step}\n{error}\n--- seen:\n{seen}") from error
    return talk


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_conversation(file: Path, world: World) -> None:
    talk_of(file, world)


def test_every_step_of_every_flow_is_talked_about(world: World) -> None:
    """Each rule of each question is taken in some conversation."""
    steps = {
        (flow.id, question.id, rule.ask or rule.end)
        for flow in world.flows.values()
        for question in flow.questions.values()
        for rule in question.next
    }
    taken = {step for file in FILES for step in _taken(talk_of(file, world))}
    assert steps - taken == set()


def _taken(talk: Talk) -> Iterator[tuple[str, str, str | None]]:
    for session in talk.sessions:
        flow = talk.world.flows.get(session.flow or "")
        if flow is None:
            continue
        position = replay(flow, dict(session.answers), talk.world)
        way = [*position.path, position.ask or position.end]
        for here, there in pairwise(way):
            yield flow.id, str(here), there
