"""Timers: when a conversation is to be woken, and why."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.tables import TimerState, timers

__all__ = ["Timer", "Timers"]


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that waits until `due_at`. `kind` and `key` are those of the reminder that set it."""

    id: int
    chat_key: str
    kind: str
    key: str
    due_at: float


class Timers:
    """The timers of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def set(
        self, connection: Connection, chat_key: str, kind: str, key: str, due_at: float, note: str | None = None
    ) -> None:
        """Set a timer in the place of the one with this kind and key."""
        values = {"due_at": due_at, "state": TimerState.WAITING, "note": note}
        name = {"bot_id": self._bot_id, "chat_key": chat_key, "kind": kind, "key": key}
        await connection.execute(insert_new(timers, [name | values]))
        same = (timers.c[column] == value for column, value in name.items())
        await connection.execute(update(timers).where(*same).values(values))

    async def drop(self, connection: Connection, chat_key: str, kind: str | None, key: str | None) -> None:
        """Remove the timers of a chat with this kind and key; None stands for all of them."""
        wanted = [timers.c.bot_id == self._bot_id, timers.c.chat_key == chat_key]
        if kind is not None:
            wanted.append(timers.c.kind == kind)
        if key is not None:
            wanted.append(timers.c.key == key)
        await connection.execute(delete(timers).where(*wanted))

    async def due(self, connection: Connection, now: float, limit: int) -> list[Timer]:
        """Timers that have run out, the longest first."""
        query = (
            select(timers.c.id, timers.c.chat_key, timers.c.kind, timers.c.key, timers.c.due_at)
            .where(self._waiting, timers.c.due_at <= now)
            .order_by(timers.c.due_at, timers.c.id)
            .limit(limit)
        )
        return [Timer(row.id, row.chat_key, row.kind, row.key, row.due_at) for row in await connection.execute(query)]

    async def next_due(self, connection: Connection) -> float | None:
        """When the next timer runs out; None when none waits."""
        query = select(timers.c.due_at).where(self._waiting).order_by(timers.c.due_at).limit(1)
        return (await connection.execute(query)).scalar_one_or_none()

    async def end(
        self, connection: Connection, timer: Timer, state: TimerState = TimerState.DONE, note: str | None = None
    ) -> bool:
        """Move a waiting timer to its end; False when it was there already, was set anew or is gone."""
        result = await connection.execute(
            update(timers)
            .where(timers.c.id == timer.id, timers.c.due_at == timer.due_at, self._waiting)
            .values(state=state, note=note)
        )
        return result.rowcount == 1

    async def bring_forward(self, connection: Connection, kind: str, note: str, now: float) -> int:
        """Make the waiting timers of `kind` with another note due now, with this note; gives how many those are."""
        result = await connection.execute(
            update(timers)
            .where(self._waiting, timers.c.kind == kind, timers.c.note.is_distinct_from(note))
            .values(due_at=now, note=note)
        )
        return result.rowcount

    @property
    def _waiting(self) -> ColumnElement[bool]:
        return (timers.c.bot_id == self._bot_id) & (timers.c.state == TimerState.WAITING)
