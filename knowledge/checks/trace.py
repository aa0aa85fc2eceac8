"""A knowledge base that notes which facts are looked up, so that what rests on a fact can be told."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from knowledge.base import KnowledgeBase
from knowledge.ledger import fact_rows

__all__ = ["traced"]

V = TypeVar("V")


class _Noting(Mapping[str, V]):
    """Rows that put the name of each one looked up into `noted`. Going through all rows uses none in particular."""

    def __init__(self, rows: Mapping[str, V], family: str, noted: set[str]) -> None:
        self._rows, self._family, self._noted = rows, family, noted

    def __getitem__(self, key: str) -> V:
        row = self._rows[key]
        self._noted.add(f"{self._family}.{key}")
        return row

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def items(self) -> Any:
        return self._rows.items()

    def values(self) -> Any:
        return self._rows.values()


def traced(kb: KnowledgeBase) -> tuple[KnowledgeBase, set[str]]:
    """The same facts, and the set into which the ledger names of those looked up go; clear it between two looks."""
    noted: set[str] = set()
    families = {id(rows): family for family, rows in fact_rows(kb).items()}
    tables: dict[str, Any] = {}
    for table in fields(kb):
        rows = getattr(kb, table.name)
        if id(rows) in families:
            tables[table.name] = _Noting(rows, families[id(rows)], noted)
    return replace(kb, **tables), noted
