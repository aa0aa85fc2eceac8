"""`visabot db backup`, `restore`, `held`, `move` and `downgrade` as an operator runs them."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import visabot
from bot.errors import StartError
from bot.lock import only_process
from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.moving import move
from bot.storage.outbox import Outbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.vault import new_key
from tests.bot.rig import DATA_KEY, NOW, keys_for, open_store, settings_for, table
from tests.postgres import Postgres

BOT = 4200
NEWEST = "0005"


@pytest.fixture
def other(server: Postgres) -> Iterator[Address]:
    """An empty database on a server."""
    with server.database(upgraded=False) as address:
        yield address


def run(database: Address, *arguments: str | Path, **more: str | None) -> Result:
    environment: Mapping[str, Any] = {**settings_for(database), **more}
    return CliRunner().invoke(visabot, ["db", *map(str, arguments)], env=environment)


def url_of(address: Address) -> str:
    return str(settings_for(address)["DATABASE_URL"])


async def filled(database: Address) -> None:
    """A conversation, and a call that waits."""
    store = await open_store(database)
    await store.write(lambda c: Sessions(BOT, store.vault).put(c, "7", '{"language":"kk"}', Kept(), NOW))
    calls = [Call("sendMessage", 7, "7", {"text": "ready"})]
    await store.write(lambda c: Outbox(BOT, store.vault).add(c, calls, None, NOW))
    await store.close()


def test_a_backup_comes_back_and_staff_decide_about_what_was_open(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    backup = tmp_path / "bot.backup"
    written = run(database, "backup", backup)
    assert written.exit_code == 0, written.stderr
    assert f"tables of revision {NEWEST}" in written.stdout
    assert "  sessions: 1\n" in written.stdout
    assert "cannot be read without the keys in" in written.stdout
    assert "the bot runs" not in written.stdout
    assert run(database, "restore", backup).exit_code == 2
    restored = run(database, "restore", backup, "--replace", "--yes")
    assert restored.exit_code == 0, restored.stderr
    assert "held: 1 calls" in restored.stdout
    assert "--stopped" in restored.stdout
    assert "who was erased" not in restored.stdout
    (line,) = run(database, "held", "list", "--json").stdout.splitlines()
    name = json.loads(line)["name"]
    assert run(database, "held", "send", "call:999").stderr.startswith("visabot: call:999: is not held")
    assert "1 on their way" in run(database, "held", "send", name).stdout
    assert table(database, "SELECT state, tries, payload <> '{}' FROM outbox WHERE slot IS NOT NULL") == [
        ("uncertain", 1, 1)
    ]
    assert run(database, "held", "list").stdout == ""
    usual = run(database, "restore", backup, "--replace", "--stopped", "--yes")
    assert "held" not in usual.stdout
    assert table(database, "SELECT state FROM outbox WHERE slot IS NOT NULL") == [("queued",)]


@pytest.mark.sqlite
def test_what_is_held_can_be_dropped(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    run(database, "backup", tmp_path / "b")
    run(database, "restore", tmp_path / "b", "--replace", "--yes")
    assert run(database, "held", "drop", "all").stdout == "1 dropped\n"
    assert table(database, "SELECT state, payload FROM outbox") == [("failed", "{}")]


def test_a_backup_of_one_engine_comes_back_on_the_other(database: Address, other: Address, tmp_path: Path) -> None:
    source, target = (database, Address(tmp_path / "new.sqlite3")) if database.is_shared else (database, other)
    keys = key_of(source)
    asyncio.run(filled(source))
    run(source, "backup", tmp_path / "b")
    result = run(target, "restore", tmp_path / "b", DATA_KEYS=keys)
    assert result.exit_code == 0, result.stderr
    assert "nothing here tells who was erased after" in result.stdout
    again = run(target, "restore", tmp_path / "b", "--replace", "--yes", "--old", url_of(source), DATA_KEYS=keys)
    assert again.exit_code == 0, again.stderr
    assert asyncio.run(language_of(target, (keys,))) == "kk"


def key_of(database: Address) -> str:
    if database.file is None:
        return DATA_KEY
    asyncio.run(nothing(database))
    return database.file.with_suffix(".key").read_text().strip()


async def nothing(database: Address) -> None:
    await (await open_store(database)).close()


async def language_of(database: Address, keys: tuple[str, ...] = ()) -> str:
    store = await Store.open(database, keys)
    kept = await store.read(lambda c: Sessions(BOT, store.vault).get(c, "7"))
    await store.close()
    return str(kept.session.language)


@contextmanager
def bot_on(database: Address) -> Iterator[None]:
    """What a bot on this database leaves there to be seen by others."""
    if database.is_shared:
        table(database, "INSERT INTO replicas VALUES (4200, 'worker', 'host-1', extract(epoch FROM now()) + 900)")
        yield
        table(database, "DELETE FROM replicas")
        return
    with only_process(database):
        yield


def test_a_running_bot_is_noticed(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    with bot_on(database):
        assert "the bot runs: a restore will hold back" in run(database, "backup", tmp_path / "b").stdout
        for command in (
            ("restore", tmp_path / "b", "--replace", "--yes"),
            ("move", f"sqlite:///{tmp_path}/new.sqlite3"),
            ("downgrade", "0004", "--yes"),
        ):
            result = run(database, *command)
            assert (result.exit_code, "stop it first" in result.stderr) == (2, True)
    refused = run(database, "restore", tmp_path / "b", "--replace", "--stopped", "--yes")
    assert refused.stderr.startswith("visabot: --stopped: ")


@pytest.mark.sqlite
def test_nothing_is_lost_without_a_yes(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    run(database, "backup", tmp_path / "b")
    assert run(database, "restore", tmp_path / "b", "--replace").exit_code == 130
    assert run(database, "downgrade", "0003").exit_code == 130
    assert table(database, "SELECT count(*) FROM outbox WHERE state = 'queued'") == [(1,)]


def test_the_tables_go_back_and_forth(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    assert run(database, "downgrade", "0002", "--yes").exit_code == 0
    assert table(database, "SELECT version_num FROM alembic_version") == [("0002",)]
    old = run(database, "backup", tmp_path / "b")
    assert (old.exit_code, "has the tables of revision 0002" in old.stderr) == (2, True)
    assert "there is no revision '77'" in run(database, "downgrade", "77", "--yes").stderr
    assert run(database, "upgrade").exit_code == 0
    assert table(database, "SELECT count(*) FROM outbox WHERE slot IS NOT NULL") == [(1,)]


def test_a_move_says_what_to_set_and_leaves_the_source_closed(database: Address, other: Address) -> None:
    asyncio.run(filled(database))
    result = run(database, "move", url_of(other))
    assert result.exit_code == 0, result.stderr
    assert "counted in each table" in result.stdout
    assert ("leave DATA_KEYS" in result.stdout) == database.is_shared
    assert asyncio.run(language_of(other, (key_of_moved(database),))) == "kk"
    assert table(other, "SELECT state, tries FROM outbox") == [("queued", 0)]
    closed = run(database, "upgrade")
    assert (closed.exit_code, f"was moved to {other} on " in closed.stderr) == (2, True)
    assert run(database, "move", url_of(other)).exit_code == 2
    assert "is in use again" in run(database, "move", "--undo").stdout
    assert "was not moved" in run(database, "move", "--undo").stdout
    full = run(database, "move", url_of(other))
    assert (full.exit_code, "holds something already" in full.stderr) == (2, True)
    assert run(database, "move", url_of(database)).stderr.endswith("is the database itself; name another one\n")


def key_of_moved(database: Address) -> str:
    return DATA_KEY if database.file is None else database.file.with_suffix(".key").read_text().strip()


@pytest.mark.sqlite
def test_keys_move_with_a_file(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    target = Address(tmp_path / "new" / "bot.sqlite3")
    assert "the keys stand beside the new file too" in run(database, "move", url_of(target)).stdout
    assert asyncio.run(language_of(target)) == "kk"


def test_a_move_with_wrong_keys_writes_nothing(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    result = run(database, "move", f"sqlite:///{tmp_path}/new.sqlite3", DATA_KEYS=new_key())
    assert (result.exit_code, "sealed with another key" in result.stderr) == (2, True)
    assert not (tmp_path / "new.sqlite3").exists()


def test_a_move_that_is_cut_leaves_both_as_they_were(
    database: Address, other: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(filled(database))

    async def cut(*_: object) -> None:
        raise RuntimeError("cut")

    with monkeypatch.context() as patched:
        patched.setattr("bot.storage.moving.raise_ids", cut)
        with pytest.raises(RuntimeError, match="cut"):
            asyncio.run(move(database, other, keys_for(database), "2026-11-28"))
    assert table(other, "SELECT count(*) FROM sessions") == [(0,)]
    assert run(database, "upgrade").exit_code == 0
    assert run(database, "move", url_of(other)).exit_code == 0


@pytest.mark.sqlite
def test_a_moved_database_starts_no_bot(database: Address, tmp_path: Path) -> None:
    asyncio.run(filled(database))
    run(database, "move", f"sqlite:///{tmp_path}/new.sqlite3")
    with pytest.raises(StartError, match=r"was moved to .*--undo"):
        asyncio.run(open_store(database))


def test_a_server_that_does_not_answer_is_told_in_one_line(database: Address, tmp_path: Path) -> None:
    if database.is_shared:
        more = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    else:
        (tmp_path / "empty").touch()
        more = {"DATABASE_URL": f"sqlite:///{tmp_path}/empty"}
    result = run(database, "backup", tmp_path / "b", **more)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert sorted(path.name for path in tmp_path.glob("b*")) == []
