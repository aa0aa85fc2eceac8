"""What a restore holds back: nobody knows whether it came to pass after the backup, so staff decide.

Held calls look like calls that may have arrived and are not made again, held updates like quarantined ones, held timers
like failed ones; their note tells them apart. Like all that has ended they are dropped after 30 days.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, update

from bot.priority import Priority
from bot.storage.calls import MOST_ATTEMPTS, answer_lane
from bot.storage.connection import Connection
from bot.storage.inbox import inline_key
from bot.storage.tables import (
    NOTHING_KEPT,
    HandoverState,
    InboxState,
    OutboxState,
    TimerState,
    handovers,
    inbox,
    outbox,
    slot_of,
    timers,
)

__all__ = ["Held", "HeldKind", "drop_held", "held_back", "hold_back", "let_go"]

_MARK = "held: "
_ANSWERS = answer_lane("", 0).split()[0]
_TOO_LATE = "too late: the database was restored meanwhile"
_DROPPED = "dropped by staff after a restore"
_TALK_SECONDS = 3600.0
"""How long talks with staff that stand in a backup go on: as long as after a word of staff."""


class HeldKind(StrEnum):
    """What is held: a call to Telegram, an update from there, or a timer."""

    CALL = "call"
    UPDATE = "update"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Held:
    """One of them: `about` is the method of a call or the reminder of a timer, `since` when it came or was due."""

    kind: HeldKind
    id: int
    chat_key: str
    about: str
    since: float


async def hold_back(connection: Connection, now: float) -> None:
    """Hold back everything that goes out, or is answered, by itself as soon as a bot starts.

    Answers to a tap, cards for an inline query and typing signs come too late and end here. Talks with staff go on and
    end in an hour, unless staff write.
    """
    late = or_(outbox.c.lane.startswith(_ANSWERS), outbox.c.priority == Priority.TYPING)
    open_calls = update(outbox).where(outbox.c.slot.is_not(None))
    ended = {"slot": None, "claimed_at": None}
    failed = {"state": OutboxState.FAILED, "payload": NOTHING_KEPT, "note": _TOO_LATE}
    await connection.execute(open_calls.where(late).values(failed | ended))
    held = {"state": OutboxState.UNCERTAIN, "tries": MOST_ATTEMPTS, "note": _marked(outbox.c.note)}
    await connection.execute(open_calls.values(held | ended))
    waiting = update(inbox).where(inbox.c.slot.is_not(None))
    inline = inbox.c.chat_key.like(f"{inline_key('')}%")
    done = {"state": InboxState.DONE, "raw": NOTHING_KEPT, "note": _TOO_LATE, "slot": None}
    await connection.execute(waiting.where(inline).values(done))
    quarantined = {"state": InboxState.QUARANTINED, "note": _marked(inbox.c.note), "slot": None}
    await connection.execute(waiting.values(quarantined))
    due = (timers.c.state == TimerState.WAITING) & (timers.c.due_at <= now)
    await connection.execute(update(timers).where(due).values(state=TimerState.FAILED, note=_marked(timers.c.note)))
    talks = handovers.c.state.in_((HandoverState.WAITING, HandoverState.TALKING))
    silent = talks & (handovers.c.until < now + _TALK_SECONDS)
    await connection.execute(update(handovers).where(silent).values(until=now + _TALK_SECONDS))


async def held_back(connection: Connection) -> list[Held]:
    """All that is held, calls first, each kind in its order."""
    calls = select(
        outbox.c.id, outbox.c.chat_id.label("chat"), outbox.c.method.label("about"), outbox.c.created_at.label("since")
    ).where(_held_calls())
    updates = select(
        inbox.c.id, inbox.c.chat_key.label("chat"), literal("").label("about"), inbox.c.received_at.label("since")
    ).where(_held_updates())
    rung = select(
        timers.c.id, timers.c.chat_key.label("chat"), timers.c.kind.label("about"), timers.c.due_at.label("since")
    ).where(_held_timers())
    queries: tuple[Select[Any], ...] = (calls, updates, rung)
    found = []
    for kind, query in zip(HeldKind, queries, strict=True):
        rows = await connection.execute(query.order_by("id"))
        found += [Held(kind, row.id, str(row.chat), row.about, row.since) for row in rows]
    return found


async def let_go(connection: Connection, held: Held, now: float) -> bool:
    """Let it happen now: a call is made as one that may have arrived already. False when it is not held any more."""
    match held.kind:
        case HeldKind.CALL:
            lane = (await connection.execute(select(outbox.c.lane).where(outbox.c.id == held.id))).scalar_one_or_none()
            result = await connection.execute(
                update(outbox)
                .where(outbox.c.id == held.id, _held_calls())
                .values(
                    slot=None if lane is None else slot_of(lane),
                    tries=MOST_ATTEMPTS - 1,
                    not_before=0.0,
                    created_at=now,
                    note=_unmarked(outbox.c.note),
                )
            )
        case HeldKind.UPDATE:
            result = await connection.execute(
                update(inbox)
                .where(inbox.c.id == held.id, _held_updates())
                .values(
                    state=InboxState.RECEIVED,
                    slot=slot_of(held.chat_key),
                    tries=0,
                    received_at=now,
                    note=_unmarked(inbox.c.note),
                )
            )
        case HeldKind.TIMER:
            result = await connection.execute(
                update(timers)
                .where(timers.c.id == held.id, _held_timers())
                .values(state=TimerState.WAITING, note=_unmarked(timers.c.note))
            )
    return result.rowcount == 1


async def drop_held(connection: Connection, held: Held) -> bool:
    """Let it never happen, and keep no words of it. False when it is not held any more."""
    match held.kind:
        case HeldKind.CALL:
            which, end = (
                _held_calls() & (outbox.c.id == held.id),
                {"state": OutboxState.FAILED, "payload": NOTHING_KEPT},
            )
            statement = update(outbox)
        case HeldKind.UPDATE:
            which, end = _held_updates() & (inbox.c.id == held.id), {"state": InboxState.DONE, "raw": NOTHING_KEPT}
            statement = update(inbox)
        case HeldKind.TIMER:
            which, end = _held_timers() & (timers.c.id == held.id), {"state": TimerState.DONE}
            statement = update(timers)
    result = await connection.execute(statement.where(which).values(**end, note=_DROPPED))
    return result.rowcount == 1


def _held_calls() -> ColumnElement[bool]:
    return (outbox.c.state == OutboxState.UNCERTAIN) & outbox.c.note.startswith(_MARK)


def _held_updates() -> ColumnElement[bool]:
    return (inbox.c.state == InboxState.QUARANTINED) & inbox.c.note.startswith(_MARK)


def _held_timers() -> ColumnElement[bool]:
    return (timers.c.state == TimerState.FAILED) & timers.c.note.startswith(_MARK)


def _marked(note: ColumnElement[str | None]) -> ColumnElement[str]:
    """What stood there stays behind the mark: a timer keeps in its note what it rests on."""
    return literal(_MARK) + func.coalesce(note, "")


def _unmarked(note: ColumnElement[str | None]) -> ColumnElement[str | None]:
    return func.nullif(func.substr(note, len(_MARK) + 1), "")
