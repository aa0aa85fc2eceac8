"""The tables on real SQLite files: what is committed together, what is refused at the door."""

import asyncio
import fcntl
import os
import sqlite3
import stat
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StartError
from bot.files import make_private
from bot.lock import only_process
from bot.storage.database import open_engine
from bot.storage.inbox import Inbox, Received
from bot.storage.outbox import Call, Outbox, Outgoing
from bot.storage.sessions import ChangedMeanwhileError, Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import InboxState, metadata
from bot.storage.writer import StoreUnavailableError

BOT = 42


def received(update_id: int, chat: str = "7", group: str | None = None) -> Received:
    return Received(update_id, chat, group, {"update_id": update_id, "message": {"text": "сәлем"}})


def call(text_: str, lane: str = "7") -> Call:
    return Call("sendMessage", 7, lane, {"text": text_})


async def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    async def read(connection: AsyncConnection) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await connection.execute(text(query))]

    return await store.read(read)


async def test_the_migration_makes_the_tables_that_the_code_uses(store: Store) -> None:
    async def compare(connection: AsyncConnection) -> dict[str, tuple[set[str], set[str]]]:
        def look(sync: Any) -> dict[str, tuple[set[str], set[str]]]:
            seen = inspect(sync)
            return {
                name: (
                    {column["name"] for column in seen.get_columns(name)},
                    {str(index["name"]) for index in seen.get_indexes(name)},
                )
                for name in seen.get_table_names()
                if name != "alembic_version"
            }

        return await connection.run_sync(look)

    assert await store.read(compare) == {
        table.name: ({column.name for column in table.columns}, {str(index.name) for index in table.indexes})
        for table in metadata.sorted_tables
    }


async def test_sqlite_is_set_up_to_survive_a_power_cut(store: Store) -> None:
    assert await rows(store, "PRAGMA journal_mode") == [("wal",)]
    assert await rows(store, "PRAGMA synchronous") == [(2,)]
    assert await rows(store, "PRAGMA foreign_keys") == [(1,)]
    assert await rows(store, "PRAGMA secure_delete") == [(1,)]


async def test_an_update_is_stored_once_whatever_its_batch(store: Store) -> None:
    inbox, other = Inbox(BOT, store.vault), Inbox(BOT + 1, store.vault)
    first = await store.write(lambda c: inbox.receive(c, [received(1), received(2, "8"), received(1)], 5.0))
    again = await store.write(lambda c: inbox.receive(c, [received(2, "8"), received(3)], 6.0))
    foreign = await store.write(lambda c: other.receive(c, [received(1)], 7.0))
    assert ([key for _, key in first], [key for _, key in again], len(foreign)) == (["7", "8"], ["7"], 1)
    assert await store.read(inbox.unfinished) == [*first, *again]
    stored = await store.read(lambda c: inbox.get(c, first[0][0]))
    assert stored is not None
    assert stored.raw == received(1).raw


async def test_a_row_ends_once(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    ((row, _),) = await store.write(lambda c: inbox.receive(c, [received(1)], 5.0))
    assert await store.write(lambda c: inbox.finish(c, row, "reason"))
    assert not await store.write(lambda c: inbox.finish(c, row, state=InboxState.QUARANTINED))
    assert await rows(store, "SELECT state, note FROM inbox") == [("done", "reason")]
    assert await store.read(inbox.unfinished) == []


async def test_waiting_rows_of_a_chat_are_read_in_order(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    batch = [received(number, "7" if number % 2 else "8") for number in range(1, 11)]
    ids = [row for row, key in await store.write(lambda c: inbox.receive(c, batch, 5.0)) if key == "7"]
    assert await store.read(lambda c: inbox.waiting(c, "7", ids[0], 3)) == ids[1:4]


async def test_only_the_first_of_an_album_is_first(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    batch = [received(1, "7", "g"), received(2, "7", "g"), received(3, "8", "g")]
    ids = [row for row, _ in await store.write(lambda c: inbox.receive(c, batch, 5.0))]

    async def is_first(connection: AsyncConnection) -> list[bool]:
        stored = [await inbox.get(connection, row) for row in ids]
        return [await inbox.is_first_of_album(connection, row) for row in stored if row is not None]

    assert await store.read(is_first) == [True, False, True]


async def test_a_session_is_not_written_over_a_newer_one(store: Store) -> None:
    sessions = Sessions(BOT, store.vault)
    await store.write(lambda c: sessions.put(c, "7", "one", Kept(), 1.0))
    read = await store.read(lambda c: sessions.get(c, "7"))
    await store.write(lambda c: sessions.put(c, "7", "two", read, 2.0))
    with pytest.raises(ChangedMeanwhileError):
        await store.write(lambda c: sessions.put(c, "7", "three", read, 3.0))
    assert await store.read(lambda c: sessions.get(c, "7")) == Kept("two", 2, blocked=False, touched_at=2.0)


async def test_a_block_is_noted_and_ends_with_the_next_message(store: Store) -> None:
    sessions = Sessions(BOT, store.vault)
    await store.write(lambda c: sessions.note_block(c, "7", blocked=True, now=1.0))
    kept = await store.read(lambda c: sessions.get(c, "7"))
    assert kept.blocked
    await store.write(lambda c: sessions.put(c, "7", "one", kept, 2.0))
    assert not (await store.read(lambda c: sessions.get(c, "7"))).blocked


async def test_a_call_is_claimed_once_and_recovered_after_a_crash(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    tap = Call("answerCallbackQuery", 7, "answer q", {"callback_query_id": "q"})
    added = await store.write(lambda c: outbox.add(c, [call("a"), call("b"), tap], None, 1.0))
    assert [lane for _, lane in added] == ["7", "7", "answer q"]
    first, second, third = (row for row, _ in added)
    claimed = await store.write(lambda c: outbox.claim(c, first))
    assert claimed == Outgoing(first, call("a"), 0, 0.0, 1.0)
    assert await store.write(lambda c: outbox.claim(c, first)) is None
    await store.write(lambda c: outbox.claim(c, third))
    assert await store.write(outbox.recover) == [(first, "7"), (second, "7")]
    again = await store.write(lambda c: outbox.claim(c, first))
    assert again is not None
    assert again.tries == 1
    assert await store.write(outbox.recover) == [(second, "7")]
    assert await rows(store, "SELECT state, tries FROM outbox") == [("uncertain", 2), ("queued", 0), ("uncertain", 2)]


async def test_a_job_that_raises_is_undone_alone(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)

    async def good(connection: AsyncConnection) -> int:
        return len(await outbox.add(connection, [call("good")], None, 1.0))

    async def bad(connection: AsyncConnection) -> int:
        await outbox.add(connection, [call("bad")], None, 1.0)
        raise RuntimeError("no")

    outcomes = await asyncio.gather(*map(store.write, (good, bad, good)), return_exceptions=True)
    assert [outcomes[0], type(outcomes[1]), outcomes[2]] == [1, RuntimeError, 1]
    assert await rows(store, "SELECT count(*) FROM outbox") == [(2,)]


async def test_fifty_writers_at_once_meet_no_lock(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)

    def job(number: int) -> Callable[[AsyncConnection], Awaitable[list[tuple[int, str]]]]:
        return lambda connection: inbox.receive(connection, [received(number)], 1.0)

    assert len(await asyncio.gather(*(store.write(job(number)) for number in range(50)))) == 50
    assert await rows(store, "SELECT count(*) FROM inbox") == [(50,)]


async def test_two_programs_that_read_and_write_wait_for_each_other(store: Store, database: Path) -> None:
    other, sessions = await Store.open(database), Sessions(BOT, store.vault)

    def job(key: str) -> Callable[[AsyncConnection], Awaitable[None]]:
        async def work(connection: AsyncConnection) -> None:
            kept = await sessions.get(connection, key)
            await sessions.put(connection, key, f"{kept.data or ''}+", kept, 1.0)

        return work

    for _ in range(30):
        await asyncio.gather(store.write(job("7")), other.write(job("7")))
    await other.close()
    assert await store.read(lambda c: sessions.get(c, "7")) == Kept("+" * 60, 60, touched_at=1.0)


async def test_a_database_that_is_locked_for_long_is_told_and_nothing_is_half_written(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.database._BUSY_MILLISECONDS", 50)
    store = await Store.open(database)
    inbox = Inbox(BOT, store.vault)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreUnavailableError, match="locked"):
            await store.write(lambda c: inbox.receive(c, [received(1)], 1.0))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert await store.write(lambda c: inbox.receive(c, [received(1)], 1.0))
    await store.close()


async def refused(path: Path) -> str:
    with pytest.raises(StartError) as raised:
        await Store.open(path)
    (problem,) = raised.value.problems
    assert problem.startswith(f"DATABASE_URL: {path}: ")
    return problem


async def test_opening_twice_changes_nothing(store: Store, database: Path) -> None:
    await (await Store.open(database)).close()
    assert await rows(store, "SELECT version_num FROM alembic_version") == [("0003",)]


async def test_a_database_of_a_newer_version_is_refused(database: Path) -> None:
    await (await Store.open(database)).close()
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer visabot (revision 9999)" in await refused(database)


async def test_files_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite3"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    assert "another program (songs)" in await refused(foreign)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam,\n" * 200)
    assert "not a SQLite database" in await refused(letter)
    assert "is a directory" in await refused(tmp_path)
    assert "folder cannot be made or read" in await refused(letter / "inside.sqlite3")


async def test_what_cannot_be_opened_is_refused_before_the_driver_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A thread of the driver that could not open a file reports to the event loop once more, when that may be closed.
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def note(thread: threading.Thread) -> None:
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", note)
    await refused(tmp_path)
    await refused(Path("/dev/null/inside.sqlite3"))
    await refused(tmp_path / ("long" * 100))
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    await refused(tmp_path / "circle")
    assert started == []


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
async def test_a_locked_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    monkeypatch.setattr("bot.storage.database._BUSY_MILLISECONDS", 50)
    path = tmp_path / "locked.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"PRAGMA journal_mode={journal}")
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert "locked" in await refused(path)
    finally:
        other.close()


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


async def test_what_people_wrote_is_for_the_owner_only(database: Path) -> None:
    with only_process(database):
        store = await Store.open(database)
        await store.write(lambda c: Inbox(BOT, store.vault).receive(c, [received(1)], 1.0))
        assert set(modes(database.parent).items()) == {
            *((f"bot.sqlite3{end}", 0o600) for end in ("", "-wal", "-shm", ".lock")),
            ("bot.key", 0o600),
        }
        assert modes(database.parent.parent)[database.parent.name] == 0o700
        await store.close()


def test_a_mode_that_was_given_stays(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    path = tmp_path / "bot.sqlite3"
    path.touch()
    path.chmod(0o640)
    make_private(path, "DATABASE_URL")
    assert (modes(tmp_path)["bot.sqlite3"], modes(tmp_path.parent)[tmp_path.name]) == (0o640, 0o750)


async def test_a_link_to_a_file_that_is_not_there_makes_a_private_one(tmp_path: Path) -> None:
    link = tmp_path / "link.sqlite3"
    link.symlink_to(tmp_path / "real.sqlite3")
    await (await Store.open(link)).close()
    assert modes(tmp_path)["real.sqlite3"] == 0o600


async def test_the_engine_opens_nothing_by_itself(tmp_path: Path) -> None:
    await open_engine(tmp_path / "x.sqlite3").dispose()
    assert not (tmp_path / "x.sqlite3").exists()


def test_one_process_a_database(tmp_path: Path) -> None:
    database = tmp_path / "new" / "bot.sqlite3"
    with only_process(database):
        descriptor = os.open(tmp_path / "new" / "bot.sqlite3.lock", os.O_RDWR)
        try:
            with pytest.raises(BlockingIOError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(descriptor)
        with pytest.raises(StartError, match=f"another visabot \\(process {os.getpid()}\\)"), only_process(database):
            pass
    with only_process(database):
        pass


def test_a_link_to_the_database_is_the_same_database(tmp_path: Path) -> None:
    database, link, folder = tmp_path / "bot.sqlite3", tmp_path / "link.sqlite3", tmp_path / "folder"
    link.symlink_to(database)
    folder.symlink_to(tmp_path)
    for other in (link, folder / "bot.sqlite3"):
        with only_process(database), pytest.raises(StartError, match="another visabot"), only_process(other):
            pass
    assert [path.name for path in tmp_path.glob("*.lock")] == ["bot.sqlite3.lock"]
