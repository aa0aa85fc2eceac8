"""Restore drills: a real bot talks, is backed up in the middle, goes on, is lost, and comes back from the backup."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StartError
from bot.storage.address import Address
from bot.storage.backup import Facts, write_backup
from bot.storage.connection import Connection
from bot.storage.erasure import erase
from bot.storage.held import HeldKind, drop_held, held_back, let_go
from bot.storage.keys import key_file_of
from bot.storage.restoring import Restored, Wish, former_of, restore
from bot.storage.sessions import ChangedMeanwhileError, Sessions
from bot.storage.timers import Timers
from bot.storage.vault import new_key
from dialogs.events import Event, Text
from dialogs.session import Session
from dialogs.world import World
from tests.bot.rig import (
    NOW,
    Counted,
    Later,
    Person,
    Town,
    at_work,
    count_turn,
    keys_for,
    open_store,
    table,
    until,
)
from tests.postgres import Postgres

BOT = 4200
WORDS = '{"language":"kk"}'


@pytest.fixture
def spare(database: Address, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Address]:
    """A second database, new and of the same engine."""
    if not database.is_shared:
        yield Address(tmp_path / "spare" / "bot.sqlite3")
        return
    server: Postgres = request.getfixturevalue("server")
    with server.database(upgraded=False) as address:
        yield address


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A place for a backup."""
    return tmp_path / "backups" / "bot.backup"


def stubborn(session: Session, event: Event, world: World) -> Counted:
    """Cannot see to an update that says `stuck`."""
    if event == Text("stuck"):
        raise ChangedMeanwhileError("7")
    return count_turn(session, event, world)


async def take(database: Address, backup: Path, *, beside_bot: bool = True) -> Facts:
    return await write_backup(database, backup, NOW, beside_bot=beside_bot)


async def bring_back(target: Address, backup: Path, key_from: Address, wish: Wish, now: float = NOW) -> Restored:
    """Restore, with the key file in its place as an operator puts it there."""
    if target.file is not None and key_from.file is not None and target != key_from:
        target.file.parent.mkdir(parents=True, exist_ok=True)
        key_file_of(target.file).write_text(key_file_of(key_from.file).read_text())
    return await restore(target, keys_for(target), backup, wish, now)


async def said(town: Town) -> int:
    """How many messages were sent to anybody, wherever they stand now."""
    return sum(entry["method"] == "sendMessage" for entry in (await town.get("sent"))["entries"])


async def cut(*_: object) -> None:
    """What is cut in the middle."""
    raise RuntimeError("cut")


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def open_calls(database: Address) -> list[tuple[Any, ...]]:
    return table(database, "SELECT method FROM outbox WHERE slot IS NOT NULL")


async def talk_and_lose(town: Town, database: Address, stage: World, backup: Path) -> tuple[Person, Later]:
    """A bot is backed up with an answer, an update and a reminder open, then sees to all three and is lost."""
    person, slow, clock = await town.person(), await town.person(), Later()
    async with at_work(town.base, database, stage, stubborn, clock):
        await person.say("one")
        await person.hear(1)
        store = await open_store(database)
        await store.write(lambda c: Timers(BOT).set(c, str(person.id), "deadline", "7", NOW + 60))
        await store.close()
        await town.post("faults", method="sendmessage", status=429, retry_after=3000)
        await person.say("more")
        await until(lambda: bool(table(database, "SELECT 1 FROM outbox WHERE note LIKE '429%'")))
        await slow.say("stuck")
        await until(lambda: bool(table(database, "SELECT 1 FROM inbox WHERE state = 'received'")))
        await take(database, backup)
    clock.moved = 3700
    async with at_work(town.base, database, stage, count_turn, clock):
        await person.hear(3)
        await person.say("three")
        heard = await person.hear(4)
        assert sorted(text.split(":")[0] for text in heard) == ["3", "said 1", "said 2", "said 4"]
        assert await slow.hear(1) == ["said 1: stuck"]
        await until(lambda: not open_calls(database))
    return person, clock


async def test_nothing_is_sent_again_after_a_restore(
    town: Town, database: Address, spare: Address, stage: World, backup: Path
) -> None:
    person, clock = await talk_and_lose(town, database, stage, backup)
    before = await said(town)
    await person.say("while it was down")
    restored = await bring_back(spare, backup, database, Wish(), clock())
    assert [(held.kind, held.about) for held in restored.held] == [
        (HeldKind.CALL, "sendMessage"),
        (HeldKind.UPDATE, ""),
        (HeldKind.TIMER, "deadline"),
    ]
    async with at_work(town.base, spare, stage, count_turn, clock):
        heard = await person.hear(5)
        await until(lambda: not open_calls(spare))
    assert heard[4] == "said 3: while it was down"
    assert await said(town) == before + 1


async def test_staff_let_held_ones_go_or_drop_them(
    town: Town, database: Address, spare: Address, stage: World, backup: Path
) -> None:
    person, clock = await talk_and_lose(town, database, stage, backup)
    before = await said(town)
    await bring_back(spare, backup, database, Wish(), clock())
    store = await open_store(spare)
    call, update, timer = await store.read(held_back)
    assert await store.write(lambda c: let_go(c, call, clock()))
    assert await store.write(lambda c: let_go(c, update, clock()))
    assert await store.write(lambda c: drop_held(c, timer))
    assert not await store.write(lambda c: drop_held(c, call))
    assert await store.read(held_back) == []
    await store.close()
    async with at_work(town.base, spare, stage, count_turn, clock):
        assert (await person.hear(5))[4] == "said 2: more"
        await until(lambda: not open_calls(spare) and not table(spare, "SELECT 1 FROM inbox WHERE slot IS NOT NULL"))
    assert await said(town) == before + 2
    assert table(spare, "SELECT state, note FROM timers") == [("done", "dropped by staff after a restore")]


async def test_what_no_bot_can_have_seen_to_goes_on_by_itself(
    town: Town, database: Address, spare: Address, stage: World, backup: Path
) -> None:
    person, clock = await town.person(), Later()
    async with at_work(town.base, database, stage, count_turn, clock):
        await person.say("one")
        await person.hear(1)
        await town.post("faults", method="sendmessage", status=429, retry_after=3000)
        await person.say("more")
        await until(lambda: bool(table(database, "SELECT 1 FROM outbox WHERE note LIKE '429%'")))
    await take(database, backup, beside_bot=False)
    clock.moved = 3700
    restored = await bring_back(spare, backup, database, Wish(as_usual=True), clock())
    assert restored.held == ()
    async with at_work(town.base, spare, stage, count_turn, clock):
        assert await person.hear(2) == ["said 1: one", "said 2: more"]
        await until(lambda: not open_calls(spare))
    assert await said(town) == 2


async def test_a_backup_beside_a_bot_is_never_taken_as_usual(
    town: Town, database: Address, spare: Address, stage: World, backup: Path
) -> None:
    async with at_work(town.base, database, stage):
        facts = await take(database, backup)
    assert facts.beside_bot
    with pytest.raises(StartError, match=r"^--stopped: .* a bot worked on the database"):
        await bring_back(spare, backup, database, Wish(as_usual=True))


async def with_sessions(database: Address, *chats: str) -> None:
    store = await open_store(database)
    sessions = Sessions(BOT, store.vault)

    async def job(connection: Connection) -> None:
        for chat in chats:
            await sessions.put(connection, chat, WORDS, await sessions.get(connection, chat), NOW)

    await store.write(job)
    await store.close()


async def erased(database: Address, chat: str) -> None:
    store = await open_store(database)
    await store.write(lambda c: erase(c, BOT, store.vault, chat, NOW))
    await store.close()


def chats(database: Address) -> list[str]:
    return [chat for (chat,) in table(database, "SELECT chat_key FROM sessions ORDER BY chat_key")]


@pytest.mark.parametrize("in_place", [True, False])
async def test_who_was_erased_stays_erased(database: Address, spare: Address, backup: Path, in_place: bool) -> None:
    await with_sessions(database, "5", "6", "7")
    await erased(database, "5")
    await with_sessions(database, "5")  # and came back
    await take(database, backup)
    await erased(database, "6")
    target = database if in_place else spare
    wish = Wish(replace=True) if in_place else Wish(former=await former_of(database))
    restored = await bring_back(target, backup, database, wish)
    assert (restored.erased, restored.knew_erasures) == (1, True)
    assert chats(target) == ["5", "7"]
    assert table(target, "SELECT count(*), count(DISTINCT digest) FROM erasures") == [(2, 2)]
    assert not any(text == "6" for (text,) in table(target, "SELECT digest FROM erasures"))


@pytest.mark.sqlite
async def test_a_restore_says_when_nobody_knows_who_was_erased(database: Address, spare: Address, backup: Path) -> None:
    await with_sessions(database, "6")
    await take(database, backup)
    restored = await bring_back(spare, backup, database, Wish())
    assert (restored.erased, restored.knew_erasures) == (0, False)


@pytest.mark.parametrize(("old_is_known", "following"), [(True, 5), (False, 4)])
async def test_new_rows_have_ids_that_nobody_had(
    database: Address, spare: Address, backup: Path, old_is_known: bool, following: int
) -> None:
    store = await open_store(database)
    timers = Timers(BOT)

    async def job(connection: Connection) -> None:
        for key in "abc":
            await timers.set(connection, "7", "deadline", key, NOW)
        await timers.drop(connection, "7", None, "c")

    await store.write(job)
    await take(database, backup)
    await store.write(lambda c: timers.set(c, "7", "deadline", "d", NOW))
    await store.close()
    wish = Wish(former=await former_of(database)) if old_is_known else Wish()
    await bring_back(spare, backup, database, wish, NOW - 1)
    store = await open_store(spare)
    await store.write(lambda c: timers.set(c, "7", "deadline", "e", NOW))
    await store.close()
    assert table(spare, "SELECT id, key FROM timers ORDER BY id") == [(1, "a"), (2, "b"), (following, "e")]


async def test_a_restore_that_is_cut_leaves_what_was_there(
    database: Address, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_sessions(database, "6")
    await take(database, backup)
    await with_sessions(database, "7")

    monkeypatch.setattr("bot.storage.restoring.hold_back", cut)
    with pytest.raises(RuntimeError, match="cut"):
        await bring_back(database, backup, database, Wish(replace=True))
    assert chats(database) == ["6", "7"]


async def test_a_backup_that_is_cut_is_not_there(
    database: Address, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_sessions(database, "6")

    with monkeypatch.context() as patched:
        patched.setattr("bot.storage.backup.set_mark", cut)
        with pytest.raises(RuntimeError, match="cut"):
            await take(database, backup)
    assert modes(backup.parent) == {}
    await take(database, backup)
    assert modes(backup.parent) == {backup.name: 0o600}
    with pytest.raises(StartError, match="is there already"):
        await take(database, backup)


async def test_a_database_that_is_in_use_is_left_alone(
    town: Town, database: Address, stage: World, backup: Path
) -> None:
    await with_sessions(database, "6")
    await take(database, backup)
    with pytest.raises(StartError, match=r"holds conversations; .* --replace"):
        await bring_back(database, backup, database, Wish())
    if not database.is_shared:
        return  # the lock beside the file is for the command line
    async with at_work(town.base, database, stage):
        with pytest.raises(StartError, match=r"a bot works on this database \(.+\); stop it first"):
            await bring_back(database, backup, database, Wish(replace=True))
    assert chats(database) == ["6"]


async def test_wrong_keys_are_told_before_anything_is_written(database: Address, spare: Address, backup: Path) -> None:
    await with_sessions(database, "6")
    await take(database, backup)
    with pytest.raises(StartError, match=r"^DATA_KEYS: .*conversations in .*bot.backup were sealed with another key"):
        await restore(spare, (new_key(),), backup, Wish(), NOW)
    assert spare.is_shared or (spare.file is not None and not spare.file.exists())


@pytest.mark.sqlite
async def test_what_is_no_backup_is_refused(database: Address, spare: Address, backup: Path) -> None:
    await with_sessions(database, "6")
    assert database.file is not None
    with pytest.raises(StartError, match="was not made by `visabot db backup`"):
        await bring_back(spare, database.file, database, Wish())
    letter = backup.with_name("letter")
    letter.parent.mkdir()
    letter.write_text("Dear Sir or Madam,\n" * 200)
    with pytest.raises(StartError, match="cannot be read as a backup"):
        await bring_back(spare, letter, database, Wish())
    await take(database, backup)
    with sqlite3.connect(backup) as connection:
        connection.execute("DELETE FROM sessions")
    connection.close()
    with pytest.raises(StartError, match="has other rows than it was made with"):
        await bring_back(spare, backup, database, Wish())
    with sqlite3.connect(backup) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StartError, match=r"^FILE: .*newer visabot"):
        await bring_back(spare, backup, database, Wish())
