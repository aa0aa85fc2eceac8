"""Encryption at rest: what is sealed, what a lost key says, and how keys change."""

import asyncio
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import visabot
from bot.errors import StartError
from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.cases import Cases, NewCase
from bot.storage.connection import Connection
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, Received
from bot.storage.keys import key_file_of, read_key_file
from bot.storage.outbox import Outbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import NOTHING_KEPT, SEALED
from bot.storage.vault import SealedError, Vault, is_key, new_key
from knowledge.language import Language
from tests.bot.rig import open_store, settings_for, table
from tests.bot.specimen import DAY, NUMBER, PAYLOAD, SURNAME

BOT = 42
OLD, NEW = new_key(), new_key()


def test_what_one_key_seals_another_does_not_open() -> None:
    sealed = Vault([OLD]).seal("сәлем")
    assert "сәлем" not in sealed
    assert Vault([NEW, OLD]).open(sealed) == "сәлем"
    with pytest.raises(SealedError):
        Vault([NEW]).open(sealed)
    with pytest.raises(SealedError):
        Vault([OLD]).open(sealed[:-4])


def test_plain_words_of_an_older_version_are_read() -> None:
    assert Vault([OLD]).open('{"language":"kk"}') == '{"language":"kk"}'
    assert Vault([OLD]).seal(NOTHING_KEPT) == NOTHING_KEPT


def test_a_key_is_told_from_anything_else() -> None:
    assert is_key(NEW)
    assert not any(is_key(text) for text in ("", "key", NEW[:-4], "ключ" * 11))


async def fill(store: Store) -> None:
    """Something personal in every sealed column."""

    async def job(connection: Connection) -> None:
        vault, secret = store.vault, f"{SURNAME} {NUMBER}"
        await Inbox(BOT, vault).receive(connection, [Received(1, "7", None, {"text": secret})], 1.0)
        await Outbox(BOT, vault).add(connection, [Call("sendMessage", 7, "7", {"text": secret})], None, 1.0)
        await Sessions(BOT, vault).put(connection, "7", secret, Kept(), 1.0)
        new = NewCase("KZ-1", PAYLOAD, "B12", 1, DAY, (("1.what_is_the_surname", SURNAME),))
        assert await Cases(vault).add(connection, BOT, "7", new, DAY, 1.0)
        links = GuestLinks(BOT, vault)
        await links.open(connection, "token", "7", 1, 1, 1.0)
        await links.fill(connection, "token", (("surname", secret),), 1.0)
        await Handovers(BOT, vault).open(connection, "7", secret, Language.KK, 1.0, 2.0)

    await store.write(job)


def stored(database: Address) -> list[str]:
    return [
        text
        for column in SEALED
        for (text,) in table(database, f"SELECT {column.name} FROM {column.table.name}")
        if text not in (None, NOTHING_KEPT)
    ]


def bytes_on_disk(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


async def test_what_is_personal_is_sealed_in_every_column(store: Store, database: Address) -> None:
    await fill(store)
    assert len(stored(database)) == len(SEALED)
    assert all(text.startswith("gAAAA") for text in stored(database))


@pytest.mark.sqlite
async def test_nothing_personal_stands_in_the_files(store: Store, file: Path) -> None:
    await fill(store)
    seen = bytes_on_disk(file)
    assert SURNAME.encode() not in seen
    assert NUMBER.encode() not in seen


@pytest.mark.sqlite
async def test_the_key_file_is_made_once_and_for_its_owner(database: Address, file: Path) -> None:
    store = await open_store(database)
    assert store.key_file is not None
    key = store.key_file.read_text()
    assert stat.S_IMODE(store.key_file.stat().st_mode) == 0o600
    await store.close()
    await (await open_store(database)).close()
    assert store.key_file.read_text() == key
    assert store.key_file == key_file_of(file)


@pytest.mark.sqlite
async def test_a_lost_or_changed_key_is_told_and_nothing_is_made_in_its_place(database: Address, file: Path) -> None:
    store = await open_store(database)
    await fill(store)
    await store.close()
    key_file = key_file_of(file)
    key = key_file.read_text()
    key_file.unlink()
    with pytest.raises(StartError, match=r"^DATA_KEYS: .*restore the file from its backup"):
        await open_store(database)
    assert not key_file.exists()
    key_file.write_text(f"{NEW}\n")
    with pytest.raises(StartError, match=r"^DATA_KEYS: .*sealed with another key") as raised:
        await open_store(database)
    assert NEW not in str(raised.value)
    with pytest.raises(StartError, match=r"keys that are set \(not shown\)"):
        await Store.open(database, (NEW,))
    for broken in ("", "no key\n"):
        key_file.write_text(broken)
        with pytest.raises(StartError, match="holds something else than keys"):
            await open_store(database)
    await (await Store.open(database, (NEW, key.strip()))).close()


async def test_processes_that_share_a_database_need_the_keys_of_the_setting(database: Address) -> None:
    if not database.is_shared:
        await (await Store.open(database)).close()
        return
    with pytest.raises(StartError, match=r"^DATA_KEYS: is not set, and .*db new-key") as raised:
        await Store.open(database)
    assert "***" in str(raised.value)
    await filled(database, (OLD,))
    with pytest.raises(StartError, match=r"keys that are set \(not shown\)"):
        await Store.open(database, (NEW,))


def run(database: Address, *arguments: str, **more: str) -> Result:
    environment: Mapping[str, Any] = {**settings_for(database), **more}
    return CliRunner().invoke(visabot, arguments, env=environment)


async def opens(database: Address, keys: tuple[str, ...] = ()) -> bool:
    try:
        await (await Store.open(database, keys)).close()
    except StartError:
        return False
    return True


async def filled(database: Address, keys: tuple[str, ...] = ()) -> None:
    store = await Store.open(database, keys)
    await fill(store)
    await store.close()


def test_keys_of_the_setting_are_changed(database: Address, file: Path) -> None:
    asyncio.run(filled(database, (OLD,)))
    result = run(database, "db", "rekey", DATA_KEYS=f"{NEW},{OLD}")
    assert result.exit_code == 0, result.stderr
    assert f"{len(SEALED)} texts sealed with the newest key" in result.stdout
    assert asyncio.run(opens(database, (NEW,)))
    assert not asyncio.run(opens(database, (OLD,)))
    assert not key_file_of(file).exists()
    assert NEW not in result.output


@pytest.mark.sqlite
def test_the_key_of_the_file_is_changed(database: Address, file: Path) -> None:
    asyncio.run(filled(database))
    before = read_key_file(key_file_of(file))
    result = run(database, "db", "rekey", "--new")
    assert result.exit_code == 0, result.stderr
    (after,) = read_key_file(key_file_of(file))
    assert (after,) != before
    assert asyncio.run(opens(database))
    assert not asyncio.run(opens(database, before))
    refused = run(database, "db", "rekey", "--new", DATA_KEYS=NEW)
    assert refused.exit_code == 2
    assert "put a new key in front of DATA_KEYS" in refused.stderr


@pytest.mark.sqlite
def test_rekey_makes_no_database(database: Address, file: Path) -> None:
    result = run(database, "db", "rekey")
    assert result.exit_code == 2
    assert "is not there" in result.stderr
    assert not file.exists()


def test_a_new_key_is_printed(tmp_path: Path) -> None:
    assert is_key(run(Address(tmp_path / "x.sqlite3"), "db", "new-key").stdout.strip())
