"""What the store needs of a database engine."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

import sqlalchemy

from bot.storage.connection import Connection

__all__ = ["Engine"]

T = TypeVar("T")


class Engine(Protocol):
    """SQLite or PostgreSQL."""

    @property
    def writers(self) -> int:
        """How many transactions may write at the same time."""

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that may write; it is committed at the end of the block, and undone when that raises."""

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """A connection that will not write: each of its statements sees what is committed by then."""

    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """A connection that will not write: all of its statements see what was committed at the first of them."""

    async def run(self, work: Callable[[sqlalchemy.Connection], T]) -> T:
        """What `work` gives on a synchronous connection in a transaction that may write: for migrations."""

    def is_unavailable(self, error: Exception) -> bool:
        """Whether the database could not do its work now, so that the same may be tried again."""

    def is_contended(self, error: Exception) -> bool:
        """Whether somebody else held a row for too long: other work may go on without it."""

    async def forget_deleted(self) -> None:
        """Overwrite what was deleted, as far as the engine can be told to."""

    async def close(self) -> None:
        """Let go of all connections."""
