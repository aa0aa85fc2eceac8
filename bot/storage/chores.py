"""Work that is due once in a while, whichever process does it."""

from sqlalchemy import update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.tables import chores

__all__ = ["Chores"]

_LEASE_SECONDS = 3600.0
"""How long a chore belongs to who took it: after a kill it is taken up again then."""


class Chores:
    """The chores of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def take(self, connection: Connection, name: str, now: float) -> bool:
        """Whether the chore is due and now ours to do; `finish` it when it is done."""
        await connection.execute(insert_new(chores, [{"bot_id": self._bot_id, "name": name, "not_before": now}]))
        result = await connection.execute(
            update(chores)
            .where(chores.c.bot_id == self._bot_id, chores.c.name == name, chores.c.not_before <= now)
            .values(not_before=now + _LEASE_SECONDS)
        )
        return result.rowcount == 1

    async def finish(self, connection: Connection, name: str, again: float) -> None:
        """The chore is done; it is due again at the moment `again`."""
        await connection.execute(
            update(chores).where(chores.c.bot_id == self._bot_id, chores.c.name == name).values(not_before=again)
        )
