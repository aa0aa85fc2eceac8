"""Conversations that staff were asked to take over."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.storage.connection import Connection
from bot.storage.tables import HandoverState, handover_messages, handovers, outbox
from bot.storage.vault import Vault
from knowledge.language import Language

__all__ = ["Handover", "Handovers"]

_OPEN = (HandoverState.WAITING, HandoverState.TALKING)


@dataclass(frozen=True, slots=True)
class Handover:
    """One of them; its number is its id. `until` is when it ends unless staff write."""

    id: int
    chat_key: str
    state: HandoverState
    language: Language
    until: float

    @property
    def is_open(self) -> bool:
        """Whether the conversation is with staff, or waits for them."""
        return self.state in _OPEN


_COLUMNS = (handovers.c.id, handovers.c.chat_key, handovers.c.state, handovers.c.language, handovers.c.until)


class Handovers:
    """Those of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int, vault: Vault) -> None:
        self._bot_id = bot_id
        self._vault = vault

    async def open(
        self, connection: Connection, chat_key: str, question: str, language: Language, now: float, until: float
    ) -> int:
        """Begin one; gives its number."""
        result = await connection.execute(
            insert(handovers)
            .values(
                bot_id=self._bot_id,
                chat_key=chat_key,
                state=HandoverState.WAITING,
                opened_at=now,
                until=until,
                language=language,
                question=self._vault.seal(question),
            )
            .returning(handovers.c.id)
        )
        return int(result.scalar_one())

    async def of_chat(self, connection: Connection, chat_key: str) -> Handover | None:
        """The open one of a chat."""
        return await self._one(connection, handovers.c.chat_key == chat_key, handovers.c.state.in_(_OPEN))

    async def numbered(self, connection: Connection, number: int) -> Handover | None:
        """The one with this number, open or not."""
        return await self._one(connection, handovers.c.id == number)

    async def of_message(self, connection: Connection, chat_id: int, message_id: int) -> Handover | None:
        """The one that a message of ours in the staff chat belongs to."""
        belongs = (
            select(handover_messages.c.handover_id)
            .join(outbox, outbox.c.id == handover_messages.c.outbox_id)
            .where(outbox.c.bot_id == self._bot_id, outbox.c.chat_id == chat_id, outbox.c.message_id == message_id)
        )
        return await self._one(connection, handovers.c.id.in_(belongs))

    async def of_call(self, connection: Connection, outbox_id: int) -> Handover | None:
        """The one that a call belongs to."""
        belongs = select(handover_messages.c.handover_id).where(handover_messages.c.outbox_id == outbox_id)
        return await self._one(connection, handovers.c.id.in_(belongs))

    async def add_messages(self, connection: Connection, number: int, outbox_ids: list[int]) -> None:
        """Note which calls belong to it."""
        if outbox_ids:
            rows = [{"outbox_id": id_, "handover_id": number} for id_ in outbox_ids]
            await connection.execute(insert(handover_messages), rows)

    async def card(self, connection: Connection, number: int, chat_id: int) -> int | None:
        """The id of its first message in the staff chat; None until it was sent."""
        query = (
            select(outbox.c.message_id)
            .join(handover_messages, outbox.c.id == handover_messages.c.outbox_id)
            .where(handover_messages.c.handover_id == number, outbox.c.chat_id == chat_id)
            .order_by(outbox.c.id)
            .limit(1)
        )
        return (await connection.execute(query)).scalar_one_or_none()

    async def talk(self, connection: Connection, number: int, until: float) -> None:
        """A member of the staff writes: it goes on until `until`."""
        await connection.execute(
            update(handovers)
            .where(handovers.c.id == number, handovers.c.state.in_(_OPEN))
            .values(state=HandoverState.TALKING, until=until)
        )

    async def release(self, connection: Connection, number: int) -> bool:
        """End it; False when it was at its end. The question need not be kept."""
        result = await connection.execute(
            update(handovers)
            .where(handovers.c.id == number, handovers.c.state.in_(_OPEN))
            .values(state=HandoverState.RELEASED, question=self._vault.seal(""))
        )
        return result.rowcount == 1

    async def run_out(self, connection: Connection, now: float, limit: int) -> list[Handover]:
        """Open ones in which staff have not written for too long."""
        query = select(*_COLUMNS).where(self._open, handovers.c.until <= now).order_by(handovers.c.until).limit(limit)
        return [_handover(row) for row in await connection.execute(query)]

    async def next_end(self, connection: Connection) -> float | None:
        """When the next one runs out; None when none is open."""
        query = select(handovers.c.until).where(self._open).order_by(handovers.c.until).limit(1)
        return (await connection.execute(query)).scalar_one_or_none()

    async def erase(self, connection: Connection, chat_key: str) -> None:
        """Forget those of a chat."""
        await connection.execute(
            delete(handovers).where(handovers.c.bot_id == self._bot_id, handovers.c.chat_key == chat_key)
        )

    async def _one(self, connection: Connection, *wanted: ColumnElement[bool]) -> Handover | None:
        query = select(*_COLUMNS).where(handovers.c.bot_id == self._bot_id, *wanted).order_by(handovers.c.id.desc())
        row = (await connection.execute(query.limit(1))).one_or_none()
        return None if row is None else _handover(row)

    @property
    def _open(self) -> ColumnElement[bool]:
        return (handovers.c.bot_id == self._bot_id) & handovers.c.state.in_(_OPEN)


def _handover(row: Any) -> Handover:
    return Handover(row.id, row.chat_key, HandoverState(row.state), Language(row.language), row.until)
