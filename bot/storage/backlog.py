"""How much work is left in the tables, and since when."""

from dataclasses import dataclass

from sqlalchemy import func, select

from bot.storage.connection import Connection
from bot.storage.tables import inbox, outbox

__all__ = ["Backlog", "backlog"]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows of a table that stand in a state with work left; `oldest` is when the first of them came."""

    table: str
    state: str
    rows: int
    oldest: float


async def backlog(connection: Connection, bot_id: int) -> list[Backlog]:
    """What is left of one bot. Only rows with work left are looked at, however many there are beside them."""
    found: list[Backlog] = []
    for table, moment in ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at)):
        query = (
            select(table.c.state, func.count().label("rows"), func.min(moment).label("oldest"))
            .where(table.c.bot_id == bot_id, table.c.slot.is_not(None))
            .group_by(table.c.state)
        )
        found += [Backlog(table.name, row.state, row.rows, row.oldest) for row in await connection.execute(query)]
    return found
