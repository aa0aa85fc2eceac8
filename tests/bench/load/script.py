"""What is said in a dialog, step by step, as the product says it: the load acts by it, and every transcript is held
against it.

Six questions of `which_visa`, entered by a link that names the passport and the language: the kind of passport, the
purpose, the day of arrival, the days, the entries and the border. The peers say the same words, word for word.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.loading import load_world
from bot.storage.calls import Call
from bot.telegram.render import Pressed, Target, render
from dialogs.engine import turn
from dialogs.events import Command, Event, Press, Text
from dialogs.session import Session

__all__ = ["BOT", "HELP", "Script", "Step", "Told", "tapped", "typed"]

BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}

HELP = "/help"
"""What the chat that floods the bot says, again and again."""

_ENTRY = "/start visa_EG_en"
_TAPS = ("1. Ordinary passport", "1. Tourism", "Skip", "14 days", "1. Once", "1. By air, both ways")
_WORDS = ("ordinary", "tourism", "later", "14", "once", "by plane")

_ANSWER = "answerCallbackQuery"


@dataclass(frozen=True, slots=True)
class Told:
    """One call to the chat: its method, its text and the labels of its buttons, by rows."""

    method: str
    text: str
    labels: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One update and all that must come of it, in order. With `tap` the move is the label of a button.

    A tap must also be answered, once.
    """

    move: str
    tap: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A dialog. `session` is what is stored at its end, `help` what a call for help brings."""

    steps: tuple[Step, ...]
    help: str
    session: str

    def as_json(self) -> str:
        """For the peers."""
        return json.dumps(asdict(self), ensure_ascii=False)


def told(call: str, parameters: dict[str, Any]) -> Told:
    """A call as it is compared."""
    rows = (parameters.get("reply_markup") or {}).get("inline_keyboard", ())
    return Told(call, parameters.get("text", ""), tuple(tuple(button["text"] for button in row) for row in rows))


def tapped(today: date) -> Script:
    """The dialog with a tap for each answer, as it is told on `today`."""
    return _script(today, _TAPS, tap=True)


def typed(today: date) -> Script:
    """The dialog with every answer typed."""
    return _script(today, _WORDS, tap=False)


def _script(today: date, moves: Sequence[str], *, tap: bool) -> Script:
    person = _Person(today)
    first = Step(_ENTRY, False, person.does(_command(_ENTRY)))
    steps = [first, *person.walks(moves, tap=tap)]
    session = person.session.to_json()
    return Script(tuple(steps), person.does(_command(HELP))[0].text, session)


def _command(text: str) -> Command:
    name, _, argument = text.removeprefix("/").partition(" ")
    return Command(name, argument)


class _Person:
    """Somebody who talks with the engine."""

    def __init__(self, today: date) -> None:
        self._world = replace(load_world(today), fresh="7k2m9qw4e8r3t6y5u1i2o3p4a5s6d7f8")
        self.session = Session()
        self._calls: list[Call] = []

    def walks(self, moves: Sequence[str], *, tap: bool) -> Iterator[Step]:
        for move in moves:
            event: Event = Press(self._button(move)) if tap else Text(move)
            yield Step(move, tap, self.does(event))

    def does(self, event: Event) -> tuple[Told, ...]:
        taken = turn(self.session, event, self._world)
        self.session = taken.session
        pressed = Pressed("query", 1) if isinstance(event, Press) else None
        self._calls = render(taken.says, Target(1, f"https://t.me/{BOT['username']}", pressed))
        return tuple(told(call.method, dict(call.payload)) for call in self._calls if call.method != _ANSWER)

    def _button(self, label: str) -> str:
        rows = (self._calls[-1].payload.get("reply_markup") or {}).get("inline_keyboard", ())
        found = [button["callback_data"] for row in rows for button in row if button["text"] == label]
        if not found:
            raise ValueError(f"{label}: no such button; the flow which_visa has changed: mend the taps of this script")
        return str(found[0])
