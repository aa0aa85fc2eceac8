"""How fast the processes of a bot have sent, as they all see it (`bot.telegram.pace`)."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.tables import pace
from bot.telegram.pace import Level

__all__ = ["PaceTable"]


class PaceTable:
    """The levels of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def load(self, connection: Connection, peers: Collection[int]) -> dict[int, Level]:
        """The levels of these peers, which nobody else changes until the end of the transaction."""
        unused = Level()
        rows = [
            {"bot_id": self._bot_id, "peer": peer, "free_at": unused.free_at, "stopped_until": unused.stopped_until}
            for peer in sorted(peers)
        ]
        await connection.execute(insert_new(pace, rows))
        query = (
            select(pace.c.peer, pace.c.free_at, pace.c.stopped_until)
            .where(pace.c.bot_id == self._bot_id, pace.c.peer.in_(peers))
            .order_by(pace.c.peer)  # in one order everywhere: two that wait for each other would never end
            .with_for_update()
        )
        return {row.peer: Level(row.free_at, row.stopped_until) for row in await connection.execute(query)}

    async def save(self, connection: Connection, levels: Mapping[int, Level]) -> None:
        """Write levels that were loaded in this transaction and have changed."""
        if not levels:
            return
        statement = insert(pace).values(
            [
                {"bot_id": self._bot_id, "peer": peer, "free_at": level.free_at, "stopped_until": level.stopped_until}
                for peer, level in sorted(levels.items())
            ]
        )
        new = statement.excluded
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=("bot_id", "peer"),
                set_={"free_at": new.free_at, "stopped_until": new.stopped_until},
            )
        )
