"""The shared engine: PostgreSQL through asyncpg, for any number of processes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import asyncpg
import sqlalchemy
from sqlalchemy import URL, CursorResult, Executable
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.storage.connection import Connection, Parameters
from bot.storage.prepared import Prepared, Row

__all__ = ["PostgresEngine"]

T = TypeVar("T")

_WRITERS = 4
_READERS = 4
_SECONDS = 10.0
"""How long a connection or a statement may take before the database counts as unavailable."""
_IDLE_SECONDS = 4.0
"""How long a process may be silent in the middle of a transaction: one that is stopped must not hold its locks."""


_FAULTS = (asyncpg.IntegrityConstraintViolationError, asyncpg.SyntaxOrAccessError, asyncpg.DataError)
"""Errors of the statement, which will not go away by themselves."""


_CONTENDED = (asyncpg.LockNotAvailableError.sqlstate, asyncpg.DeadlockDetectedError.sqlstate)


class _Both:
    """A connection for statements of SQLAlchemy, and the driver's own for prepared ones."""

    __slots__ = ("_connection", "_dialect", "driver")

    def __init__(self, connection: AsyncConnection, driver: Any) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self.driver = driver

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        return await self._connection.execute(statement, parameters)

    async def rows(self, statement: Prepared, parameters: Mapping[str, Any]) -> Sequence[Row]:
        text, arguments = statement.on(self._dialect, parameters)
        rows: Sequence[Row] = await self.driver.fetch(text, *arguments)
        return rows

    async def rows_of_each(self, statement: Prepared, parameters: Sequence[Mapping[str, Any]]) -> Sequence[Row]:
        if len(parameters) == 1:
            return await self.rows(statement, parameters[0])
        if not parameters:
            return []
        prepared = [statement.on(self._dialect, each) for each in parameters]
        rows: Sequence[Row] = await self.driver.fetchmany(prepared[0][0], [arguments for _, arguments in prepared])
        return rows

    async def change(self, statement: Prepared, parameters: Mapping[str, Any]) -> int:
        text, arguments = statement.on(self._dialect, parameters)
        status: str = await self.driver.execute(text, *arguments)
        return int(status.rpartition(" ")[2])


class PostgresEngine:
    """An engine for the database at `server`; nothing is opened yet."""

    writers = _WRITERS

    def __init__(self, server: URL) -> None:
        self._engine = create_async_engine(
            server.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,
            pool_size=_WRITERS + _READERS,
            max_overflow=_READERS,
            pool_timeout=_SECONDS,
            connect_args={
                "timeout": _SECONDS,
                "command_timeout": _SECONDS,
                "server_settings": {
                    "application_name": "visabot",
                    "lock_timeout": str(int(_SECONDS * 1000)),
                    "idle_in_transaction_session_timeout": str(int(_IDLE_SECONDS * 1000)),
                    "tcp_keepalives_idle": "5",
                    "tcp_keepalives_interval": "2",
                    "tcp_keepalives_count": "3",
                },
            },
        )
        self._server = server
        self._readers = asyncio.Semaphore(_READERS)  # a herd of reads must not keep those who write from connections
        self._connections = self._engine.execution_options(isolation_level="AUTOCOMMIT")  # transactions are ours

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self._connected() as connection:
            transaction = connection.driver.transaction()
            await transaction.start()
            try:
                yield connection
            except BaseException:
                with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):  # what it was tells more
                    await transaction.rollback()
                raise
            await transaction.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        async with self._readers, self._connected() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        async with (
            self._connected() as connection,
            connection.driver.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["_Both"]:
        async with self._connections.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            try:
                yield _Both(connection, driver)
            except BaseException as error:
                # One that is broken, or was left in the middle of something, must not come back from the pool.
                unclear = not isinstance(error, Exception) or self.is_unavailable(error)
                broken = driver is None or driver.is_closed() or driver.is_in_transaction()
                if (unclear or broken) and not connection.closed:
                    await connection.invalidate()
                raise

    async def run(self, work: Callable[[sqlalchemy.Connection], T]) -> T:
        patient = create_async_engine(self._server.set(drivername="postgresql+asyncpg"), hide_parameters=True)
        try:
            async with patient.begin() as connection:  # an index on a large table may take its time
                return await connection.run_sync(work)
        finally:
            await patient.dispose()

    def is_unavailable(self, error: Exception) -> bool:
        if isinstance(error, NoConnectionError):
            return True
        if isinstance(error, DBAPIError):
            return not isinstance(error, IntegrityError | ProgrammingError | DataError)
        known = isinstance(error, OSError | TimeoutError | asyncpg.PostgresError | asyncpg.InterfaceError)
        return known and not isinstance(error, _FAULTS)

    def is_contended(self, error: Exception) -> bool:
        found = error.orig if isinstance(error, DBAPIError) else error
        return getattr(found, "sqlstate", None) in _CONTENDED

    async def forget_deleted(self) -> None:
        """Nothing to do: PostgreSQL reuses the place of deleted rows by itself, and they are sealed."""

    async def close(self) -> None:
        await self._engine.dispose()
