"""What staff have been told of the bot's troubles, so that no process tells it twice."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from bot.storage.connection import Connection
from bot.storage.tables import alerts

__all__ = ["AlertMemory"]


class AlertMemory:
    """That of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def load(self, connection: Connection) -> dict[str, str]:
        """What is kept, by the key of the alert."""
        query = select(alerts.c.key, alerts.c.memory).where(alerts.c.bot_id == self._bot_id)
        return {row.key: row.memory for row in await connection.execute(query)}

    async def save(self, connection: Connection, memory: Mapping[str, str]) -> None:
        """Put this in the place of what was kept."""
        await connection.execute(delete(alerts).where(alerts.c.bot_id == self._bot_id))
        if memory:
            rows = [{"bot_id": self._bot_id, "key": key, "memory": text} for key, text in sorted(memory.items())]
            await connection.execute(insert(alerts).values(rows))
