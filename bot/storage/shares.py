"""Leases of slots: which process works on which part of the chats. For a shared database only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Double, cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.connection import Connection
from bot.storage.tables import replicas, shares

__all__ = ["LEASE_SECONDS", "Beat", "Leases"]

LEASE_SECONDS = 5.0
"""How long a process may be silent before others take its slots."""

_FORGET_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Beat:
    """What a process holds of one role after a beat, and what it should give back to the others."""

    held: frozenset[int]
    surplus: frozenset[int]
    renewed: frozenset[int]
    """Those that were ours without a break; another process may have had the rest in between."""


class Leases:
    """The leases of one process, `name`, for one bot. All by the clock of the database.

    Every method works on the connection it is given and commits nothing.
    """

    def __init__(self, bot_id: int, name: str) -> None:
        self._bot_id = bot_id
        self._name = name

    async def prepare(self, connection: Connection, roles: Mapping[str, int]) -> None:
        """Make the slots of the roles (their numbers), unless they are there."""
        rows = [
            {"bot_id": self._bot_id, "role": role, "slot": slot, "until": 0.0}
            for role, count in sorted(roles.items())
            for slot in range(count)
        ]
        await connection.execute(insert(shares).values(rows).on_conflict_do_nothing())

    async def beat(self, connection: Connection, roles: Mapping[str, int]) -> dict[str, Beat]:
        """Renew what is ours and take a fair part of what is free.

        Whoever was away for longer than a lease takes nothing at once: after an outage all were, and the first to come
        back would take the slots of all others.
        """
        query = select(replicas.c.until < _after(0)).where(
            replicas.c.bot_id == self._bot_id, replicas.c.name == self._name
        )
        was_away = any((await connection.execute(query)).scalars())
        live = [
            {"bot_id": self._bot_id, "role": role, "name": self._name, "until": _after(LEASE_SECONDS)}
            for role in sorted(roles)
        ]
        alive = insert(replicas).values(live)
        key = ("bot_id", "role", "name")
        await connection.execute(alive.on_conflict_do_update(index_elements=key, set_={"until": _after(LEASE_SECONDS)}))
        mine: dict[str, set[int]] = {role: set() for role in roles}
        ours = update(shares).where(shares.c.bot_id == self._bot_id, shares.c.owner == self._name)
        renewed = ours.values(until=_after(LEASE_SECONDS)).returning(shares.c.role, shares.c.slot)
        for row in await connection.execute(renewed):
            mine.setdefault(row.role, set()).add(row.slot)
        counts = await self._live(connection)
        liked: set[int] = set()
        beats = {}
        for role, count in sorted(roles.items(), reverse=True):  # workers first: senders like the same slots
            fair = ceil(count / max(1, counts.get(role, 1)))
            held = set(mine[role])
            if len(held) < fair and not was_away:
                held |= await self._take(connection, role, fair - len(held), liked)
            surplus = sorted(held, key=lambda slot: slot in liked)[: max(0, len(held) - fair)]
            liked |= held - set(surplus)
            beats[role] = Beat(frozenset(held), frozenset(surplus), frozenset(mine[role]))
        return beats

    async def give_back(self, connection: Connection, role: str, slots: Collection[int]) -> None:
        """Let others have these slots at once."""
        await connection.execute(
            update(shares)
            .where(
                shares.c.bot_id == self._bot_id,
                shares.c.owner == self._name,
                shares.c.role == role,
                shares.c.slot.in_(slots),
            )
            .values(owner=None)
        )

    async def leave(self, connection: Connection) -> None:
        """This process ends: the others share what it had."""
        await connection.execute(
            update(shares).where(shares.c.bot_id == self._bot_id, shares.c.owner == self._name).values(owner=None)
        )
        await connection.execute(
            delete(replicas).where(replicas.c.bot_id == self._bot_id, replicas.c.name == self._name)
        )

    async def _live(self, connection: Connection) -> dict[str, int]:
        await connection.execute(
            delete(replicas).where(replicas.c.bot_id == self._bot_id, replicas.c.until < _after(-_FORGET_SECONDS))
        )
        query = (
            select(replicas.c.role, func.count().label("live"))
            .where(replicas.c.bot_id == self._bot_id, replicas.c.until >= _after(0))
            .group_by(replicas.c.role)
        )
        return {row.role: row.live for row in await connection.execute(query)}

    async def _take(self, connection: Connection, role: str, count: int, liked: Collection[int]) -> set[int]:
        free = (
            select(shares.c.slot)
            .where(
                shares.c.bot_id == self._bot_id,
                shares.c.role == role,
                shares.c.owner.is_(None) | (shares.c.until < _after(0)),
            )
            .order_by(shares.c.slot.in_(liked).desc(), shares.c.slot)
            .limit(count)
            .with_for_update(skip_locked=True)
        )
        slots = set((await connection.execute(free)).scalars())
        if slots:
            taken = update(shares).where(
                shares.c.bot_id == self._bot_id, shares.c.role == role, shares.c.slot.in_(slots)
            )
            await connection.execute(taken.values(owner=self._name, until=_after(LEASE_SECONDS)))
        return slots


def _after(seconds: float) -> ColumnElement[Any]:
    """The moment so many seconds from now, by the clock of the database."""
    return cast(func.extract("epoch", func.clock_timestamp()), Double) + seconds
