"""The one place that knows which database engine is used: how it connects, locks and takes duplicates."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Table, event
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

__all__ = ["READ_ONLY", "clean_log", "insert_new", "open_engine"]

READ_ONLY = {"read_only": True}
"""Execution options of a connection that will not write: each of its statements sees what is committed by then."""

_BUSY_MILLISECONDS = 5_000


def open_engine(path: Path) -> AsyncEngine:
    """An engine on the SQLite file `path`; nothing is opened yet.

    Write-ahead log with full synchronisation, so that a committed update survives a power cut. A transaction that
    writes takes the write lock when it begins: "database is locked" cannot come up in its middle. What is deleted is
    overwritten.
    """
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        hide_parameters=True,
        pool_size=4,
        max_overflow=0,
        pool_reset_on_return=None,  # every transaction here is ended where it began
        connect_args={"timeout": _BUSY_MILLISECONDS / 1000},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def insert_new(table: Table, rows: Sequence[Mapping[str, Any]]) -> Insert:
    """An INSERT that skips rows which exist already; add `.returning(...)` to learn which are new."""
    return insert(table).values(list(rows)).on_conflict_do_nothing()


async def clean_log(engine: AsyncEngine) -> None:
    """Move the write-ahead log into the database and empty it: what was overwritten is then nowhere any more."""
    async with engine.execution_options(**READ_ONLY).connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("read_only", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
