"""What staff shall hear of soon: noted where it happens, counted and dropped by who tells them."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import delete, insert

from bot.storage.connection import Connection
from bot.storage.tables import incidents

__all__ = ["IncidentKind", "Incidents"]


class IncidentKind(StrEnum):
    """An update that was put aside, or a call that cannot arrive."""

    QUARANTINED = "quarantined"
    UNDELIVERED = "undelivered"


class Incidents:
    """Those of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def note(self, connection: Connection, kind: IncidentKind) -> None:
        """One more."""
        await connection.execute(insert(incidents).values(bot_id=self._bot_id, kind=kind))

    async def take(self, connection: Connection) -> Mapping[str, int]:
        """How many there were of each kind since the last time."""
        query = delete(incidents).where(incidents.c.bot_id == self._bot_id).returning(incidents.c.kind)
        return Counter((await connection.execute(query)).scalars())
