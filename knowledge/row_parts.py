"""Parts that rows of several tables have in common: figures, texts with figures, dates."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.facts import Validity, first_day

__all__ = ["coarse_start", "figures", "filled", "validity"]

Row = Mapping[str, Any]


def figures(row: Row) -> tuple[tuple[str, Decimal], ...]:
    """The named numbers of a row, in their order."""
    return tuple((name, Decimal(value)) for name, value in row.get("figures", {}).items())


def filled(row: Row, field: str) -> str:
    """The text under `field` with the figures of the row in their places."""
    text: str = row[field]
    return text.format_map(row.get("figures", {}))


def coarse_start(row: Row) -> str | None:
    """The start of a row as its source gives it, where that is only a month or a year."""
    start: str | None = row.get("valid_from")
    return start if start is not None and len(start) < len("YYYY-MM-DD") else None


def validity(row: Row) -> Validity:
    """The days on which a row holds; a month or a year starts on its first day."""
    start, end = row.get("valid_from"), row.get("valid_until")
    return Validity(
        first_day(start) if start is not None else None,
        date.fromisoformat(end) if end is not None else None,
    )
