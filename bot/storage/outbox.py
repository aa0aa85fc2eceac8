"""Calls to Telegram on their way out: stored with the turn that made them, followed until their end."""

import logging
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Integer, bindparam, case, delete, exists, func, insert, literal, select, update

from bot.priority import Priority
from bot.storage.calls import FLEETING, MOST_ATTEMPTS, MOST_EDITS, Call, Placed
from bot.storage.connection import Connection
from bot.storage.prepared import Prepared, Row
from bot.storage.tables import NOTHING_KEPT, OutboxState, outbox, slot_of
from bot.storage.vault import SealedError, Vault

__all__ = ["Outbox"]

_log = logging.getLogger(__name__)

_KEPT = case((outbox.c.method.in_(FLEETING), NOTHING_KEPT), else_=outbox.c.payload)
"""What stays of a call that may not have arrived: an answer tells what was asked, and is not made again."""

_OPEN = (OutboxState.QUEUED, OutboxState.UNCERTAIN)
_OPEN_WORDS = tuple(literal(state.value) for state in _OPEN)
_ADD = Prepared(
    insert(outbox)
    .values(
        bot_id=bindparam("bot"),
        chat_id=bindparam("chat"),
        lane=bindparam("lane"),
        method=bindparam("method"),
        payload=bindparam("payload"),
        state=OutboxState.QUEUED,
        tries=0,
        not_before=0.0,
        created_at=bindparam("now"),
        inbox_id=bindparam("inbox"),
        slot=bindparam("slot"),
        priority=bindparam("priority"),
    )
    .returning(outbox.c.id)
)
_WAITS = (outbox.c.id == bindparam("row"), outbox.c.slot.is_not(None), outbox.c.state.in_(_OPEN_WORDS))
_PLACED = (
    outbox.c.id,
    outbox.c.method,
    outbox.c.chat_id,
    outbox.c.lane,
    outbox.c.payload,
    outbox.c.priority,
    outbox.c.created_at,
    outbox.c.tries,
    outbox.c.not_before,
)
_GET = Prepared(select(*_PLACED).where(*_WAITS))
_WAITING = Prepared(
    select(*_PLACED)
    .where(
        outbox.c.bot_id == bindparam("bot"),
        outbox.c.slot == bindparam("slot"),
        outbox.c.lane == bindparam("lane"),
        outbox.c.state.in_(_OPEN_WORDS),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most", type_=Integer))
)
_EARLIER = outbox.alias("earlier")
_CLAIM = Prepared(
    update(outbox)
    .where(
        outbox.c.id == bindparam("row"),
        outbox.c.slot.is_not(None),
        # A claim whose commit nobody told us of is known again by its moment.
        outbox.c.state.in_(_OPEN_WORDS)
        | ((outbox.c.state == literal(OutboxState.SENDING.value)) & (outbox.c.claimed_at == bindparam("now"))),
        ~exists().where(
            _EARLIER.c.bot_id == outbox.c.bot_id,
            _EARLIER.c.slot == outbox.c.slot,
            _EARLIER.c.id < outbox.c.id,
            _EARLIER.c.lane == outbox.c.lane,
        ),
    )
    .values(state=OutboxState.SENDING, claimed_at=bindparam("now"))
)
_SENT = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=OutboxState.SENT,
        message_id=bindparam("message"),
        payload=NOTHING_KEPT,
        slot=None,
        note=func.coalesce(bindparam("why", type_=outbox.c.note.type), outbox.c.note),
    )
)
_NEWER = Prepared(
    select(outbox.c.id)
    .where(
        outbox.c.bot_id == bindparam("bot"),
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.message_id > bindparam("message"),
    )
    .limit(1)
)


class Outbox:
    """The outbox of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def add(
        self,
        connection: Connection,
        calls: Sequence[Call],
        inbox_id: int | None,
        now: float,
        priority: Priority = Priority.REPLY,
    ) -> list[Placed]:
        """Queue calls; gives their rows, in order."""
        rows = [
            {
                "bot": self._bot_id,
                "chat": call.chat_id,
                "lane": call.lane,
                "method": call.method,
                "payload": self._vault.seal_json(_stored(call)),
                "now": now,
                "inbox": inbox_id,
                "slot": slot_of(call.lane),
                "priority": priority,
            }
            for call in calls
        ]
        ids = await connection.rows_of_each(_ADD, rows)
        return [Placed(id_, call, priority, now) for (id_,), call in zip(ids, calls, strict=True)]

    async def recover(self, connection: Connection, slots: Collection[int]) -> None:
        """What was being sent in these slots, by a process that has them no more, becomes uncertain."""
        await self._recover(connection, outbox.c.slot.in_(slots))

    async def recover_rows(self, connection: Connection, ids: Collection[int]) -> None:
        """What was being sent of these rows becomes uncertain."""
        await self._recover(connection, outbox.c.id.in_(ids))

    async def stuck(self, connection: Connection, slots: Collection[int], before: float) -> list[int]:
        """Ids of calls in these slots that were claimed before that moment and are still being sent."""
        query = select(outbox.c.id).where(
            outbox.c.bot_id == self._bot_id,
            outbox.c.slot.in_(slots),
            outbox.c.state == OutboxState.SENDING,
            outbox.c.claimed_at < before,
        )
        return list((await connection.execute(query)).scalars())

    async def _recover(self, connection: Connection, which: ColumnElement[bool]) -> None:
        tries = case((outbox.c.method.in_(FLEETING), MOST_ATTEMPTS), else_=outbox.c.tries + 1)
        most = case((outbox.c.method.startswith("edit"), MOST_EDITS), else_=MOST_ATTEMPTS)
        await connection.execute(
            update(outbox)
            .where(outbox.c.bot_id == self._bot_id, outbox.c.state == OutboxState.SENDING, which)
            .values(
                state=OutboxState.UNCERTAIN,
                tries=tries,
                payload=_KEPT,
                slot=case((tries < most, outbox.c.slot), else_=None),
                note="the program stopped while this was being sent",
            )
        )

    async def waiting_lanes(self, connection: Connection, slots: Collection[int]) -> list[str]:
        """The lanes of these slots in which calls wait, the longest first."""
        query = (
            select(outbox.c.lane)
            .where(outbox.c.bot_id == self._bot_id, outbox.c.slot.in_(slots), outbox.c.state.in_(_OPEN))
            .group_by(outbox.c.lane)
            .order_by(func.min(outbox.c.id))
        )
        return list((await connection.execute(query)).scalars())

    async def waiting(self, connection: Connection, lane: str, limit: int) -> list[Placed]:
        """The first open calls of a lane."""
        where = {"bot": self._bot_id, "lane": lane, "slot": slot_of(lane), "most": limit}
        return [self._placed(row) for row in await connection.rows(_WAITING, where)]

    async def get(self, connection: Connection, row_id: int) -> Placed | None:
        """A call that waits; None when it does not any more."""
        for row in await connection.rows(_GET, {"row": row_id}):
            return self._placed(row)
        return None

    def _placed(self, row: Row) -> Placed:
        id_, method, chat_id, lane, payload, priority, created_at, tries, not_before = row
        try:
            call = self._call(method, chat_id, lane, payload)
        except SealedError:
            _log.error("call %d: cannot be opened with the keys there are; it will fail", id_)
            call = Call(method, chat_id, lane, {})
        return Placed(id_, call, Priority(priority), created_at, tries, not_before)

    async def claim(self, connection: Connection, placed: Placed, now: float) -> Placed | None:
        """Mark a call as being sent; None when it may not go any more, or not before an earlier one of its lane.

        Around a hand-over of slots two processes may put out calls for one chat: their order is kept here.
        """
        claimed = await connection.change(_CLAIM, {"row": placed.id, "now": now}) == 1
        return replace(placed, claimed_at=now) if claimed else None

    async def sent(self, connection: Connection, row_id: int, message_id: int | None, note: str | None = None) -> None:
        """The call arrived: its words need not be kept. What was noted of an earlier attempt stays."""
        await connection.change(_SENT, {"row": row_id, "message": message_id, "why": note})

    async def put_back(self, connection: Connection, placed: Placed, not_before: float, note: str) -> bool:
        """The call did not arrive: it waits, in the state it had, until `not_before`."""
        state = OutboxState.QUEUED if placed.tries == 0 else OutboxState.UNCERTAIN
        return await self._settle(connection, placed, state=state, not_before=not_before, note=note)

    async def uncertain(
        self, connection: Connection, placed: Placed, not_before: float, note: str, *, again: bool
    ) -> bool:
        """The call may have arrived; it is made `again`, or that is its end."""
        return await self._settle(
            connection,
            placed,
            state=OutboxState.UNCERTAIN,
            tries=placed.tries + 1,
            not_before=not_before,
            note=note,
            payload=_KEPT,
            slot=outbox.c.slot if again else None,
        )

    async def failed(self, connection: Connection, placed: Placed, note: str) -> bool:
        """The call cannot arrive."""
        return await self._settle(connection, placed, state=OutboxState.FAILED, note=note, payload=_KEPT, slot=None)

    async def replace(self, connection: Connection, placed: Placed, call: Call, note: str) -> bool:
        """Send something else in the place of this call, at once."""
        return await self._settle(
            connection,
            placed,
            method=call.method,
            chat_id=call.chat_id,
            lane=call.lane,
            payload=self._vault.seal_json(_stored(call)),
            state=OutboxState.QUEUED,
            tries=0,
            note=note,
            slot=slot_of(call.lane),
        )

    async def _settle(self, connection: Connection, placed: Placed, **values: Any) -> bool:
        """Write what became of an attempt; False when the call is not in our hands any more.

        After a long stop another process may have it on the wire, or have ended it: then that counts.
        """
        ours = (
            outbox.c.state.in_(_OPEN)
            if placed.claimed_at is None
            else (outbox.c.state == OutboxState.SENDING) & (outbox.c.claimed_at == placed.claimed_at)
        )
        result = await connection.execute(
            update(outbox).where(outbox.c.id == placed.id, outbox.c.slot.is_not(None), ours).values(**values)
        )
        return result.rowcount == 1

    async def migrate(self, connection: Connection, old: int, new: int) -> None:
        """A group became a supergroup with another id: everything open goes there."""
        await connection.execute(
            update(outbox)
            .where(
                outbox.c.bot_id == self._bot_id,
                outbox.c.slot == slot_of(str(old)),
                outbox.c.chat_id == old,
                outbox.c.lane == str(old),
            )
            .values(chat_id=new, lane=str(new), slot=slot_of(str(new)))
        )

    async def give_up_chat(self, connection: Connection, chat_id: int, note: str, before: float = math.inf) -> int:
        """Nothing that waits for this chat since `before` or earlier can arrive; gives how many calls that are."""
        result = await connection.execute(
            update(outbox)
            .where(
                outbox.c.bot_id == self._bot_id,
                outbox.c.slot == slot_of(str(chat_id)),
                outbox.c.chat_id == chat_id,
                outbox.c.created_at <= before,
                outbox.c.state.in_(_OPEN),
            )
            .values(state=OutboxState.FAILED, note=note, slot=None)
        )
        return result.rowcount

    async def sent_after(self, connection: Connection, chat_id: int, message_id: int) -> bool:
        """Whether a message that is newer than `message_id` arrived in this chat."""
        return bool(await connection.rows(_NEWER, {"bot": self._bot_id, "chat": chat_id, "message": message_id}))

    async def wrote_since(self, connection: Connection, chat_id: int, since: float) -> bool:
        """Whether something was put out to this chat at or after `since`."""
        query = select(outbox.c.id).where(
            outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id, outbox.c.created_at >= since
        )
        return (await connection.execute(query.limit(1))).first() is not None

    async def erase(self, connection: Connection, chat_id: int) -> None:
        """Forget the calls to this chat, sent or not."""
        await connection.execute(delete(outbox).where(outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id))

    def _call(self, method: str, chat_id: int, lane: str, payload: str) -> Call:
        stored = self._vault.open_json(payload)
        parts = stored.pop(_REST, ())
        return Call(method, chat_id, lane, stored, tuple(Call(name, chat_id, lane, part) for name, part in parts))


_REST = "rest"
"""Where the parts of a message that was too long stand in a stored call; no parameter of the Bot API has this name."""


def _stored(call: Call) -> Mapping[str, Any]:
    if not call.rest:
        return call.payload
    return {**call.payload, _REST: [[part.method, part.payload] for part in call.rest]}
