"""A conversation as a person would see it: what they did, what came, in order."""

from collections.abc import Iterator
from dataclasses import fields

from dialogs.effects import Effect
from dialogs.plain import to_plain
from dialogs.says import SayMode
from dialogs.talks.player import Exchange, Played
from dialogs.talks.script import Act

__all__ = ["transcript"]

_MARKS = {
    SayMode.REPLACE: "(in place of the message) ",
    SayMode.CLOSE: "(in place of the buttons) ",
    SayMode.NOTICE: "(a short note) ",
}
_DONE = {
    "say": "{}",
    "edit": "(edits) {}",
    "press": "[{}]",
    "press_first": "[{}] (an old button)",
    "odd": "(sends: {})",
    "scan": "(a photo of a passport)",
    "alarm": "(a timer runs out: {} {})",
    "released": "(staff: {})",
    "language": "(changes the language: {})",
}


def transcript(played: Played) -> str:
    """The whole of it, with its title and the failures where they happened."""
    parts = [f"# {played.script.title} ({played.script.name})"]
    parts += [part for exchange in played.exchanges for part in _exchange(exchange)]
    return "\n\n".join(parts) + "\n"


def _exchange(exchange: Exchange) -> Iterator[str]:
    step = exchange.step
    if step.change.today is not None:
        yield f"--- {step.change.today.isoformat()} ---"
    if step.act is not None:
        yield f"> {_act(step.act)}"
        yield from (_MARKS.get(say.mode, "") + to_plain(say) for say in exchange.says)
        yield from (f"* {_effect(effect)}" for effect in exchange.effects)
    yield from (f"! step {step.number}: {failure.splitlines()[0]}" for failure in exchange.failures)


def _act(act: Act) -> str:
    return _DONE[act.kind].format(*act.values)


def _effect(effect: Effect) -> str:
    told = ", ".join(f"{item.name}: {getattr(effect, item.name)}" for item in fields(effect))
    return f"{type(effect).__name__} ({told})"
