"""The embedded engine: one SQLite file, one writer, no thread hop for a statement.

Statements run in the event loop: most take some microseconds, far less than handing them to a thread. Only what may
wait, for another program's lock or for the disk, goes to a thread: BEGIN, COMMIT and ROLLBACK.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import URL, CursorResult, Executable, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from bot.storage.connection import Connection, Parameters
from bot.storage.prepared import Prepared, Row

__all__ = ["SqliteEngine"]

T = TypeVar("T")

BUSY_SECONDS = 5.0
"""How long another program may hold the lock before that is told as an error."""

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_RETRY_SECONDS = 0.002
_FAULTS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE)
"""Errors of the statement, which will not go away by themselves (https://sqlite.org/rescode.html)."""


class _Direct:
    """A synchronous connection behind the interface of an asynchronous one."""

    __slots__ = ("_connection", "_dialect", "_driver")

    def __init__(self, connection: sqlalchemy.Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._driver: Any = connection.connection.driver_connection

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        return self._connection.execute(statement, parameters)

    async def rows(self, statement: Prepared, parameters: Mapping[str, Any]) -> Sequence[Row]:
        rows: Sequence[Row] = self._driver.execute(*statement.on(self._dialect, parameters)).fetchall()
        return rows

    async def rows_of_each(self, statement: Prepared, parameters: Sequence[Mapping[str, Any]]) -> Sequence[Row]:
        rows: list[Row] = []
        for each in parameters:
            rows += await self.rows(statement, each)
        return rows

    async def change(self, statement: Prepared, parameters: Mapping[str, Any]) -> int:
        count: int = self._driver.execute(*statement.on(self._dialect, parameters)).rowcount
        return count


class SqliteEngine:
    """An engine on the file `path`; nothing is opened yet.

    Write-ahead log with full synchronisation, so that a committed update survives a power cut. A transaction that
    writes takes the write lock when it begins: "database is locked" cannot come up in its middle. What is deleted is
    overwritten.
    """

    writers = 1

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(
            URL.create("sqlite", database=str(path)),
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
        )
        event.listen(self._engine, "connect", _prepare)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._one_at_a_time = asyncio.Lock()
        self._writer: sqlalchemy.Connection | None = None
        self._reader: sqlalchemy.Connection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self._one_at_a_time:
            connection = self._writing()
            driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
            try:
                if not _begins(driver):
                    await self._in_thread(lambda: _begin(driver))
                yield _Direct(connection)
                await self._in_thread(driver.commit)
            except BaseException as error:
                with suppress(sqlite3.Error):
                    await self._in_thread(driver.rollback)
                if isinstance(error, DBAPIError | sqlite3.Error):
                    self._drop_writer()
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        if self._reader is None:
            self._reader = self._engine.connect()
        yield _Direct(self._reader)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield _Direct(connection)

    async def run(self, work: Callable[[sqlalchemy.Connection], T]) -> T:
        def in_transaction() -> T:
            connection = self._writing()
            driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
            _begin(driver)
            try:
                result = work(connection)
                driver.commit()
            except BaseException:
                driver.rollback()
                raise
            finally:
                self._drop_writer()  # what SQLAlchemy knows of a transaction here is not what the driver does
            return result

        async with self._one_at_a_time:
            return await self._in_thread(in_transaction)

    def is_unavailable(self, error: Exception) -> bool:
        found = error.orig if isinstance(error, DBAPIError) else error
        return isinstance(found, sqlite3.Error) and getattr(found, "sqlite_errorcode", 0) & 0xFF not in _FAULTS

    def is_contended(self, error: Exception) -> bool:  # noqa: ARG002 - one writer at a time, and no rows are locked
        return False

    async def forget_deleted(self) -> None:
        """Move the write-ahead log into the database and empty it: what was overwritten is then nowhere any more."""

        def truncate() -> None:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

        await self._in_thread(truncate)

    async def close(self) -> None:
        def close() -> None:
            for connection in (self._writer, self._reader):
                if connection is not None:
                    connection.close()
            self._engine.dispose()

        await self._in_thread(close)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _writing(self) -> sqlalchemy.Connection:
        if self._writer is None:
            self._writer = self._engine.connect()
            self._writer.exec_driver_sql("PRAGMA busy_timeout=0")  # the waiting for the lock is ours
        return self._writer

    def _drop_writer(self) -> None:
        """After an error of the disk or the file the next transaction begins on a new connection."""
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None


def _begins(driver: sqlite3.Connection) -> bool:
    """Take the write lock if it is free: nearly always, as this is the only process that works on the file."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _BUSY:
            raise
        return False
    return True


def _begin(driver: sqlite3.Connection) -> None:
    """Wait for the write lock. The wait of SQLite itself would give up at once where it could end in a deadlock."""
    end = time.monotonic() + BUSY_SECONDS
    while not _begins(driver):
        if time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")
        time.sleep(_RETRY_SECONDS)


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    cursor = connection.cursor()
    try:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()
