"""Received updates: stored before Telegram is told that we have them, kept until they are dealt with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import insert_new
from bot.storage.tables import ERASED, NOTHING_KEPT, InboxState, inbox
from bot.storage.vault import Vault

__all__ = ["Inbox", "Received", "Stored", "inline_key"]


def inline_key(chat_key: str) -> str:
    """The order of what somebody types in other chats: it must not wait for the chat with the assistant."""
    return f"inline {chat_key}"


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram sent it, and the chat whose order it keeps."""

    update_id: int
    chat_key: str
    media_group: str | None
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """An update in the inbox. `note` tells why it was done without an answer, or what went wrong."""

    id: int
    chat_key: str
    media_group: str | None
    raw: Mapping[str, Any]
    state: InboxState
    tries: int
    note: str | None


_COLUMNS = (
    inbox.c.id,
    inbox.c.chat_key,
    inbox.c.media_group,
    inbox.c.raw,
    inbox.c.state,
    inbox.c.tries,
    inbox.c.note,
)
_GET = select(*_COLUMNS).where(inbox.c.id == bindparam("row"))


class Inbox:
    """The inbox of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def receive(
        self, connection: AsyncConnection, updates: Sequence[Received], now: float
    ) -> list[tuple[int, str]]:
        """Store updates; gives the row ids and chats of those that were not there yet, in order."""
        if not updates:
            return []
        rows = [
            {
                "bot_id": self._bot_id,
                "update_id": received.update_id,
                "chat_key": received.chat_key,
                "media_group": received.media_group,
                "raw": self._vault.seal_json(received.raw),
                "received_at": now,
                "state": InboxState.RECEIVED,
                "tries": 0,
            }
            for received in updates
        ]
        result = await connection.execute(insert_new(inbox, rows).returning(inbox.c.id, inbox.c.chat_key))
        return sorted((row.id, row.chat_key) for row in result)

    async def get(self, connection: AsyncConnection, row_id: int) -> Stored | None:
        """The row, or None when there is none. Raises SealedError."""
        row = (await connection.execute(_GET, {"row": row_id})).one_or_none()
        if row is None:
            return None
        raw = self._vault.open_json(row.raw)
        return Stored(row.id, row.chat_key, row.media_group, raw, InboxState(row.state), row.tries, row.note)

    async def unfinished(self, connection: AsyncConnection) -> list[tuple[int, str]]:
        """Ids and chats of all rows that wait for an answer, in the order they came."""
        query = (
            select(inbox.c.id, inbox.c.chat_key)
            .where(inbox.c.bot_id == self._bot_id, inbox.c.state == InboxState.RECEIVED)
            .order_by(inbox.c.id)
        )
        return [(row.id, row.chat_key) for row in await connection.execute(query)]

    async def waiting(self, connection: AsyncConnection, chat_key: str, after: int, limit: int) -> list[int]:
        """Ids of the next waiting rows of a chat behind row `after`."""
        query = (
            select(inbox.c.id)
            .where(
                inbox.c.bot_id == self._bot_id,
                inbox.c.chat_key == chat_key,
                inbox.c.state == InboxState.RECEIVED,
                inbox.c.id > after,
            )
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return list((await connection.execute(query)).scalars())

    async def finish(
        self,
        connection: AsyncConnection,
        row_id: int,
        note: str | None = None,
        state: InboxState = InboxState.DONE,
    ) -> bool:
        """Move a waiting row to its end; False when it was at its end already.

        What the person wrote is not kept once it was dealt with: only a quarantined update keeps its content, for
        those who must find out what went wrong.
        """
        content = {} if state is InboxState.QUARANTINED else {"raw": NOTHING_KEPT}
        result = await connection.execute(
            update(inbox)
            .where(inbox.c.id == row_id, inbox.c.state == InboxState.RECEIVED)
            .values(state=state, note=note, **content)
        )
        return result.rowcount == 1

    async def failed_once_more(self, connection: AsyncConnection, row_id: int, note: str) -> int:
        """Count a failed try; gives the number of tries so far."""
        result = await connection.execute(
            update(inbox)
            .where(inbox.c.id == row_id)
            .values(tries=inbox.c.tries + 1, note=note)
            .returning(inbox.c.tries)
        )
        return int(result.scalar_one())

    async def is_first_of_album(self, connection: AsyncConnection, row: Stored) -> bool:
        """Whether no earlier row of the chat belongs to the same media group."""
        query = select(inbox.c.id).where(
            inbox.c.bot_id == self._bot_id,
            inbox.c.media_group == row.media_group,
            inbox.c.chat_key == row.chat_key,
            inbox.c.id < row.id,
        )
        return (await connection.execute(query.limit(1))).first() is None

    async def erase(self, connection: AsyncConnection, chat_key: str) -> None:
        """Keep of the chat's ended updates no more than that they came; those that wait are still answered."""
        await connection.execute(
            update(inbox)
            .where(inbox.c.bot_id == self._bot_id, inbox.c.chat_key.in_((chat_key, inline_key(chat_key))))
            .where(inbox.c.state != InboxState.RECEIVED)
            .values(chat_key=ERASED, raw=NOTHING_KEPT, media_group=None, note=None)
        )
