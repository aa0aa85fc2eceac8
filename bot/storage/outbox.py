"""Calls to Telegram on their way out: stored with the turn that made them, followed until their end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import NOTHING_KEPT, OutboxState, outbox
from bot.storage.vault import Vault

__all__ = ["Call", "Outbox", "Outgoing"]

_ANSWERS = ("answerCallbackQuery", "answerInlineQuery")
"""What somebody waits for now: made at most once, as it would come too late anyway."""

MOST_ATTEMPTS = 2
"""A call that may have arrived is made once more, never oftener."""


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API method for a chat. The chat id is added when it is sent. `lane`: calls of one lane keep their order."""

    method: str
    chat_id: int
    lane: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call in the outbox. `tries` counts the attempts that may have reached Telegram."""

    id: int
    call: Call
    tries: int
    not_before: float
    created_at: float


_KEPT = case((outbox.c.method.in_(_ANSWERS), NOTHING_KEPT), else_=outbox.c.payload)
"""What stays of a call that may not have arrived: an answer tells what was asked, and is not made again."""

_OPEN = (OutboxState.QUEUED, OutboxState.UNCERTAIN)
_MAY_GO = (outbox.c.state == OutboxState.QUEUED) | (
    (outbox.c.state == OutboxState.UNCERTAIN) & (outbox.c.tries < MOST_ATTEMPTS)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), _MAY_GO)
    .values(state=OutboxState.SENDING)
    .returning(
        outbox.c.id,
        outbox.c.method,
        outbox.c.chat_id,
        outbox.c.lane,
        outbox.c.payload,
        outbox.c.tries,
        outbox.c.not_before,
        outbox.c.created_at,
    )
)


class Outbox:
    """The outbox of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def add(
        self, connection: AsyncConnection, calls: Sequence[Call], inbox_id: int | None, now: float
    ) -> list[tuple[int, str]]:
        """Queue calls; gives their row ids and lanes, in order."""
        if not calls:
            return []
        rows = [
            {
                "bot_id": self._bot_id,
                "chat_id": call.chat_id,
                "lane": call.lane,
                "method": call.method,
                "payload": self._vault.seal_json(call.payload),
                "state": OutboxState.QUEUED,
                "tries": 0,
                "not_before": 0.0,
                "created_at": now,
                "inbox_id": inbox_id,
            }
            for call in calls
        ]
        result = await connection.execute(
            insert(outbox).returning(outbox.c.id, outbox.c.lane, sort_by_parameter_order=True), rows
        )
        return [(row.id, row.lane) for row in result]

    async def recover(self, connection: AsyncConnection) -> list[tuple[int, str]]:
        """After a start: what was being sent becomes uncertain; gives ids and lanes of all that may still go."""
        await connection.execute(
            update(outbox)
            .where(outbox.c.bot_id == self._bot_id, outbox.c.state == OutboxState.SENDING)
            .values(
                state=OutboxState.UNCERTAIN,
                tries=case((outbox.c.method.in_(_ANSWERS), MOST_ATTEMPTS), else_=outbox.c.tries + 1),
                payload=_KEPT,
                note="the program stopped while this was being sent",
            )
        )
        query = select(outbox.c.id, outbox.c.lane).where(outbox.c.bot_id == self._bot_id, _MAY_GO)
        return [(row.id, row.lane) for row in await connection.execute(query.order_by(outbox.c.id))]

    async def waiting(self, connection: AsyncConnection, lane: str, after: int, limit: int) -> list[int]:
        """Ids of the next open calls of a lane behind row `after`."""
        query = (
            select(outbox.c.id)
            .where(outbox.c.bot_id == self._bot_id, outbox.c.lane == lane, _MAY_GO, outbox.c.id > after)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return list((await connection.execute(query)).scalars())

    async def from_elsewhere(self, connection: AsyncConnection, limit: int) -> list[tuple[int, str]]:
        """Ids and lanes of calls that wait and answer no update: another program may have put them out."""
        query = select(outbox.c.id, outbox.c.lane).where(
            outbox.c.bot_id == self._bot_id, outbox.c.state == OutboxState.QUEUED, outbox.c.inbox_id.is_(None)
        )
        return [(row.id, row.lane) for row in await connection.execute(query.order_by(outbox.c.id).limit(limit))]

    async def claim(self, connection: AsyncConnection, row_id: int) -> Outgoing | None:
        """Mark a call as being sent; None when it may not go (any more)."""
        row = (await connection.execute(_CLAIM, {"row": row_id})).one_or_none()
        if row is None:
            return None
        call = Call(row.method, row.chat_id, row.lane, self._vault.open_json(row.payload))
        return Outgoing(row.id, call, row.tries, row.not_before, row.created_at)

    async def sent(
        self, connection: AsyncConnection, row_id: int, message_id: int | None, note: str | None = None
    ) -> None:
        """The call arrived: its words need not be kept. What was noted of an earlier attempt stays."""
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(
                state=OutboxState.SENT,
                message_id=message_id,
                payload=NOTHING_KEPT,
                note=func.coalesce(note, outbox.c.note),
            )
        )

    async def put_back(self, connection: AsyncConnection, outgoing: Outgoing, not_before: float, note: str) -> None:
        """The call did not arrive: it waits, in the state it had, until `not_before`."""
        state = OutboxState.QUEUED if outgoing.tries == 0 else OutboxState.UNCERTAIN
        await connection.execute(
            update(outbox).where(outbox.c.id == outgoing.id).values(state=state, not_before=not_before, note=note)
        )

    async def uncertain(self, connection: AsyncConnection, outgoing: Outgoing, not_before: float, note: str) -> bool:
        """The call may have arrived; True when it may be made once more."""
        tries = MOST_ATTEMPTS if outgoing.call.method in _ANSWERS else outgoing.tries + 1
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == outgoing.id)
            .values(state=OutboxState.UNCERTAIN, tries=tries, not_before=not_before, note=note, payload=_KEPT)
        )
        return tries < MOST_ATTEMPTS

    async def failed(self, connection: AsyncConnection, row_id: int, note: str) -> None:
        """The call cannot arrive."""
        await connection.execute(
            update(outbox).where(outbox.c.id == row_id).values(state=OutboxState.FAILED, note=note, payload=_KEPT)
        )

    async def replace(self, connection: AsyncConnection, row_id: int, call: Call, note: str) -> None:
        """Send something else in the place of this call, at once."""
        await connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(
                method=call.method,
                payload=self._vault.seal_json(call.payload),
                state=OutboxState.QUEUED,
                note=note,
            )
        )

    async def migrate(self, connection: AsyncConnection, old: int, new: int) -> None:
        """A group became a supergroup with another id: everything open goes there."""
        await connection.execute(
            update(outbox)
            .where(
                outbox.c.bot_id == self._bot_id,
                outbox.c.chat_id == old,
                outbox.c.state.in_((*_OPEN, OutboxState.SENDING)),
            )
            .values(chat_id=new)
        )

    async def sent_after(self, connection: AsyncConnection, chat_id: int, message_id: int) -> bool:
        """Whether a message that is newer than `message_id` arrived in this chat."""
        query = select(outbox.c.id).where(
            outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id, outbox.c.message_id > message_id
        )
        return (await connection.execute(query.limit(1))).first() is not None

    async def wrote_since(self, connection: AsyncConnection, chat_id: int, since: float) -> bool:
        """Whether something was put out to this chat at or after `since`."""
        query = select(outbox.c.id).where(
            outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id, outbox.c.created_at >= since
        )
        return (await connection.execute(query.limit(1))).first() is not None

    async def erase(self, connection: AsyncConnection, chat_id: int) -> None:
        """Forget the calls to this chat, sent or not."""
        await connection.execute(delete(outbox).where(outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id))
