"""From every version to every other: what was stored survives, on both engines, and nobody is half-way."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, make_url

from bot.errors import StartError
from bot.storage import schema
from bot.storage.address import Address
from bot.storage.database import open_engine
from bot.storage.funnel import Funnel, Mark
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.schema import downgrade
from bot.storage.sessions import Sessions
from bot.storage.store import Store
from bot.storage.tables import SLOTS, metadata, slot_of
from tests.bot.rig import ENGINES, keys_for, open_store, rows, table
from tests.bot.specimen import NUMBER, SURNAME
from tests.postgres import Postgres

BOT = 42
CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
CONFIG.set_main_option("path_separator", "os")
REVISIONS = tuple(reversed([script.revision for script in ScriptDirectory.from_config(CONFIG).walk_revisions()]))
COUNT = {"day": "2026-11-22", "flow": "f", "version": 1, "question": "q", "what": "asked", "count": 5}
WORDS = '{"text":"' + NUMBER + '"}'
SESSION = '{"language":"kk","answers":{"which_passport_do_you_hold":"' + SURNAME + '"}}'


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, file: Path) -> Iterator[Address]:
    """A database without tables."""
    if request.param == "sqlite":
        file.parent.mkdir()
        yield Address(file)
        return
    server: Postgres = request.getfixturevalue("server")
    with server.database(upgraded=False) as address:
        yield address


async def upgrade_to(database: Address, revision: str) -> None:
    """A database as an older version left it."""

    def work(connection: Connection) -> None:
        CONFIG.attributes["connection"] = connection
        command.upgrade(CONFIG, revision)

    engine = open_engine(database)
    await engine.run(work)
    await engine.close()


async def downgrade_to(database: Address, revision: str) -> None:
    engine = open_engine(database)
    await downgrade(engine, str(database), revision)
    await engine.close()


def insert(database: Address, name: str, *found: dict[str, Any]) -> None:
    for row in found:
        values = ", ".join("NULL" if value is None else repr(value) for value in row.values())
        table(database, f"INSERT INTO {name} ({', '.join(row)}) VALUES ({values})")


def update(number: int, state: str, chat: str = "7", raw: str = WORDS) -> dict[str, Any]:
    row = {"bot_id": BOT, "update_id": number, "chat_key": chat, "raw": raw, "received_at": 1.0}
    return row | {"state": state, "tries": 0}


def call(state: str, tries: int = 0, lane: str = "7", chat: int = 7, payload: str = WORDS) -> dict[str, Any]:
    row = {"bot_id": BOT, "chat_id": chat, "lane": lane, "method": "sendMessage", "payload": payload}
    return row | {"state": state, "tries": tries, "not_before": 0.0, "created_at": 1.0}


def fill_0001(database: Address) -> None:
    insert(database, "inbox", update(1, "received"), update(2, "done", raw="{}"), update(3, "received", "inline -42"))
    insert(database, "sessions", {"bot_id": BOT, "chat_key": "7", "data": SESSION, "version": 3, "updated_at": 1.0})
    insert(
        database,
        "outbox",
        call("queued"),
        call("sending", lane="-42", chat=-42),
        call("uncertain", 1, lane="answer q"),
        call("uncertain", 2),
        call("sent", payload="{}"),
        call("failed"),
    )


def fill_0002(database: Address) -> None:
    case = {"bot_id": BOT, "reference": "KZ-1", "chat_key": "7", "payload": WORDS, "category": "B12", "guests": 1}
    case |= {"first_day": "2026-12-10", "status": "received", "created_at": 1.0, "updated_at": 1.0, "version": 1}
    insert(database, "cases", case)
    change = {"case_id": 1, "status": "received", '"on"': "2026-11-01", "detail": '{"a":1}', '"by"': "inviter", "at": 1}
    insert(database, "case_changes", change)
    timer = {"bot_id": BOT, "chat_key": "7", "kind": "arrival", "key": "1", "due_at": 9.0, "state": "waiting"}
    insert(database, "timers", timer)
    link = {"token_hash": "x", "bot_id": BOT, "chat_key": "7", "paper": 1, "person": 1, "state": "filled"}
    insert(database, "guest_links", link | {"answers": WORDS, "created_at": 1.0, "expires_at": 2.0})
    talk = {"bot_id": BOT, "chat_key": "7", "state": "waiting", "opened_at": 1.0, "until": 2.0, "language": "kk"}
    insert(database, "handovers", talk | {"question": WORDS})
    insert(database, "handover_messages", {"outbox_id": 1, "handover_id": 1})
    insert(
        database,
        "funnel",
        {"day": "2026-11-22", "flow": "f", "version": 1, "question": "q", "what": "asked", "count": 5},
    )


def fill_0003(database: Address) -> None:
    insert(database, "chores", {"bot_id": BOT, "name": "sweep", "not_before": 5.0})


_FILL = {"0001": fill_0001, "0002": fill_0002, "0003": fill_0003}

_KEPT = {
    "inbox": ("update_id, chat_key, state, tries", 3),
    "sessions": ("chat_key, version, updated_at", 1),
    "outbox": ("id, chat_id, lane, method, state, tries, created_at, inbox_id", 6),
    "cases": ("reference, chat_key, category, guests, first_day, status", 1),
    "case_changes": ('case_id, status, "on", "by", at', 1),
    "timers": ("chat_key, kind, key, due_at, state", 1),
    "guest_links": ("token_hash, chat_key, paper, person, state, expires_at", 1),
    "handovers": ("chat_key, state, opened_at, until, language", 1),
    "handover_messages": ("outbox_id, handover_id", 1),
    "funnel": ("day, flow, version, question, what, count", 1),
    "chores": ("name, not_before", 1),
}


def kept(database: Address, revision: str) -> dict[str, list[tuple[Any, ...]]]:
    """What is stored in the tables that a revision knows, without what is sealed."""
    names = list(_KEPT)[: {"0001": 3, "0002": 10}.get(revision)]
    return {name: table(database, f"SELECT {_KEPT[name][0]} FROM {name} ORDER BY 1") for name in names}


async def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    def differences(connection: Connection) -> Any:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata)

    assert await store.engine.run(differences) == []


async def test_what_each_version_stored_survives_all_the_way_up_and_down(empty: Address) -> None:
    for revision in REVISIONS:
        before = kept(empty, REVISIONS[REVISIONS.index(revision) - 1]) if revision != "0001" else {}
        await upgrade_to(empty, revision)
        assert before.items() <= kept(empty, revision).items()
        _FILL.get(revision, lambda _database: None)(empty)
    everything = kept(empty, REVISIONS[-1])
    assert {name: len(found) for name, found in everything.items()} == {name: n for name, (_, n) in _KEPT.items()}
    for revision in reversed(REVISIONS[:-1]):
        await downgrade_to(empty, revision)
        left = kept(empty, revision)
        assert left == {name: everything[name] for name in left}
    await upgrade_to(empty, "head")
    assert kept(empty, "0001") == {name: everything[name] for name in ("inbox", "sessions", "outbox")}


async def test_rows_with_work_left_get_the_slot_of_their_chat(empty: Address) -> None:
    await upgrade_to(empty, "0001")
    fill_0001(empty)
    await upgrade_to(empty, "head")
    assert table(empty, "SELECT update_id, slot FROM inbox ORDER BY id") == [
        (1, slot_of("7")),
        (2, None),
        (3, slot_of("-42")),
    ]
    assert table(empty, "SELECT state, tries, slot FROM outbox ORDER BY id") == [
        ("queued", 0, slot_of("7")),
        ("sending", 0, slot_of("-42")),
        ("uncertain", 1, slot_of("7")),
        ("uncertain", 2, None),
        ("sent", 0, None),
        ("failed", 0, None),
    ]


async def test_a_database_of_the_first_version_is_read_and_sealed(empty: Address) -> None:
    await upgrade_to(empty, "0001")
    fill_0001(empty)
    store = await open_store(empty)
    session = await store.read(lambda c: Sessions(BOT, store.vault).get(c, "7"))
    assert (session.version, session.session.answers) == (3, (("which_passport_do_you_hold", SURNAME),))
    row = await store.read(lambda c: Inbox(BOT, store.vault).get(c, 1))
    assert row is not None
    assert row.raw == {"text": NUMBER}
    outbox = Outbox(BOT, store.vault)
    assert await store.read(lambda c: outbox.waiting_lanes(c, range(SLOTS))) == ["7", "answer q"]
    placed = await store.read(lambda c: outbox.get(c, 1))
    assert placed is not None
    assert placed.call.payload == {"text": NUMBER}
    if empty.file is not None:
        seen = b"".join(path.read_bytes() for path in empty.file.parent.glob(f"{empty.file.name}*"))
        assert NUMBER.encode() not in seen
        assert SURNAME.encode() not in seen
    await store.close()
    assert table(empty, "SELECT raw FROM inbox WHERE update_id = 2") == [("{}",)]
    for column, name in (("raw", "inbox"), ("payload", "outbox"), ("data", "sessions")):
        assert table(empty, f"SELECT count(*) FROM {name} WHERE {column} LIKE '%{NUMBER}%'") == [(0,)]


async def test_marks_of_the_funnel_are_counted_on_the_way_back(store: Store, database: Address) -> None:
    marks = [Mark(date(2026, 11, 22), "f", 1, question, "asked") for question in ("q", "q", "other")]
    insert(database, "funnel", COUNT)
    await store.write(lambda c: Funnel().count(c, marks))
    await downgrade(store.engine, str(database), "0003")
    assert table(database, "SELECT question, count FROM funnel ORDER BY 1") == [("other", 1), ("q", 7)]


async def test_all_the_way_back_nothing_is_left(database: Address) -> None:
    await (await open_store(database)).close()
    await downgrade_to(database, "base")
    engine = open_engine(database)
    assert await engine.run(lambda connection: inspect(connection).get_table_names()) == ["alembic_version"]
    await engine.close()
    await (await open_store(database)).close()


async def test_there_is_no_way_to_a_version_that_never_was(store: Store, database: Address) -> None:
    with pytest.raises(StartError, match="no revision '0815'; known are base, 0001"):
        await downgrade(store.engine, str(database), "0815")


async def test_opening_twice_changes_nothing(store: Store, database: Address) -> None:
    await (await open_store(database)).close()
    assert await rows(store, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]


async def refused(database: Address) -> str:
    with pytest.raises(StartError) as raised:
        await Store.open(database, keys_for(database))
    (problem,) = raised.value.problems
    assert problem.startswith(f"DATABASE_URL: {database}: ")
    return problem


async def test_a_database_of_a_newer_version_is_refused(database: Address) -> None:
    await (await open_store(database)).close()
    table(database, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer visabot (revision 9999)" in await refused(database)


async def test_a_database_of_another_program_is_refused_and_left_alone(empty: Address) -> None:
    table(empty, "CREATE TABLE songs (title TEXT)")
    assert "another program (songs)" in await refused(empty)
    engine = open_engine(empty)
    assert await engine.run(lambda connection: inspect(connection).get_table_names()) == ["songs"]
    await engine.close()


async def test_programs_that_start_together_on_a_new_server_make_the_tables_once(server: Postgres) -> None:
    with server.database(upgraded=False) as new:
        stores = await asyncio.gather(*(open_store(new) for _ in range(5)))
        assert await rows(stores[0], "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
        for store in stores:
            await store.close()


@pytest.mark.parametrize(
    ("change", "repair"),
    [
        ({"database": "nowhere"}, "the server has no such database or user; create it"),
        ({"username": "nobody"}, "the server has no such database or user; create it"),
        ({"host": "127.0.0.1", "port": 9, "query": {}}, "the server does not answer; start it, or correct the host"),
    ],
)
async def test_a_server_that_cannot_be_used_is_told_without_its_password(
    server: Postgres, change: dict[str, Any], repair: str
) -> None:
    url = make_url(server.uri).set(password="hidden", **change)
    problem = await refused(Address(server=url))
    assert repair in problem
    assert "hidden" not in problem
