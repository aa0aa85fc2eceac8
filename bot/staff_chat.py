"""Which group is the chat of staff today: the one of the settings, or what it has become."""

import asyncio
import logging

from bot.logs import describe
from bot.storage.connection import Connection
from bot.storage.moved_groups import MovedGroups
from bot.storage.store import Store
from bot.storage.writer import StoreUnavailableError

__all__ = ["StaffChat"]


_log = logging.getLogger(__name__)

_LOOK_SECONDS = 2.0


class StaffChat:
    """The chat of staff of one bot; `id` is None when there is none."""

    def __init__(self, bot_id: int, configured: int | None) -> None:
        self._moved = MovedGroups(bot_id)
        self._configured = configured
        self.id = configured

    def is_it(self, chat_id: int) -> bool:
        """Whether this is the chat of staff, under its present id or the one of the settings."""
        return self.id is not None and chat_id in (self.id, self._configured)

    async def find(self, connection: Connection) -> None:
        """Learn what became of the group of the settings."""
        if self._configured is not None:
            self.id = await self._moved.now(connection, self._configured)

    async def watch(self, store: Store) -> None:
        """Learn of it when another process has seen the group move, until cancelled."""
        while self._configured is not None:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await store.read(self.find)
            except StoreUnavailableError as error:
                _log.warning("staff chat: %s; looking again", describe(error))

    async def follow(self, connection: Connection, old: int, new: int) -> None:
        """The group `old` has the id `new` from now on; noted for all processes."""
        await self._moved.note(connection, old, new)
        if self.id == old:
            self.id = new
