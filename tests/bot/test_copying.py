"""Whatever stands in the tables comes through a move to the other engine and back."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Date, Double, Integer, SmallInteger, String, Table, insert, select

from bot.storage.address import Address
from bot.storage.copying import COPIED, chunks, last_ids, raise_ids
from bot.storage.database import open_engine
from bot.storage.moving import move
from bot.storage.schema import upgrade
from bot.storage.sessions import Kept, Sessions
from bot.storage.tables import SEALED, sessions
from bot.storage.vault import Vault
from tests.bot.rig import DATA_KEY, open_store
from tests.postgres import Postgres

KEYS = (DATA_KEY,)
MOST = 2**53


def values_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """What may stand in a column. What refers to another table refers to its row 1, which is always there."""
    kind = column.type
    if column.foreign_keys:
        return st.just(1)
    if isinstance(kind, Date):
        values: st.SearchStrategy[Any] = st.dates()
    elif isinstance(kind, Double):
        values = st.floats(allow_nan=False, allow_infinity=False)
    elif isinstance(kind, SmallInteger):
        values = st.integers(-(2**15), 2**15 - 1)
    elif isinstance(kind, BigInteger):
        values = st.integers(-(2**63), 2**63 - 1)
    elif isinstance(kind, Integer):
        values = st.integers(-(2**31), 2**31 - 1)
    else:
        size = kind.length if isinstance(kind, String) else None
        values = st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=min(size or 20, 20)
        )
        if any(column is sealed for sealed in SEALED):
            values = values.map(Vault(KEYS).seal)
    return st.none() | values if column.nullable else values


def rows_of(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some rows; the first has the id 1."""
    columns = {column.name: values_of(column) for column in table.columns}
    first = columns | ({"id": st.just(1)} if "id" in columns else {})
    later = columns | ({"id": st.integers(2, MOST)} if "id" in columns else {})
    rest = st.lists(st.fixed_dictionaries(later), max_size=3)
    return st.tuples(st.fixed_dictionaries(first), rest).map(lambda made: [made[0], *made[1]])


async def put(file: Path, made: dict[str, list[dict[str, Any]]]) -> None:
    """A database with these rows, as far as they do not exclude each other."""
    engine = open_engine(Address(file))
    await upgrade(engine, str(file))
    async with engine.transaction() as connection:
        for table in COPIED:
            for row in made[table.name]:
                await connection.execute(insert(table).prefix_with("OR IGNORE"), row)
        await raise_ids(connection, Address(file), {"timers": MOST + 1})
    await engine.close()


async def seen(address: Address) -> tuple[dict[str, list[str]], dict[str, int]]:
    """All rows, and the last ids."""
    engine = open_engine(address)
    async with engine.snapshot() as connection:
        rows = {
            table.name: sorted([str(row) async for some in chunks(connection, table) for row in some])
            for table in COPIED
        }
        last = await last_ids(connection, address)
    await engine.close()
    return rows, {name: number for name, number in last.items() if number}


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(made=st.fixed_dictionaries({table.name: rows_of(table) for table in COPIED}))
def test_a_move_to_a_server_and_back_keeps_every_row(
    server: Postgres, monkeypatch: pytest.MonkeyPatch, made: dict[str, list[dict[str, Any]]]
) -> None:
    monkeypatch.setattr("bot.storage.copying._ROWS", 2)

    async def there_and_back(folder: Path, between: Address) -> None:
        begin, end = Address(folder / "begin.sqlite3"), Address(folder / "end.sqlite3")
        await put(folder / "begin.sqlite3", made)
        await move(begin, between, KEYS, "2026-11-28")
        await move(between, end, KEYS, "2026-11-28")
        rows, last = await seen(end)
        assert (rows, last) == await seen(begin)
        assert rows == (await seen(between))[0]
        assert all(rows.values())

    with TemporaryDirectory() as folder, server.database() as between:
        asyncio.run(there_and_back(Path(folder), between))


async def test_a_snapshot_sees_one_moment(database: Address) -> None:
    store = await open_store(database)
    await store.write(lambda c: Sessions(1, store.vault).put(c, "7", "{}", Kept(), 1.0))
    async with store.engine.snapshot() as connection:
        query = select(sessions.c.chat_key)
        before = (await connection.execute(query)).scalars().all()
        await store.write(lambda c: Sessions(1, store.vault).put(c, "8", "{}", Kept(), 1.0))
        assert (await connection.execute(query)).scalars().all() == before == ["7"]
    await store.close()
