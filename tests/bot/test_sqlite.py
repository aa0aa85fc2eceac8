"""What is about SQLite alone: how the file is set up, who may open it, and what holds it."""

import fcntl
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from bot.errors import StartError
from bot.files import make_private
from bot.lock import only_process
from bot.storage.address import Address
from bot.storage.database import open_engine
from bot.storage.inbox import Inbox
from bot.storage.sqlite import SqliteEngine
from bot.storage.store import Store
from bot.storage.writer import StoreUnavailableError
from tests.bot.rig import received, rows

pytestmark = pytest.mark.sqlite

BOT = 42


async def test_sqlite_is_set_up_to_survive_a_power_cut(store: Store) -> None:
    assert await rows(store, "PRAGMA journal_mode") == [("wal",)]
    assert await rows(store, "PRAGMA synchronous") == [(2,)]
    assert await rows(store, "PRAGMA foreign_keys") == [(1,)]
    assert await rows(store, "PRAGMA secure_delete") == [(1,)]


async def test_a_database_that_is_locked_for_long_is_told_and_nothing_is_half_written(
    database: Address, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.05)
    store = await Store.open(database)
    inbox = Inbox(BOT, store.vault)
    other = sqlite3.connect(file, isolation_level=None)
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
        await Store.open(Address(path))
    (problem,) = raised.value.problems
    assert problem.startswith(f"DATABASE_URL: {path}: ")
    return problem


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


async def test_what_cannot_be_opened_is_refused_before_the_engine_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.05)
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


async def test_what_people_wrote_is_for_the_owner_only(database: Address, file: Path) -> None:
    with only_process(database):
        store = await Store.open(database)
        await store.write(lambda c: Inbox(BOT, store.vault).receive(c, [received(1)], 1.0))
        assert set(modes(file.parent).items()) == {
            *((f"bot.sqlite3{end}", 0o600) for end in ("", "-wal", "-shm", ".lock")),
            ("bot.key", 0o600),
        }
        assert modes(file.parent.parent)[file.parent.name] == 0o700
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
    await (await Store.open(Address(link))).close()
    assert modes(tmp_path)["real.sqlite3"] == 0o600


async def test_the_engine_opens_nothing_by_itself(tmp_path: Path) -> None:
    engine = open_engine(Address(tmp_path / "x.sqlite3"))
    assert isinstance(engine, SqliteEngine)
    await engine.close()
    assert not (tmp_path / "x.sqlite3").exists()


def test_one_process_a_file(tmp_path: Path) -> None:
    database = Address(tmp_path / "new" / "bot.sqlite3")
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
        first, second = only_process(Address(database)), only_process(Address(other))
        with first, pytest.raises(StartError, match="another visabot"), second:
            pass
    assert [path.name for path in tmp_path.glob("*.lock")] == ["bot.sqlite3.lock"]


def test_a_lock_that_a_killed_process_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite3.lock").write_text("1\n")  # left by a process that was killed
    with only_process(Address(tmp_path / "bot.sqlite3")):
        assert (tmp_path / "bot.sqlite3.lock").read_text() == f"{os.getpid()}\n"
