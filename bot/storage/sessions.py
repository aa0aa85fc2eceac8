"""Conversations, one a chat, and whether the person can be written to."""

import logging
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_new
from bot.storage.tables import sessions
from bot.storage.vault import Vault
from dialogs.session import Session, SessionError

__all__ = ["ChangedMeanwhileError", "Kept", "Sessions"]

_log = logging.getLogger(__name__)


class ChangedMeanwhileError(Exception):
    """Another process wrote the session between reading and writing; the turn must be taken again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored session; `data` is None for a chat that has none yet. `version` counts the writes.

    `touched_at` is when the person last did something.
    """

    data: str | None = None
    version: int = 0
    blocked: bool = False
    touched_at: float = 0.0

    @property
    def session(self) -> Session:
        """The session; one that cannot be read any more is started anew rather than locking the person out."""
        if self.data is None:
            return Session()
        try:
            return Session.from_json(self.data)
        except SessionError:
            _log.error("a stored session cannot be read; the conversation starts anew")
            return Session()


_GET = select(sessions.c.data, sessions.c.version, sessions.c.blocked_at, sessions.c.updated_at).where(
    sessions.c.bot_id == bindparam("bot"), sessions.c.chat_key == bindparam("chat")
)


class Sessions:
    """The sessions of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def get(self, connection: AsyncConnection, chat_key: str) -> Kept:
        """What is kept for a chat. Raises SealedError."""
        row = (await connection.execute(_GET, {"bot": self._bot_id, "chat": chat_key})).one_or_none()
        if row is None:
            return Kept()
        data = None if row.data is None else self._vault.open(row.data)
        return Kept(data, row.version, row.blocked_at is not None, row.updated_at)

    async def put(
        self,
        connection: AsyncConnection,
        chat_key: str,
        data: str,
        read: Kept,
        touched_at: float,
        expires_at: float | None = None,
        *,
        by_person: bool = True,
    ) -> None:
        """Write a session over the one that was `read`; raises ChangedMeanwhileError when that one is gone.

        Whoever writes to us has not blocked us; what time or staff do leaves that as it was. `touched_at` is when
        the person last did something, `expires_at` is when something in the session has been kept long enough.
        """
        values = {"data": self._vault.seal(data), "updated_at": touched_at, "expires_at": expires_at}
        if by_person:
            values["blocked_at"] = None
        if read.version == 0:
            await connection.execute(
                insert(sessions).values(bot_id=self._bot_id, chat_key=chat_key, version=1, **values)
            )
            return
        result = await connection.execute(
            update(sessions)
            .where(
                sessions.c.bot_id == self._bot_id,
                sessions.c.chat_key == chat_key,
                sessions.c.version == read.version,
            )
            .values(version=read.version + 1, **values)
        )
        if result.rowcount != 1:
            raise ChangedMeanwhileError(chat_key)

    async def expired(self, connection: AsyncConnection, now: float, limit: int) -> list[str]:
        """Chats in whose session something has been kept long enough, the longest first."""
        query = select(sessions.c.chat_key).where(sessions.c.bot_id == self._bot_id, sessions.c.expires_at <= now)
        return list((await connection.execute(query.order_by(sessions.c.expires_at).limit(limit))).scalars())

    async def next_end(self, connection: AsyncConnection) -> float | None:
        """When something in a session will next have been kept long enough; None when never."""
        query = select(sessions.c.expires_at).where(
            sessions.c.bot_id == self._bot_id, sessions.c.expires_at.is_not(None)
        )
        return (await connection.execute(query.order_by(sessions.c.expires_at).limit(1))).scalar_one_or_none()

    async def look_again(self, connection: AsyncConnection, chat_key: str, at: float | None) -> None:
        """Look at the session again at the moment `at`; None for never."""
        await connection.execute(
            update(sessions)
            .where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
            .values(expires_at=at)
        )

    async def forget(self, connection: AsyncConnection, chat_key: str) -> None:
        """Keep nothing of this chat."""
        await connection.execute(
            delete(sessions).where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
        )

    async def note_block(self, connection: AsyncConnection, chat_key: str, blocked: bool, now: float) -> None:
        """Remember that the person blocked the bot, or let it in again."""
        row = {"bot_id": self._bot_id, "chat_key": chat_key, "version": 1, "updated_at": now}
        await connection.execute(insert_new(sessions, [row]))
        await connection.execute(
            update(sessions)
            .where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
            .values(blocked_at=now if blocked else None)
        )
