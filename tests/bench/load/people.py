"""The people who talk with the bot, and what they hold against its answers."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from tests.bench.load.botapi import BotApi, RefusedError
from tests.bench.load.script import BOT, Script, Told, told

__all__ = ["Crowd", "Sample", "Visitor", "chat_ids", "message"]

_LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Sample:
    """One update: the moment of the last call of its answer, and the seconds to it from the tap and the handing out."""

    at: float
    since_tap: float
    since_handed: float


class Chat(Protocol):
    """Who is behind a chat id."""

    def take(self, method: str, parameters: dict[str, Any]) -> Any:
        """The result of a call to this chat. Raises RefusedError."""


@dataclass(slots=True, eq=False)
class Visitor:
    """One person in one dialog. `wrong` tells what was wrong first with the answers."""

    chat: int
    crowd: "Crowd"
    step: int = -1
    due: list[Told] = field(default_factory=list)
    query: str | None = None
    newest: int = 0
    pressed: int = 0
    shown: dict[str, Any] = field(default_factory=dict)
    tapped_at: float = 0.0
    handed_at: float = 0.0
    wrong: str | None = None

    @property
    def waits(self) -> bool:
        """Whether something of the answer is still missing."""
        return bool(self.due) or self.query is not None

    def act(self) -> dict[str, Any]:
        """The next update of this person."""
        self.step += 1
        step = self.crowd.script.steps[self.step]
        self.due, self.pressed = list(step.told), self.newest
        self.tapped_at = self.handed_at = time.perf_counter()
        if not step.tap:
            self.newest += 1
            return {"message": message(self.chat, self.newest, step.move)}
        self.query = f"{self.chat}-{self.step}"
        self.crowd.queries[self.query] = self
        rows = self.shown["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == step.move)
        tap = {"id": self.query, "from": _person(self.chat), "message": self.shown, "chat_instance": "1", "data": data}
        return {"callback_query": tap}

    def answered(self) -> None:
        """The tap was answered; the small wheel on the button stops."""
        self.query = None
        self._seen()

    def take(self, method: str, parameters: dict[str, Any]) -> Any:
        """A call to this chat."""
        came = told(method, parameters)
        expected = self.due[0] if self.due else None
        if expected != came:
            self.fail(f"step {self.step}: {_short(came)} instead of {'nothing' if not expected else _short(expected)}")
        elif method == "sendMessage":
            self.newest += 1
        elif int(parameters["message_id"]) != self.pressed:
            self.fail(f"step {self.step}: changed message {parameters['message_id']} instead of {self.pressed}")
        number = self.newest if method == "sendMessage" else int(parameters["message_id"])
        shown = {**message(self.chat, number, came.text), "from": BOT}
        if came.labels:
            self.shown = shown = {**shown, "reply_markup": parameters["reply_markup"]}
        if self.wrong is None:
            self.due.pop(0)
            self._seen()
        return shown

    def fail(self, reason: str) -> None:
        """Note what was wrong first; this person goes, and another one comes."""
        if self.wrong is None:
            self.wrong = reason
            self.crowd.lost_one()

    def _seen(self) -> None:
        if not self.waits and self.wrong is None:
            self.crowd.got_answer(self)


class Crowd:
    """All people of one run. `when_free` is told of a person who has got the whole answer."""

    def __init__(self, script: Script, distance: float) -> None:
        self.script = script
        self.api = BotApi(distance, self._take, self._handed)
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Visitor] = {}
        self.visitors: list[Visitor] = []
        self.samples: list[Sample] = []
        self.strays: list[str] = []
        self.when_free: Callable[[Visitor], None] = self.rest
        self._chat_ids = chat_ids()
        self._handing: dict[int, Visitor] = {}
        self._progress = 0

    def arrive(self) -> Visitor:
        """Somebody new, who has not said anything yet. The chats are scattered, as they are in life."""
        visitor = Visitor(next(self._chat_ids), self)
        self.visitors.append(visitor)
        self.chats[visitor.chat] = visitor
        return visitor

    def go_on(self, visitor: Visitor) -> None:
        """The next step of this person, or the first of another one when the dialog is over."""
        if visitor.step + 1 == len(self.script.steps):
            visitor = self.arrive()
        self._handing[self.api.put(visitor.act())] = visitor

    def rest(self, visitor: Visitor) -> None:
        """Nothing more of this person."""

    def got_answer(self, visitor: Visitor) -> None:
        """All that was due has come."""
        now = time.perf_counter()
        self._progress += 1
        self.samples.append(Sample(now, now - visitor.tapped_at, now - visitor.handed_at))
        self.when_free(visitor)

    def lost_one(self) -> None:
        """Somebody was answered wrongly and has gone: another one comes."""
        if self.when_free != self.rest:
            self.when_free(self.arrive())

    async def settle(self, patience: float) -> None:
        """Wait for all that is due, until nothing has come for `patience` seconds."""
        seen, since = self._progress, time.perf_counter()
        while any(visitor.waits and visitor.wrong is None for visitor in self.visitors):
            await asyncio.sleep(_LOOK)
            if self._progress != seen:
                seen, since = self._progress, time.perf_counter()
            elif time.perf_counter() - since > patience:
                break

    async def drain(self, patience: float) -> None:
        """Begin nothing more, and wait as `settle` does; what is missing then, or comes twice, is wrong."""
        self.when_free = self.rest
        await self.settle(patience)
        await asyncio.sleep(3 * _LOOK)  # for what may come twice
        for visitor in self.visitors:
            if visitor.waits:
                visitor.fail(f"step {visitor.step}: nothing more came")

    def problems(self) -> list[str]:
        """What was wrong, one line a dialog."""
        return [visitor.wrong for visitor in self.visitors if visitor.wrong is not None] + self.strays

    def _take(self, method: str, parameters: dict[str, Any]) -> Any:
        if method == "answerCallbackQuery":
            visitor = self.queries.get(query := str(parameters["callback_query_id"]))
            if visitor is None:
                self.strays.append(f"{query}: an answer to no tap")
                raise RefusedError(400, "Bad Request: query is too old and response timeout expired")
            if visitor.query == query:
                visitor.answered()
            else:
                visitor.fail(f"step {visitor.step}: the tap {query} was answered twice")
            return True
        chat = self.chats.get(int(parameters["chat_id"]))
        if chat is None:
            self.strays.append(f"{method}: to a chat that nobody has")
            raise RefusedError(400, "Bad Request: chat not found")
        return chat.take(method, parameters)

    def _handed(self, ids: Sequence[int]) -> None:
        now = time.perf_counter()
        for number in ids:
            if (visitor := self._handing.pop(number, None)) is not None:
                visitor.handed_at = now


def chat_ids(*, strangers: bool = False) -> Iterator[int]:
    """Chats without order, as they are in life, none of them twice; `strangers` are others than the people here."""
    return (10**9 + number * 2_654_435_761 % 2**31 for number in count(2**30 if strangers else 0))


def message(chat: int, number: int, text: str) -> dict[str, Any]:
    """A message in a private chat, by the person."""
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ")[0])}] if text[:1] == "/" else []
    place = {"id": chat, "type": "private", "first_name": "Bench"}
    told_by = {"message_id": number, "date": int(time.time()), "chat": place, "from": _person(chat), "text": text}
    return {**told_by, "entities": entities} if entities else told_by


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Bench", "language_code": "en"}


def _short(said: Told) -> str:
    return f"{said.method} {said.text[:40]!r} with {sum(map(len, said.labels))} buttons"
