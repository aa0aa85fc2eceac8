"""A short mark of every fact as it was loaded: it changes with the row, not with comments or the order of rows."""

import hashlib
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum

from knowledge.base import KnowledgeBase
from knowledge.ledger import fact_rows

__all__ = ["digests"]

_LENGTH = 12
"""Hexadecimal digits: plenty to tell two editions of a row apart."""


def digests(kb: KnowledgeBase) -> Mapping[str, str]:
    """The mark of each fact by its name in the ledger, in alphabetical order."""
    marks = {f"{family}.{id_}": _digest(row) for family, rows in fact_rows(kb).items() for id_, row in rows.items()}
    return dict(sorted(marks.items()))


def _digest(row: object) -> str:
    return hashlib.sha256(_canonical(row).encode()).hexdigest()[:_LENGTH]


def _canonical(value: object) -> str:
    """The same text for equal values in any process. A field that has its default is left out, so that a new optional
    field of a table changes no row that does not use it."""
    if isinstance(value, Enum):
        return repr(value.value)
    if isinstance(value, re.Pattern):  # its str is cut
        return repr(value.pattern)
    if is_dataclass(value) and not isinstance(value, type):
        parts = [
            f"{item.name}={_canonical(getattr(value, item.name))}"
            for item in fields(value)
            if getattr(value, item.name) != _default(item)
        ]
        return f"({', '.join(sorted(parts))})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(sorted(f'{_canonical(key)}: {_canonical(item)}' for key, item in value.items()))}}}"
    if isinstance(value, AbstractSet):
        return f"{{{', '.join(sorted(map(_canonical, value)))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_canonical, value))}]"
    return repr(str(value)) if value is not None else "None"


def _default(item: "Field[object]") -> object:
    return item.default_factory() if item.default_factory is not MISSING else item.default
