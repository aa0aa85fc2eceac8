"""Conversations, one a chat, and whether the person can be written to."""

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_new
from bot.storage.tables import sessions

__all__ = ["ChangedMeanwhileError", "Kept", "Sessions"]


class ChangedMeanwhileError(Exception):
    """Another process wrote the session between reading and writing; the turn must be taken again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored session; `data` is None for a chat that has none yet. `version` counts the writes."""

    data: str | None = None
    version: int = 0
    blocked: bool = False


_GET = select(sessions.c.data, sessions.c.version, sessions.c.blocked_at).where(
    sessions.c.bot_id == bindparam("bot"), sessions.c.chat_key == bindparam("chat")
)


class Sessions:
    """The sessions of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def get(self, connection: AsyncConnection, chat_key: str) -> Kept:
        """What is kept for a chat."""
        row = (await connection.execute(_GET, {"bot": self._bot_id, "chat": chat_key})).one_or_none()
        return Kept() if row is None else Kept(row.data, row.version, row.blocked_at is not None)

    async def put(self, connection: AsyncConnection, chat_key: str, data: str, read: Kept, now: float) -> None:
        """Write a session over the one that was `read`; raises ChangedMeanwhileError when that one is gone.

        Whoever writes to us has not blocked us.
        """
        if read.version == 0:
            result = await connection.execute(
                insert(sessions).values(bot_id=self._bot_id, chat_key=chat_key, data=data, version=1, updated_at=now)
            )
            return
        result = await connection.execute(
            update(sessions)
            .where(
                sessions.c.bot_id == self._bot_id,
                sessions.c.chat_key == chat_key,
                sessions.c.version == read.version,
            )
            .values(data=data, version=read.version + 1, blocked_at=None, updated_at=now)
        )
        if result.rowcount != 1:
            raise ChangedMeanwhileError(chat_key)

    async def note_block(self, connection: AsyncConnection, chat_key: str, blocked: bool, now: float) -> None:
        """Remember that the person blocked the bot, or let it in again."""
        row = {"bot_id": self._bot_id, "chat_key": chat_key, "version": 1, "updated_at": now}
        await connection.execute(insert_new(sessions, [row]))
        await connection.execute(
            update(sessions)
            .where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
            .values(blocked_at=now if blocked else None, updated_at=now)
        )
