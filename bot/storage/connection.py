"""What the repositories need of a database: a connection that takes statements."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar, overload

from sqlalchemy import CursorResult, Executable
from sqlalchemy.sql.selectable import TypedReturnsRows

from bot.storage.prepared import Prepared, Row

__all__ = ["Connection", "Parameters"]

_T = TypeVar("_T", bound=tuple[Any, ...])

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Connection(Protocol):
    """A connection inside a transaction, or one for reading; the same for every engine."""

    @overload
    async def execute(
        self, statement: TypedReturnsRows[_T], parameters: Parameters | None = None
    ) -> CursorResult[_T]: ...

    @overload
    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]: ...

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Run a statement; what it gives has been read by then, or is read without waiting."""

    async def rows(self, statement: Prepared, parameters: Mapping[str, Any]) -> Sequence[Row]:
        """What a prepared statement gives back."""

    async def rows_of_each(self, statement: Prepared, parameters: Sequence[Mapping[str, Any]]) -> Sequence[Row]:
        """What a prepared statement gives back for all of these parameters, in one go and in their order."""

    async def change(self, statement: Prepared, parameters: Mapping[str, Any]) -> int:
        """Run a prepared statement that gives nothing back; gives how many rows it has changed."""
