"""Plays a script against a world, turn by turn, and says what was not as it should be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from dialogs.effects import Effect
from dialogs.engine import turn
from dialogs.events import Alarm, Command, Event, Oddity, OddityKind, Press, Released, Scan, Text
from dialogs.plain import to_plain
from dialogs.says import Button, PressButton, Say
from dialogs.session import Session
from dialogs.talks.script import Act, Check, EffectForm, Script, ScriptStep
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Exchange", "Played", "play"]

_NUMBER = re.compile(r"^\d+\. ")
_FRESH = "{number:04}K7M2Q9W4E8R3T6Y5"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One step as it went: what was done, if anything, what was seen, and what was not as the script has it."""

    step: ScriptStep
    event: Event | None
    says: tuple[Say, ...]
    effects: tuple[Effect, ...]
    session: Session
    world: World
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """A script as it went, up to the first step that failed."""

    script: Script
    exchanges: tuple[Exchange, ...]

    @property
    def failures(self) -> tuple[str, ...]:
        """What was wrong, each with file, step and what was seen instead."""
        return tuple(
            f"{self.script.name}: step {exchange.step.number}: {failure}"
            for exchange in self.exchanges
            for failure in exchange.failures
        )


def play(script: Script, world: World) -> Played:
    """Play `script` from a new session in `world`. Stops at the first step that fails."""
    talk = _Talk(script.start.applied(world), Session(language=script.language))
    exchanges: list[Exchange] = []
    for step in script.steps:
        exchanges.append(talk.step(step))
        if exchanges[-1].failures:
            break
    return Played(script, tuple(exchanges))


@dataclass
class _Talk:
    """One conversation under way, with every button ever shown."""

    world: World
    session: Session
    event: Event | None = None
    says: tuple[Say, ...] = ()
    effects: tuple[Effect, ...] = ()
    shown: list[Button] = field(default_factory=list)

    def step(self, step: ScriptStep) -> Exchange:
        self.world = step.change.applied(self.world)
        if step.flow_version is not None:
            self.session = replace(self.session, version=step.flow_version)
        failures: list[str] = []
        self.event = None
        if step.act is not None:
            failures += self._act(step.act, step.number)
        failures += self._checked(step.check)
        return Exchange(step, self.event, self.says, self.effects, self.session, self.world, tuple(failures))

    def _act(self, act: Act, number: int) -> Iterator[str]:
        try:
            event = self._event(act)
        except LookupError as error:
            yield str(error)
            return
        self.event = event
        fresh = self.world.fresh or _FRESH.format(number=number)
        done = turn(self.session, event, replace(self.world, fresh=fresh))
        if not done.says and not done.effects and not isinstance(event, Alarm | Released):
            yield "nothing is said and nothing is done; every message gets a reply"
        stored = Session.from_json(done.session.to_json())
        if stored != done.session:
            yield f"the session is another one once it was stored: {stored} instead of {done.session}"
        self.session, self.says, self.effects = stored, done.says, done.effects
        self.shown += [button for say in done.says for row in say.buttons for button in row]

    def _event(self, act: Act) -> Event:
        """What happens. Raises LookupError for a button that was never shown."""
        first, *more = act.values
        match act.kind:
            case "say" if first.startswith("/"):
                name, _, argument = first[1:].partition(" ")
                return Command(name, argument)
            case "say":
                return Text(first)
            case "edit":
                return Text(first, edited=True)
            case "odd":
                return Oddity(OddityKind(first))
            case "scan":
                return Scan(first)
            case "alarm":
                return Alarm(first, more[0])
            case "released":
                return Released(in_vain=first == "in_vain")
            case "language":
                return Press(Tap(self.session.run, Action.LANGUAGE, value=first).encode())
            case "press":
                return self._tap(first, list(reversed(self.shown)))
        return self._tap(first, self.shown)

    def _tap(self, label: str, buttons: list[Button]) -> Press:
        wanted = self._words(label)
        for button in buttons:
            if wanted in (button.label, _plain(button)) and isinstance(button.action, PressButton):
                return Press(button.action.data)
        raise LookupError(f"no button {wanted!r} among {[button.label for button in buttons]}")

    def _words(self, said: str) -> str:
        """`=menu.title` stands for the text of that id in the language of the talk."""
        language = self.session.language or Language.EN
        return self.world.texts.get(language, said[1:]) if said.startswith("=") else said

    def _checked(self, check: Check) -> Iterator[str]:
        seen = "\n".join(map(to_plain, self.says))
        labels = [_plain(button) for say in self.says for row in say.buttons for button in row]
        for key, listed, where, must in (
            ("see", check.see, seen, True),
            ("not_see", check.not_see, seen, False),
            ("buttons", check.buttons, labels, True),
            ("no_buttons", check.no_buttons, labels, False),
        ):
            for words in map(self._words, listed):
                if (words in where) is not must:
                    what = "is missing" if must else "is there"
                    yield f"{key}: {words!r} {what}\n{where if isinstance(where, str) else labels}"
        modes = tuple(say.mode for say in self.says)
        if check.modes is not None and check.modes != modes:
            yield f"modes: {[mode.value for mode in modes]} instead of {[mode.value for mode in check.modes]}"
        if check.waiting is not None and self.session.waiting != Text(check.waiting):
            yield f"waiting: {self.session.waiting} instead of {check.waiting!r}"
        if check.answers is not None and dict(self.session.answers) != check.answers:
            yield f"answers: {dict(self.session.answers)} instead of {dict(check.answers)}"
        for form in check.effects:
            if not any(_fits(effect, form) for effect in self.effects):
                yield f"effects: no {form.name} with {dict(form.fields)} among {list(self.effects)}"
        for name in check.no_effects:
            if any(type(effect).__name__ == name for effect in self.effects):
                yield f"no_effects: {name} is among {list(self.effects)}"


def _plain(button: Button) -> str:
    return _NUMBER.sub("", button.label)


def _fits(effect: Effect, form: EffectForm) -> bool:
    names = {item.name for item in fields(effect)}
    return type(effect).__name__ == form.name and all(
        name in names and _matches(getattr(effect, name), value) for name, value in form.fields.items()
    )


def _matches(found: object, wanted: Any) -> bool:
    """Whether `found` is `wanted`; of a mapping or of pairs only what is named has to be so."""
    if isinstance(wanted, Mapping):
        held = dict(found) if isinstance(found, tuple | Mapping) else {}
        return all(key in held and _matches(held[key], value) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list | tuple) and len(found) == len(wanted) and all(map(_matches, found, wanted))
    return found == wanted or str(found) == str(wanted)
