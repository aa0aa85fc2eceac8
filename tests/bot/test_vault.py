"""Encryption at rest: what is sealed, what a lost key says, and how keys change."""

import asyncio
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner, Result
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.group import visabot
from bot.errors import StartError
from bot.storage import schema
from bot.storage.cases import Cases, NewCase
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, Received
from bot.storage.keys import key_file_of, read_key_file
from bot.storage.outbox import Call, Outbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import NOTHING_KEPT, SEALED
from bot.storage.vault import SealedError, Vault, is_key, new_key
from knowledge.language import Language
from tests.bot.rig import table
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

    async def job(connection: AsyncConnection) -> None:
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


def stored(database: Path) -> list[str]:
    return [
        text
        for column in SEALED
        for (text,) in table(database, f"SELECT {column.name} FROM {column.table.name}")
        if text not in (None, NOTHING_KEPT)
    ]


def bytes_on_disk(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


async def test_nothing_personal_stands_in_the_files(store: Store, database: Path) -> None:
    await fill(store)
    assert len(stored(database)) == len(SEALED)
    assert all(text.startswith("gAAAA") for text in stored(database))
    seen = bytes_on_disk(database)
    assert SURNAME.encode() not in seen
    assert NUMBER.encode() not in seen


async def test_the_key_file_is_made_once_and_for_its_owner(database: Path) -> None:
    store = await Store.open(database)
    assert store.key_file is not None
    key = store.key_file.read_text()
    assert stat.S_IMODE(store.key_file.stat().st_mode) == 0o600
    await store.close()
    await (await Store.open(database)).close()
    assert store.key_file.read_text() == key
    assert store.key_file == key_file_of(database)


async def test_a_lost_or_changed_key_is_told_and_nothing_is_made_in_its_place(database: Path) -> None:
    store = await Store.open(database)
    await fill(store)
    await store.close()
    file = key_file_of(database)
    key = file.read_text()
    file.unlink()
    with pytest.raises(StartError, match=r"^DATA_KEYS: .*restore the file from its backup"):
        await Store.open(database)
    assert not file.exists()
    file.write_text(f"{NEW}\n")
    with pytest.raises(StartError, match=r"^DATA_KEYS: .*sealed with another key") as raised:
        await Store.open(database)
    assert NEW not in str(raised.value)
    with pytest.raises(StartError, match=r"keys that are set \(not shown\)"):
        await Store.open(database, (NEW,))
    for broken in ("", "no key\n"):
        file.write_text(broken)
        with pytest.raises(StartError, match="holds something else than keys"):
            await Store.open(database)
    await (await Store.open(database, (NEW, key.strip()))).close()


def version_0001(database: Path) -> None:
    """A database as the first version left it, with words of people in it."""
    database.parent.mkdir(parents=True)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    session = '{"language":"kk","answers":{"which_passport_do_you_hold":"' + SURNAME + '"}}'
    words = '{"text":"' + NUMBER + '"}'
    table(database, f"INSERT INTO sessions VALUES (42, '7', '{session}', 3, NULL, 1.0)")
    columns = "bot_id, update_id, chat_key, raw, received_at, state, tries"
    table(database, f"INSERT INTO inbox ({columns}) VALUES (42, 1, '7', '{words}', 1.0, 'received', 0)")
    table(database, f"INSERT INTO inbox ({columns}) VALUES (42, 2, '7', '{{}}', 1.0, 'done', 0)")
    columns = "bot_id, chat_id, lane, method, payload, state, tries, not_before, created_at"
    table(database, f"INSERT INTO outbox ({columns}) VALUES (42, 7, '7', 'sendMessage', '{words}', 'queued', 0, 0, 1)")


async def test_a_database_of_the_first_version_is_read_and_sealed(database: Path) -> None:
    version_0001(database)
    assert NUMBER.encode() in bytes_on_disk(database)
    store = await Store.open(database)
    kept = await store.read(lambda c: Sessions(BOT, store.vault).get(c, "7"))
    assert (kept.version, kept.session.answers) == (3, (("which_passport_do_you_hold", SURNAME),))
    row = await store.read(lambda c: Inbox(BOT, store.vault).get(c, 1))
    assert row is not None
    assert row.raw == {"text": NUMBER}
    claimed = await store.write(lambda c: Outbox(BOT, store.vault).claim(c, 1))
    assert claimed is not None
    assert claimed.call.payload == {"text": NUMBER}
    seen = bytes_on_disk(database)
    await store.close()
    assert NUMBER.encode() not in seen
    assert SURNAME.encode() not in seen
    assert table(database, "SELECT raw FROM inbox WHERE update_id = 2") == [("{}",)]


def run(database: Path, *arguments: str, **more: str) -> Result:
    environment: Mapping[str, Any] = {"DATABASE_URL": f"sqlite:///{database}", "DATA_KEYS": None, **more}
    return CliRunner().invoke(visabot, arguments, env=environment)


async def opens(database: Path, keys: tuple[str, ...] = ()) -> bool:
    try:
        await (await Store.open(database, keys)).close()
    except StartError:
        return False
    return True


async def filled(database: Path, keys: tuple[str, ...] = ()) -> None:
    store = await Store.open(database, keys)
    await fill(store)
    await store.close()


def test_keys_of_the_setting_are_changed(database: Path) -> None:
    asyncio.run(filled(database, (OLD,)))
    result = run(database, "db", "rekey", DATA_KEYS=f"{NEW},{OLD}")
    assert result.exit_code == 0, result.stderr
    assert f"{len(SEALED)} texts sealed with the newest key" in result.stdout
    assert asyncio.run(opens(database, (NEW,)))
    assert not asyncio.run(opens(database, (OLD,)))
    assert not key_file_of(database).exists()
    assert NEW not in result.output


def test_the_key_of_the_file_is_changed(database: Path) -> None:
    asyncio.run(filled(database))
    before = read_key_file(key_file_of(database))
    result = run(database, "db", "rekey", "--new")
    assert result.exit_code == 0, result.stderr
    (after,) = read_key_file(key_file_of(database))
    assert (after,) != before
    assert asyncio.run(opens(database))
    assert not asyncio.run(opens(database, before))
    refused = run(database, "db", "rekey", "--new", DATA_KEYS=NEW)
    assert refused.exit_code == 2
    assert "put a new key in front of DATA_KEYS" in refused.stderr


def test_rekey_makes_no_database(database: Path) -> None:
    result = run(database, "db", "rekey")
    assert result.exit_code == 2
    assert "is not there" in result.stderr
    assert not database.exists()


def test_a_new_key_is_printed(tmp_path: Path) -> None:
    assert is_key(run(tmp_path / "x.sqlite3", "db", "new-key").stdout.strip())
