"""Received updates: stored before Telegram is told that we have them, kept until they are dealt with."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, func, select, update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.prepared import Prepared, Row
from bot.storage.tables import ERASED, NOTHING_KEPT, InboxState, inbox, slot_of
from bot.storage.vault import SealedError, Vault

__all__ = ["Inbox", "Received", "Stored", "inline_key"]


_log = logging.getLogger(__name__)


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
    received_at: float

    @property
    def lane(self) -> str:
        """The chat whose order it keeps."""
        return self.chat_key


_RECEIVE = Prepared(
    insert_new(
        inbox,
        [
            {
                "bot_id": bindparam("bot"),
                "update_id": bindparam("update"),
                "chat_key": bindparam("chat"),
                "media_group": bindparam("group"),
                "raw": bindparam("raw"),
                "received_at": bindparam("now"),
                "state": InboxState.RECEIVED,
                "tries": 0,
                "slot": bindparam("slot"),
            }
        ],
    ).returning(inbox.c.id, inbox.c.update_id)
)
_FINISH = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == InboxState.RECEIVED)
    .values(state=bindparam("end"), note=bindparam("why"), raw=NOTHING_KEPT, slot=None)
)
_QUARANTINE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.state == InboxState.RECEIVED)
    .values(state=InboxState.QUARANTINED, note=bindparam("why"), slot=None)
)
_COLUMNS = (
    inbox.c.id,
    inbox.c.chat_key,
    inbox.c.media_group,
    inbox.c.raw,
    inbox.c.state,
    inbox.c.tries,
    inbox.c.note,
    inbox.c.received_at,
)
_GET = Prepared(select(*_COLUMNS).where(inbox.c.id == bindparam("row")))


_WAITING = Prepared(
    select(*_COLUMNS)
    .where(inbox.c.bot_id == bindparam("bot"), inbox.c.slot == bindparam("slot"), inbox.c.chat_key == bindparam("chat"))
    .order_by(inbox.c.id)
    .limit(bindparam("most", type_=Integer))
)


class Inbox:
    """The inbox of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def receive(
        self, connection: Connection, updates: Sequence[Received], now: float
    ) -> list[tuple[Received, Stored]]:
        """Store updates; gives those that were not there yet with their rows, in the order they were given."""
        once: dict[int, Received] = {}
        for received in updates:
            once.setdefault(received.update_id, received)
        rows = [
            {
                "bot": self._bot_id,
                "update": received.update_id,
                "chat": received.chat_key,
                "group": received.media_group,
                "raw": self._vault.seal_json(received.raw),
                "now": now,
                "slot": slot_of(received.chat_key),
            }
            for received in once.values()
        ]
        found = sorted(tuple(row) for row in await connection.rows_of_each(_RECEIVE, rows))
        return [(once[update_id], _new(id_, once[update_id], now)) for id_, update_id in found]

    async def get(self, connection: Connection, row_id: int) -> Stored | None:
        """The row, or None when there is none; one that cannot be opened holds nothing."""
        for row in await connection.rows(_GET, {"row": row_id}):
            return self._stored(row)
        return None

    def _stored(self, row: Row) -> Stored:
        id_, chat_key, group, raw, state, tries, note, at = row
        try:
            told = self._vault.open_json(raw)
        except SealedError:
            _log.error("update row %d: cannot be opened with the keys there are", id_)
            told = {}
        return Stored(id_, chat_key, group, told, InboxState(state), tries, note, at)

    async def waiting_chats(self, connection: Connection, slots: Collection[int]) -> list[str]:
        """The chats of these slots that have rows which wait, the longest first."""
        query = (
            select(inbox.c.chat_key)
            .where(inbox.c.bot_id == self._bot_id, inbox.c.slot.in_(slots))
            .group_by(inbox.c.chat_key)
            .order_by(func.min(inbox.c.id))
        )
        return list((await connection.execute(query)).scalars())

    async def waiting(self, connection: Connection, chat_key: str, limit: int) -> list[Stored]:
        """The first waiting rows of a chat; one that cannot be opened holds nothing."""
        chat = {"bot": self._bot_id, "chat": chat_key, "slot": slot_of(chat_key), "most": limit}
        return [self._stored(row) for row in await connection.rows(_WAITING, chat)]

    async def finish(
        self,
        connection: Connection,
        row_id: int,
        note: str | None = None,
        state: InboxState = InboxState.DONE,
    ) -> bool:
        """Move a waiting row to its end; False when it was at its end already.

        What the person wrote is not kept once it was dealt with: only a quarantined update keeps its content, for
        those who must find out what went wrong.
        """
        if state is InboxState.QUARANTINED:
            return await connection.change(_QUARANTINE, {"row": row_id, "why": note}) == 1
        return await connection.change(_FINISH, {"row": row_id, "why": note, "end": state}) == 1

    async def failed_once_more(self, connection: Connection, row_id: int, note: str) -> int:
        """Count a failed try; gives the number of tries so far."""
        result = await connection.execute(
            update(inbox)
            .where(inbox.c.id == row_id)
            .values(tries=inbox.c.tries + 1, note=note)
            .returning(inbox.c.tries)
        )
        return int(result.scalar_one())

    async def is_first_of_album(self, connection: Connection, row: Stored) -> bool:
        """Whether no earlier row of the chat belongs to the same media group."""
        query = select(inbox.c.id).where(
            inbox.c.bot_id == self._bot_id,
            inbox.c.media_group == row.media_group,
            inbox.c.chat_key == row.chat_key,
            inbox.c.id < row.id,
        )
        return (await connection.execute(query.limit(1))).first() is None

    async def erase(self, connection: Connection, chat_key: str) -> None:
        """Keep of the chat's ended updates no more than that they came; those that wait are still answered."""
        await connection.execute(
            update(inbox)
            .where(inbox.c.bot_id == self._bot_id, inbox.c.chat_key.in_((chat_key, inline_key(chat_key))))
            .where(inbox.c.state != InboxState.RECEIVED)
            .values(chat_key=ERASED, raw=NOTHING_KEPT, media_group=None, note=None)
        )


def _new(row_id: int, received: Received, now: float) -> Stored:
    return Stored(row_id, received.chat_key, received.media_group, received.raw, InboxState.RECEIVED, 0, None, now)
