"""The door to the tables: one writer, readers beside it."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.files import make_private
from bot.storage.database import READ_ONLY, clean_log, open_engine
from bot.storage.keys import open_vault
from bot.storage.schema import upgrade
from bot.storage.sealing import samples, seal_plain
from bot.storage.vault import Vault
from bot.storage.writer import StoreUnavailableError, Writer

__all__ = ["Store"]

T = TypeVar("T")


class Store:
    """An open database. Use `Store.open`, and `close` at the end.

    `vault` seals what is personal; `key_file` is the file with its keys, None when they come from the setting.
    """

    def __init__(self, engine: AsyncEngine, vault: Vault, key_file: Path | None) -> None:
        self.vault = vault
        self.key_file = key_file
        self._engine = engine
        self._readers = engine.execution_options(**READ_ONLY)
        self._writer = Writer(engine)

    @classmethod
    async def open(cls, path: Path, data_keys: Sequence[str] = ()) -> "Store":
        """Open `path`, made when it does not exist, with the tables of this version.

        `data_keys` seal what is personal, newest first; without any they stand in a file beside the database. Raises
        StartError.
        """
        make_private(path, "DATABASE_URL")
        engine = open_engine(path)
        try:
            await upgrade(engine, str(path))
            async with engine.connect() as connection:
                found = await samples(connection)
                await connection.rollback()
            vault, key_file = open_vault(path, data_keys, found)
            async with engine.begin() as connection:
                sealed = await seal_plain(connection, vault)
            if sealed:
                await clean_log(engine)
        except BaseException:
            await engine.dispose()
            raise
        store = cls(engine, vault, key_file)
        store._writer.start()
        return store

    async def close(self) -> None:
        """Commit what was asked for and let go of the file."""
        try:
            await self._writer.close()
        finally:
            await self._engine.dispose()

    async def write(self, job: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What `job` gives, once it is committed; see `Writer.run`."""
        return await self._writer.run(job)

    async def read(self, query: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What `query` gives; each of its statements sees what is committed by then. Raises StoreUnavailableError."""
        try:
            async with self._readers.connect() as connection:
                return await query(connection)
        except DBAPIError as error:
            raise StoreUnavailableError(str(error.orig)) from error
