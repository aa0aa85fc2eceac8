"""What commands show of an invitation: facts about it, and the data of people only when asked for."""

from collections.abc import Mapping
from typing import Any

import click

from bot.storage.cases import Case, Cases
from bot.storage.connection import Connection
from dialogs.masking import MASK

__all__ = ["COLUMNS", "about", "history", "masked", "named"]

COLUMNS = ("reference", "status", "category", "guests", "first_day", "since")
"""The fields of `about`, in order."""

_OPEN_TO_STAFF = frozenset(
    {"version", "kind", "category", "entries", "first_day", "last_day", "citizenship", "passport_type", "country"}
)
"""Fields that name nobody."""


async def named(connection: Connection, cases: Cases, reference: str) -> Case:
    """The invitation. Raises UsageError when there is none."""
    case = await cases.get(connection, reference)
    if case is None:
        raise click.UsageError(f"{reference!r} is not an invitation; visabot invitations list names them")
    return case


def about(case: Case) -> dict[str, Any]:
    """The invitation without personal data."""
    request = case.request
    return {
        "reference": request.reference,
        "status": request.now.status.value,
        "category": request.category,
        "guests": request.guests,
        "first_day": request.first_day.isoformat(),
        "since": request.now.on.isoformat(),
    }


def history(case: Case) -> list[dict[str, str]]:
    """Its way so far, oldest first."""
    return [
        {"status": change.status.value, "on": change.on.isoformat(), "detail": change.detail}
        for change in case.request.history
    ]


def masked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The data with every value masked that could name somebody."""
    return {name: value if name in _OPEN_TO_STAFF else _masked(value) for name, value in payload.items()}


def _masked(value: object) -> object:
    if isinstance(value, Mapping):
        return masked(value)
    if isinstance(value, list):
        return [_masked(part) for part in value]
    return MASK
