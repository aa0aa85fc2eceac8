"""Conversations, one a chat, and whether the person can be written to."""

import logging
import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.prepared import Prepared
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


_MINE = (sessions.c.bot_id == bindparam("bot"), sessions.c.chat_key == bindparam("chat"))
_GET = Prepared(select(sessions.c.data, sessions.c.version, sessions.c.blocked_at, sessions.c.updated_at).where(*_MINE))
_FRESH: dict[str, Any] = {
    "data": bindparam("sealed"),
    "updated_at": bindparam("touched"),
    "expires_at": bindparam("end"),
}
_ADD = Prepared(
    insert_new(
        sessions,
        [{"bot_id": bindparam("bot"), "chat_key": bindparam("chat"), "version": 1, "blocked_at": None, **_FRESH}],
    )
)
_READ = (*_MINE, sessions.c.version == bindparam("read"))
_NEXT = {**_FRESH, "version": sessions.c.version + 1}
_PUT = Prepared(update(sessions).where(*_READ).values(_NEXT))
_PUT_BY_PERSON = Prepared(update(sessions).where(*_READ).values({**_NEXT, "blocked_at": None}))


class Sessions:
    """The sessions of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def get(self, connection: Connection, chat_key: str) -> Kept:
        """What is kept for a chat. Raises SealedError."""
        found = await connection.rows(_GET, {"bot": self._bot_id, "chat": chat_key})
        for data, version, blocked_at, updated_at in found:
            opened = None if data is None else self._vault.open(data)
            return Kept(opened, version, blocked_at is not None, updated_at)
        return Kept()

    async def put(
        self,
        connection: Connection,
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
        values = {
            "bot": self._bot_id,
            "chat": chat_key,
            "sealed": self._vault.seal(data),
            "touched": touched_at,
            "end": expires_at,
        }
        if read.version == 0:
            written = await connection.change(_ADD, values)
        else:
            written = await connection.change(_PUT_BY_PERSON if by_person else _PUT, {**values, "read": read.version})
        if written != 1:
            raise ChangedMeanwhileError(chat_key)

    async def expired(self, connection: Connection, now: float, limit: int) -> list[str]:
        """Chats in whose session something has been kept long enough, the longest first."""
        query = select(sessions.c.chat_key).where(sessions.c.bot_id == self._bot_id, sessions.c.expires_at <= now)
        return list((await connection.execute(query.order_by(sessions.c.expires_at).limit(limit))).scalars())

    async def next_end(self, connection: Connection) -> float | None:
        """When something in a session will next have been kept long enough; None when never."""
        query = select(sessions.c.expires_at).where(
            sessions.c.bot_id == self._bot_id, sessions.c.expires_at.is_not(None)
        )
        return (await connection.execute(query.order_by(sessions.c.expires_at).limit(1))).scalar_one_or_none()

    async def look_again(self, connection: Connection, chat_key: str, at: float | None) -> None:
        """Look at the session again at the moment `at`; None for never."""
        await connection.execute(
            update(sessions)
            .where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
            .values(expires_at=at)
        )

    async def forget(self, connection: Connection, chat_key: str) -> None:
        """Keep nothing of this chat."""
        await connection.execute(
            delete(sessions).where(sessions.c.bot_id == self._bot_id, sessions.c.chat_key == chat_key)
        )

    async def note_block(
        self, connection: Connection, chat_key: str, blocked: bool, now: float, unless_since: float = math.inf
    ) -> None:
        """Remember that the person blocked the bot, or let it in again, unless they wrote after `unless_since`."""
        row = {"bot_id": self._bot_id, "chat_key": chat_key, "version": 1, "updated_at": min(now, unless_since)}
        await connection.execute(insert_new(sessions, [row]))
        await connection.execute(
            update(sessions)
            .where(
                sessions.c.bot_id == self._bot_id,
                sessions.c.chat_key == chat_key,
                sessions.c.updated_at <= unless_since,
            )
            .values(blocked_at=now if blocked else None)
        )
