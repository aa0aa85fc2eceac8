"""The door to the tables: writing in transactions that are shared, reading beside them."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.files import make_private
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.database import open_engine
from bot.storage.engine import Engine
from bot.storage.keys import open_vault
from bot.storage.marks import refuse_moved
from bot.storage.schema import upgrade
from bot.storage.sealing import samples, seal_once
from bot.storage.vault import Vault
from bot.storage.writer import Commit, Writer, unavailable

__all__ = ["Store"]

T = TypeVar("T")


class Store:
    """An open database. Use `Store.open`, and `close` at the end.

    `vault` seals what is personal; `key_file` is the file with its keys, None when they come from the setting.
    `watch` is told of each transaction that writes; set it before work begins.
    """

    def __init__(self, address: Address, engine: Engine, vault: Vault, key_file: Path | None) -> None:
        self.address = address
        self.engine = engine
        self.vault = vault
        self.key_file = key_file
        self.watch: Callable[[Commit], None] = _unwatched
        self._writer = Writer(engine, lambda commit: self.watch(commit))

    @classmethod
    async def open(cls, address: Address, data_keys: Sequence[str] = ()) -> "Store":
        """Open the database, made when it does not exist, with the tables of this version.

        `data_keys` seal what is personal, newest first; without any they stand in a file beside an embedded database.
        Raises StartError.
        """
        if address.file is not None:
            make_private(address.file, "DATABASE_URL")
        engine = open_engine(address)
        try:
            await upgrade(engine, str(address))
            async with engine.reading() as connection:
                await refuse_moved(connection, address)
                found = await samples(connection)
            vault, key_file = open_vault(address, data_keys, found)
            async with engine.transaction() as connection:
                sealed = await seal_once(connection, vault)
            if sealed:
                await engine.forget_deleted()
        except BaseException:
            await engine.close()
            raise
        store = cls(address, engine, vault, key_file)
        store._writer.start()
        return store

    async def close(self) -> None:
        """Commit what was asked for and let go of the database."""
        try:
            await self._writer.close()
        finally:
            await self.engine.close()

    async def write(self, job: Callable[[Connection], Awaitable[T]]) -> T:
        """What `job` gives, once it is committed; see `Writer.run`. The job may be run more than once."""
        return await self._writer.run(job)

    async def aside(self, job: Callable[[Connection], Awaitable[T]]) -> T:
        """As `write`, but on a shared database in a transaction of its own: others wait for what it locks."""
        if not self.address.is_shared:
            return await self.write(job)
        try:
            async with self.engine.transaction() as connection:
                return await job(connection)
        except Exception as error:
            self._tell(error)
            raise

    async def read(self, query: Callable[[Connection], Awaitable[T]]) -> T:
        """What `query` gives; each of its statements sees what is committed by then. Raises StoreUnavailableError."""
        try:
            async with self.engine.reading() as connection:
                return await query(connection)
        except Exception as error:
            self._tell(error)
            raise

    def _tell(self, error: Exception) -> None:
        """Raise what callers are told when the database cannot be used now."""
        if self.engine.is_unavailable(error):
            raise unavailable(error) from error


def _unwatched(_commit: Commit) -> None:
    """Nobody measures."""
