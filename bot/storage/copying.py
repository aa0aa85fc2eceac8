"""All rows of a database into another one, whichever engines the two have."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, func, insert, literal, select, text, tuple_

from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.tables import erasures, marks, metadata, replicas, shares

__all__ = ["COPIED", "chunks", "clear", "copy_rows", "count_rows", "is_empty", "last_ids", "raise_ids"]

COPIED = tuple(table for table in metadata.sorted_tables if table not in (marks, replicas, shares))
"""All but what a database says about itself and its own processes; a table stands behind those that it refers to."""

_NUMBERED = tuple(table for table in COPIED if table.dialect_options["sqlite"]["autoincrement"])
_ROWS = 1000
"""Rows at once: few enough for memory, and for the longest time that a statement may take."""


async def chunks(
    source: Connection, table: Table, columns: Sequence[Column[Any]] = ()
) -> AsyncIterator[list[dict[str, Any]]]:
    """The rows of a table by its primary key, some at a time; of `columns` and the key, or all columns."""
    keys = tuple(table.primary_key.columns)
    wanted = tuple(dict.fromkeys((*keys, *columns))) if columns else tuple(table.columns)
    query = select(*wanted).order_by(*keys).limit(_ROWS)
    rows = await _rows(source, query)
    while rows:
        yield rows
        last = tuple_(*(literal(rows[-1][key.name], key.type) for key in keys))
        rows = await _rows(source, query.where(tuple_(*keys) > last)) if len(rows) == _ROWS else []


async def _rows(source: Connection, query: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in (await source.execute(query)).mappings()]


async def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Put all rows into the empty tables of `target`; gives how many by table."""
    counts = {}
    for table in COPIED:
        counts[table.name] = 0
        async for rows in chunks(source, table):
            await target.execute(insert(table), rows)
            counts[table.name] += len(rows)
    return counts


async def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
        for table in COPIED
    }


async def is_empty(connection: Connection) -> bool:
    """Whether nothing is stored, except who was erased."""
    for table in COPIED:
        if table is erasures:
            continue
        if (await connection.execute(select(literal(1)).select_from(table).limit(1))).first() is not None:
            return False
    return True


async def clear(connection: Connection, address: Address) -> None:
    """Empty all tables."""
    if address.is_shared:
        await connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)}"))
        return
    for table in reversed(metadata.sorted_tables):
        await connection.execute(table.delete())


async def last_ids(connection: Connection, address: Address) -> dict[str, int]:
    """The last id that each table has given out, also to rows that are gone."""
    if not address.is_shared:
        rows = (await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))).all()
        return {row.name: row.seq for row in rows}
    given = {}
    for table in _NUMBERED:
        last = (await connection.execute(select(func.pg_sequence_last_value(_sequence(table))))).scalar_one()
        given[table.name] = last or 0
    return given


async def raise_ids(connection: Connection, address: Address, last: Mapping[str, int]) -> None:
    """Let new rows have ids above these, and above what was given out before."""
    given = await last_ids(connection, address)
    for table in _NUMBERED:
        highest = max(last.get(table.name, 0), given.get(table.name, 0))
        if not highest:
            continue
        if address.is_shared:
            await connection.execute(select(func.setval(_sequence(table), highest)))
            continue
        where = {"name": table.name, "seq": highest}
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), where)
        await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), where)


def _sequence(table: Table) -> Any:
    return func.pg_get_serial_sequence(table.name, "id").op("::")(text("regclass"))
