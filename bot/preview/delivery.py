"""Updates on their way to the webhook, as Telegram delivers them.

Order, waits and expiry follow `WebhookActor` of the Bot API server that Telegram itself runs (tdlib/telegram-bot-api).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import aiohttp

from bot.preview.journal import Journal
from bot.preview.lanes import Lane, lane_of
from bot.preview.posting import Drill, Poster
from bot.preview.record import Record
from bot.preview.signals import Signal
from bot.preview.updates import Updates
from bot.preview.webhook import Webhook, Webhooks

__all__ = ["Deliveries"]


class Deliveries:
    """Delivers while a webhook is set: each lane in its order, the next only after a 2xx; lanes beside each other.

    `record` has every try: `update_id`, `status` (None without an answer) and `ms`, the time it took.
    """

    def __init__(self, journal: Journal, updates: Updates, webhooks: Webhooks, clock: Callable[[], float]) -> None:
        self.record = Record()
        self.drill = Drill()
        self._journal = journal
        self._updates = updates
        self._webhooks = webhooks
        self._clock = clock
        self._woken = Signal()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver, in the running event loop."""
        self._running = asyncio.create_task(self._run())

    def cancel(self) -> None:
        """Stop at once; what was not taken stays in the journal."""
        if self._running is not None:
            self._running.cancel()

    async def stopped(self) -> None:
        """Return when nothing is under way any more."""
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running

    def wake(self) -> None:
        """Look at `drill` again: it was changed."""
        self._woken.fire()

    async def _run(self) -> None:
        while True:
            changed = self._webhooks.changed.wait()
            webhook = self._webhooks.current
            if webhook is None:
                await changed
                continue
            waiting, work = asyncio.ensure_future(changed), asyncio.create_task(self._deliver(webhook))
            try:
                await asyncio.wait((waiting, work), return_when=asyncio.FIRST_COMPLETED)
            finally:
                waiting.cancel()
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work

    async def _deliver(self, webhook: Webhook) -> None:
        """Fill the lanes with what arrives; a lane is a task as long as something waits in it."""
        lanes: dict[Lane, deque[int]] = {}
        last = 0
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
            poster = Poster(session, webhook, self.drill, self._journal, self._webhooks, self.record, self._clock)
            while True:
                arrived = self._updates.arrived.wait()
                for update in self._journal.updates(last + 1, -1, self._clock()):
                    last = update["update_id"]
                    lane = lane_of(update)
                    if lane not in lanes:
                        lanes[lane] = deque()
                        tasks.create_task(self._empty(lanes, lane, poster))
                    lanes[lane].append(last)
                self._woken.fire()
                await arrived

    async def _empty(self, lanes: dict[Lane, deque[int]], lane: Lane, poster: Poster) -> None:
        waiting = lanes[lane]
        while waiting:
            for update_id in await self._next(waiting):
                await poster.until_taken(update_id)
        del lanes[lane]

    async def _next(self, waiting: deque[int]) -> list[int]:
        """What a lane delivers next: the first in it, or two the wrong way round where a drill wants that."""
        while self.drill.swaps > 0 and len(waiting) < 2:
            await self._woken.wait()
        first = waiting.popleft()
        if self.drill.swaps == 0:
            return [first]
        self.drill.swaps -= 1
        return [waiting.popleft(), first]
