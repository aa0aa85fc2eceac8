"""What staff must hear about the bot itself: found in a snapshot of its work and of what it knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from knowledge.checks.stale import Due, Reason

__all__ = ["Alert", "AlertKind", "Limits", "Snapshot", "alerts_in"]

_LONGEST_ERROR = 200


class AlertKind(StrEnum):
    """What is wrong. The first four last until they end; the next two happen, and are counted."""

    UPDATES_WAIT = "updates_wait"
    CALLS_WAIT = "calls_wait"
    WEBHOOK = "webhook"
    OVERDUE = "overdue"
    QUARANTINED = "quarantined"
    UNDELIVERED = "undelivered"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on something is worth an alert, in seconds."""

    update_age: float = 120.0
    call_age: float = 300.0
    webhook_error_age: float = 300.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the bot at one look.

    Ages in seconds, None where nothing waits or went wrong; `quarantined` updates and `undelivered` calls since the
    look before; `pending` updates wait at Telegram. `due` is what `knowledge.checks.stale` finds for `today`.
    """

    today: date
    oldest_update: float | None = None
    oldest_call: float | None = None
    quarantined: int = 0
    undelivered: int = 0
    webhook_error_age: float | None = None
    webhook_error: str = ""
    pending: int = 0
    due: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that is wrong. `n` counts minutes, updates, calls or things; `about` is an owner or Telegram's error;
    `day` (ISO 8601) is the one by which something was to be looked at."""

    kind: AlertKind
    n: int
    about: str = ""
    day: str = ""

    @property
    def key(self) -> str:
        """Equal for the same trouble at two looks."""
        named = self.about if self.kind in (AlertKind.OVERDUE, AlertKind.DUE) else ""
        return ":".join(part for part in (self.kind.value, named, self.day) if part)


def alerts_in(look: Snapshot, limits: Limits = Limits()) -> tuple[Alert, ...]:
    """What is wrong in a snapshot."""
    return (*_of_work(look, limits), *_of_knowledge(look))


def _of_work(look: Snapshot, limits: Limits) -> Iterator[Alert]:
    if look.oldest_update is not None and look.oldest_update >= limits.update_age:
        yield Alert(AlertKind.UPDATES_WAIT, int(look.oldest_update // 60))
    if look.oldest_call is not None and look.oldest_call >= limits.call_age:
        yield Alert(AlertKind.CALLS_WAIT, int(look.oldest_call // 60))
    if look.webhook_error_age is not None and look.webhook_error_age < limits.webhook_error_age:
        yield Alert(AlertKind.WEBHOOK, look.pending, look.webhook_error[:_LONGEST_ERROR])
    if look.quarantined:
        yield Alert(AlertKind.QUARANTINED, look.quarantined)
    if look.undelivered:
        yield Alert(AlertKind.UNDELIVERED, look.undelivered)


def _of_knowledge(look: Snapshot) -> Iterator[Alert]:
    """What is late or comes up, by owner.

    Each day on which an answer or a fact went out of date is told at once; statements that grew old are many and hurry
    less, so they are one alert with the first of their days.
    """
    late = sorted({(due.owner, due.day, due.thing) for due in look.due if _is_late(due, look) and not _is_old(due)})
    for (owner, day), things in groupby(late, key=lambda part: part[:2]):
        yield Alert(AlertKind.OVERDUE, len(list(things)), owner, day.isoformat())
    old = sorted({(due.owner, due.day, due.thing) for due in look.due if _is_late(due, look) and _is_old(due)})
    for owner, statements in groupby(old, key=lambda part: part[0]):
        days = [day for _, day, _ in statements]
        yield Alert(AlertKind.OVERDUE, len(days), owner, min(days).isoformat())
    soon = sorted({(due.owner, due.thing) for due in look.due if not _is_late(due, look)})
    for owner, names in groupby(soon, key=lambda part: part[0]):
        yield Alert(AlertKind.DUE, len(list(names)), owner)


def _is_late(due: Due, look: Snapshot) -> bool:
    return due.day < look.today


def _is_old(due: Due) -> bool:
    return due.reason is Reason.RECHECK
