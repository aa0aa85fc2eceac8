"""The one place that chooses the engine, and what both dialects write in the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert, insert

from bot.storage.address import Address
from bot.storage.engine import Engine
from bot.storage.postgres import PostgresEngine
from bot.storage.sqlite import SqliteEngine

__all__ = ["add_up", "insert_new", "open_engine"]


def open_engine(address: Address) -> Engine:
    """An engine for the database; nothing is opened yet."""
    if address.server is not None:
        return PostgresEngine(address.server)
    if address.file is None:
        raise ValueError("Address: names neither a file nor a server")
    return SqliteEngine(address.file)


def insert_new(table: Table, rows: Sequence[Mapping[str, Any]]) -> Insert:
    """An INSERT that skips rows which exist already; add `.returning(...)` to learn which are new.

    Both engines know ON CONFLICT in the same words, so that the statement of one serves both.
    """
    return insert(table).values(list(rows)).on_conflict_do_nothing()


def add_up(table: Table, row: Mapping[str, Any], column: str) -> Insert:
    """An INSERT of a row, or where its key exists, an addition of its `column` to what stands there."""
    statement = insert(table).values(dict(row))
    keys = [key.name for key in table.primary_key.columns]
    return statement.on_conflict_do_update(
        index_elements=keys, set_={column: table.c[column] + statement.excluded[column]}
    )
