"""Statements that run for every update: their text is made once for an engine, and runs on its driver directly.

Looking up a session on SQLite took 180 microseconds as a statement that is built each time, and 9 as a prepared one. So
what every turn runs is prepared; all else is not worth it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Dialect

__all__ = ["Prepared", "Row"]

Row = Sequence[Any]
"""A row of the answer: its columns in the order of the statement."""

_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Text:
    """A statement as the driver of an engine takes it: its text, and the parameters in their order."""

    sql: str
    names: tuple[tuple[str, _Convert], ...]
    fixed: Mapping[str, Any]

    def arguments(self, parameters: Mapping[str, Any]) -> list[Any]:
        given = [parameters[name] if name in parameters else self.fixed[name] for name, _ in self.names]
        return [
            value if convert is None else convert(value) for value, (_, convert) in zip(given, self.names, strict=True)
        ]


class Prepared:
    """A statement with `bindparam`s. It may give back numbers and texts only: they need no conversion."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def on(self, dialect: Dialect, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
        """The text and the arguments for the driver of `dialect`. Raises KeyError for a parameter that is missing."""
        known = self._texts.get(dialect.name)
        if known is None:
            known = self._texts[dialect.name] = _compile(self._statement, dialect)
        return known.sql, known.arguments(parameters)


def _compile(statement: ClauseElement, dialect: Dialect) -> _Text:
    compiled = statement.compile(dialect=dialect)
    names = []
    for name in compiled.positiontup or ():  # type: ignore[attr-defined]
        kind = compiled.binds[name].type.dialect_impl(dialect)  # type: ignore[attr-defined]
        names.append((name, kind.bind_processor(dialect)))
    binds = compiled.binds  # type: ignore[attr-defined]
    fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
    return _Text(str(compiled), tuple(names), fixed)
