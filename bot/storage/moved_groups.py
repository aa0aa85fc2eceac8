"""Groups that became supergroups and got another id by that."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.connection import Connection
from bot.storage.tables import moved_groups

__all__ = ["MovedGroups"]

_MOST_MOVES = 10


class MovedGroups:
    """Those of one bot. Every method works on the connection it is given and commits nothing."""

    def __init__(self, bot_id: int) -> None:
        self._bot_id = bot_id

    async def note(self, connection: Connection, old: int, new: int) -> None:
        """The group `old` is `new` from now on."""
        statement = insert(moved_groups).values(bot_id=self._bot_id, old=old, new=new)
        await connection.execute(statement.on_conflict_do_update(index_elements=("bot_id", "old"), set_={"new": new}))

    async def now(self, connection: Connection, group: int) -> int:
        """The id that a group has today."""
        for _ in range(_MOST_MOVES):
            query = select(moved_groups.c.new).where(moved_groups.c.bot_id == self._bot_id, moved_groups.c.old == group)
            new = (await connection.execute(query)).scalar_one_or_none()
            if new is None:
                return group
            group = new
        return group
