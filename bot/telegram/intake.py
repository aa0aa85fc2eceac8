"""The way in, whichever way updates come: they are stored before anybody is told that we have them."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bot.clock import Clock
from bot.logs import describe
from bot.metrics import Metrics
from bot.storage.inbox import Inbox, Received, Stored
from bot.storage.store import Store
from bot.telegram.incoming import received

__all__ = ["Intake"]

_log = logging.getLogger(__name__)


class Intake:
    """Stores the updates of one bot. `take` is given the rows that are new.

    `again` is given the chats of those that are not: when they came first, nobody may have been told of the commit.
    """

    def __init__(
        self,
        store: Store,
        bot_id: int,
        clock: Clock,
        metrics: Metrics,
        take: Callable[[Sequence[Stored]], None],
        again: Callable[[Collection[str]], None],
    ) -> None:
        self._store = store
        self._inbox = Inbox(bot_id, store.vault)
        self._clock = clock
        self._metrics = metrics
        self._take = take
        self._again = again

    async def store(self, batch: Sequence[Mapping[str, Any]]) -> int | None:
        """Store updates; gives the highest of their ids, None when nothing was an update. What is known is not stored.

        Raises StoreUnavailableError.
        """
        updates: list[Received] = []
        for raw in batch:
            try:
                updates.append(received(raw))
            except (ValueError, AttributeError) as error:
                _log.error("something that is no update was dropped: %s", describe(error))
                self._metrics.unreadable.inc()
        if not updates:
            return None
        new = await self._store.write(lambda connection: self._inbox.receive(connection, updates, self._clock()))
        self._take([row for _, row in new])
        fresh = {received.update_id for received, _ in new}
        self._again({update.chat_key for update in updates if update.update_id not in fresh})
        for update in updates:
            self._metrics.received(update.raw, new=update.update_id in fresh)
        return max(update.update_id for update in updates)
