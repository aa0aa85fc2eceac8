"""A person at the preview, a stand-in for the engine, and the bot in this process."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import aiohttp
from sqlalchemy import text

from bot.clock import Clock
from bot.roles import Role
from bot.service import Account, Service, Tuning
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.inbox import Received
from bot.storage.store import Store
from dialogs.effects import Effect
from dialogs.events import Command, Event, Oddity, Press, Text
from dialogs.says import Bold, Button, Heading, Paragraph, PressButton, Say, SayMode
from dialogs.session import Session
from dialogs.texts import Texts
from dialogs.world import World
from knowledge.base import KnowledgeBase
from knowledge.language import Language
from tests.postgres import run_sql

__all__ = [
    "DATA_KEY",
    "ENGINES",
    "NOW",
    "TOKEN",
    "Counted",
    "Later",
    "Person",
    "Town",
    "at_work",
    "count_turn",
    "keys_for",
    "open_store",
    "out_of_reach",
    "received",
    "rows",
    "settings_for",
    "table",
    "until",
    "world",
]

TOKEN = "4200:rig_token_that_nobody_may_see_in_a_log"
DATA_KEY = "a2V5IG9mIHRoZSB0ZXN0cywga2VwdCBmcm9tIG5vYm8="
NOW = 1_795_000_000.0
ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Counted:
    """What the stand-in engine gives."""

    session: Session
    says: Sequence[Say]
    effects: Sequence[Effect] = ()


class Later:
    """A clock that can be moved on, in seconds."""

    def __init__(self) -> None:
        self.moved = 0.0
        self._begin = time.monotonic()

    def __call__(self) -> float:
        return NOW + self.moved + time.monotonic() - self._begin


def count_turn(session: Session, event: Event, world: World) -> Counted:
    """Numbers what a person does, so that a lost or doubled turn shows; `boom` raises."""
    number = len(session.answers) + 1
    after = session.with_answer(str(number), number)
    match event:
        case Text("boom"):
            raise ValueError("a secret that a person wrote")
        case Text("two"):
            return Counted(after, (Say((Heading("first"),)), Say((Heading("second"),))))
        case Text(said, edited):
            button = Button("Go", PressButton(f"go:{number}"))
            words = f"{number}: {'edited ' if edited else ''}{said}"
            return Counted(after, (Say((Paragraph((Bold("said "), words)),), ((button,),)),))
        case Command(name, argument):
            return Counted(after, (Say((Paragraph((f"{number}: command {name} [{argument}] {world.today}",)),)),))
        case Press(data):
            notice = Say((Paragraph((f"noted {data}",)),), mode=SayMode.NOTICE)
            return Counted(after, (Say((Heading(f"{number}: pressed {data}"),), mode=SayMode.REPLACE), notice))
        case Oddity(kind):
            return Counted(after, (Say((Paragraph((f"{number}: cannot read a {kind}",)),)),))
    return Counted(after, (Say((Paragraph((f"{number}: {event}",)),)),))


def world(folder: Path) -> World:
    """A world without facts; its catalogues say the same English words in every language."""
    source = Path(__file__).parents[2] / "locales" / "en"
    for language in Language:
        (folder / language).mkdir(exist_ok=True)
        for part in ("bot.po", "dialogs.po", "guests.po", "handover.po", "own_data.po"):
            shutil.copy(source / part, folder / language / part)
    return World(cast(KnowledgeBase, None), Texts.load(folder), {}, date(2026, 11, 22))


@dataclass
class Town:
    """The people around one preview."""

    base: str
    http: aiohttp.ClientSession

    async def post(self, path: str, **order: Any) -> Any:
        """Something people or a drill do."""
        async with self.http.post(f"{self.base}/preview/{path}", json=order) as answer:
            if not answer.ok:
                raise RuntimeError(f"{path}: {answer.status} {await answer.text()}")
            return await answer.json() if answer.status != 204 else None

    async def person(self, language: str | None = "en") -> "Person":
        """Somebody new."""
        made = await self.post("users", first_name="Ainur Example", language_code=language)
        return Person(self, made["id"])

    def chat(self, chat_id: int) -> "Person":
        """A chat that exists already, such as a group."""
        return Person(self, chat_id)

    async def edit(self, chat_id: int, message_id: int, text: str) -> None:
        """Change a text that a person wrote."""
        url = f"{self.base}/preview/chats/{chat_id}/messages/{message_id}"
        async with self.http.patch(url, json={"text": text}) as answer:
            answer.raise_for_status()

    async def get(self, path: str) -> Any:
        """Something to look at."""
        async with self.http.get(f"{self.base}/preview/{path}") as answer:
            return await answer.json()


@dataclass
class Person:
    """One private chat, seen from the person's side."""

    town: Town
    id: int
    seq: int = 0
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    async def say(self, text: str) -> None:
        """Write a text."""
        await self.town.post(f"chats/{self.id}/messages", text=text)

    async def send(self, kind: str, **more: Any) -> None:
        """Send something that is no text."""
        await self.town.post(f"chats/{self.id}/messages", kind=kind, **more)

    async def press(self, message_id: int, data: str, stale: bool = False) -> None:
        """Tap a button."""
        await self.town.post(f"chats/{self.id}/callbacks", message_id=message_id, data=data, stale=stale)

    async def look(self, seconds: float = 0) -> None:
        """Take in what happened; waits up to `seconds` for something new."""
        path = f"chats/{self.id}/messages?after={self.seq}&timeout={seconds}"
        seen = await self.town.get(path)
        self.seq = seen["seq"]
        for change in seen["messages"]:
            self.messages[change["message"]["message_id"]] = change
        self.events += seen["events"]

    @property
    def heard(self) -> list[str]:
        """The texts of the bot that stand in the chat, in order."""
        return [
            change["message"].get("text", "")
            for _, change in sorted(self.messages.items())
            if change["message"]["from"]["is_bot"]
        ]

    async def until(self, reached: Callable[["Person"], bool], seconds: float = 20) -> None:
        """Wait for a condition; raises TimeoutError with what was heard so far."""
        try:
            async with asyncio.timeout(seconds):
                await self.look()
                while not reached(self):
                    await self.look(5)
        except TimeoutError as error:
            raise TimeoutError(f"heard {self.heard}, events {self.events}") from error

    async def hear(self, count: int, seconds: float = 20) -> list[str]:
        """Wait until the bot has said at least `count` messages."""
        await self.until(lambda person: len(person.heard) >= count, seconds)
        return self.heard

    def last_heard(self) -> dict[str, Any]:
        """The newest message of the bot."""
        own = [number for number, change in self.messages.items() if change["message"]["from"]["is_bot"]]
        return cast(dict[str, Any], self.messages[max(own)]["message"])

    def last(self) -> dict[str, Any]:
        """The newest message in the chat."""
        return cast(dict[str, Any], self.messages[max(self.messages)]["message"])


def keys_for(database: Address) -> tuple[str, ...]:
    """The keys that the setting gives: none beside a file, which has a file of keys."""
    return (DATA_KEY,) if database.is_shared else ()


def settings_for(database: Address) -> dict[str, str | None]:
    """The variables that name the database to a program; None where one must not be set."""
    if database.server is None:
        return {"DATABASE_URL": f"sqlite:///{database.file}", "DATA_KEYS": None}
    return {"DATABASE_URL": database.server.render_as_string(hide_password=False), "DATA_KEYS": DATA_KEY}


async def open_store(database: Address) -> Store:
    """The database, opened with the right keys."""
    return await Store.open(database, keys_for(database))


@contextlib.asynccontextmanager
async def at_work(
    base: str,
    database: Address,
    stage: World,
    turn: Any = count_turn,
    clock: Clock | None = None,
    tuning: Tuning | None = None,
    staff_chat: int | None = None,
    roles: Collection[Role] = tuple(Role),
) -> AsyncIterator[Service]:
    """The bot in this process, on the real tables, over real HTTP."""
    store = await open_store(database)
    begin = time.monotonic()
    service = Service(
        Account(TOKEN, base, staff_chat),
        store,
        stage,
        turn,
        clock if clock is not None else lambda: NOW + time.monotonic() - begin,
        replace(tuning if tuning is not None else Tuning(rates=None, first_wait=0.01), mark=lambda _world: "facts"),
        roles,
    )
    running = asyncio.create_task(service.run())
    ready = asyncio.create_task(service.ready.wait())
    try:
        await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if running.done():
            running.result()
        yield service
    finally:
        service.stop()
        try:
            await running
        finally:
            await store.close()


def received(update_id: int, chat: str = "7", group: str | None = None) -> Received:
    """An update as it comes in."""
    return Received(update_id, chat, group, {"update_id": update_id, "message": {"text": "сәлем"}})


async def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    """Look into the tables of an open store."""

    async def read(connection: Connection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await connection.execute(text(query))]

    return await store.read(read)


async def until(reached: Callable[[], bool]) -> None:
    """Wait for something that no chat shows, such as a row of a table."""
    async with asyncio.timeout(20):
        while not reached():
            await asyncio.to_thread(os.sched_yield)


@contextlib.contextmanager
def out_of_reach(database: Address) -> Iterator[None]:
    """Nobody can write meanwhile: the file is locked, or the server takes no connection and ends those it has."""
    if database.server is None:
        assert database.file is not None
        with contextlib.closing(sqlite3.connect(database.file, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
        return
    name, other = database.server.database, Address(server=database.server.set(database="postgres"))
    table(other, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    table(other, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        table(other, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def table(database: Address, query: str) -> list[tuple[Any, ...]]:
    """Look into the tables, or change them, from outside; it may be called inside a running loop."""
    if database.server is not None:
        return run_sql(database.server.render_as_string(hide_password=False), query)
    assert database.file is not None
    with contextlib.closing(sqlite3.connect(database.file)) as connection:
        rows = connection.execute(query).fetchall()
        connection.commit()
    return rows
