"""The calls of this process that wait for room: the urgent before the others, and no chat holds up another."""

import asyncio
import heapq
import itertools
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.logs import describe
from bot.priority import Priority
from bot.telegram.pace import Pause, Want

__all__ = ["Reserve", "Waiters"]

_log = logging.getLogger(__name__)

Reserve = Callable[[Sequence[Want]], Awaitable[Sequence[Pause]]]
"""Spends for the calls that may go, in the order given (`bot.telegram.pace.reserve`), and gives what became of each."""

BATCH = 16
"""Calls that are asked for at once; of many that wait, few can go."""

RETRY_SECONDS = 1.0
"""How long to leave the database alone when it could not be asked."""


@dataclass(frozen=True, slots=True, order=True)
class _Waiter:
    priority: Priority
    arrival: int
    chat_id: int = field(compare=False)
    passed: asyncio.Future[bool] = field(compare=False)


class Waiters:
    """A queue of lanes, each waiting to make one call: by priority, then by arrival.

    Who waits for its own chat stands aside until that has room. Who waits for the whole bot holds up what is not more
    urgent, as nothing of that can go either. There is a task only while somebody waits.
    """

    def __init__(self, reserve: Reserve) -> None:
        self._reserve = reserve
        self._arrivals = itertools.count()
        self._ready: list[_Waiter] = []
        self._aside: list[tuple[float, _Waiter]] = []
        self._closed_until = dict.fromkeys(Priority, 0.0)
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    async def pass_(self, chat_id: int, priority: Priority) -> bool:
        """Wait until a call to the chat may be made; it is counted then, so make it at once.

        False when it may not: the waiters were stopped, or a typing sign cannot go now. May be cancelled at any time.
        """
        if self._stopping:
            return False
        passed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        waiter = _Waiter(priority, next(self._arrivals), chat_id, passed)
        heapq.heappush(self._ready, waiter)
        self._news.set()
        if self._task is None:
            self._task = asyncio.create_task(self._serve(), name="waiters")
        try:
            return await passed
        except asyncio.CancelledError:
            self._forget(waiter)
            raise

    async def stop(self) -> None:
        """Turn away all who wait, and who come later. A question to the database is not broken off."""
        self._stopping = True
        self._news.set()
        if self._task is not None:
            await self._task

    async def _serve(self) -> None:
        while (self._ready or self._aside) and not self._stopping:
            self._news.clear()
            self._come_back()
            batch = self._first()
            if not batch:
                await self._wait_until(self._next_moment())
                continue
            try:
                pauses = await self._reserve([Want(waiter.chat_id, waiter.priority) for waiter in batch])
                for waiter, pause in zip(batch, pauses, strict=True):
                    self._settle(waiter, pause)
            except Exception as error:
                _log.error("pace: %s; asking again in %.0f s", describe(error), RETRY_SECONDS)
                for waiter in batch:
                    self._set_aside(waiter, RETRY_SECONDS)
        # No await stands between the last look and this: who comes later finds no task and makes one.
        self._task = None
        for waiter in (*self._ready, *(waiter for _, waiter in self._aside)):
            self._tell(waiter, False)
        self._ready, self._aside = [], []

    def _first(self) -> list[_Waiter]:
        """Whom to ask for: the most urgent of those that are not held up by the whole bot."""
        now = self._now()
        batch: list[_Waiter] = []
        while self._ready and len(batch) < BATCH and self._closed_until[self._ready[0].priority] <= now:
            batch.append(heapq.heappop(self._ready))
        return batch

    def _settle(self, waiter: _Waiter, pause: Pause) -> None:
        if pause.over:
            self._tell(waiter, True)
            return
        if pause.bot > 0:
            until = self._now() + pause.bot
            for priority in Priority:
                if priority >= waiter.priority:
                    self._closed_until[priority] = max(self._closed_until[priority], until)
        if waiter.priority is Priority.TYPING:
            self._tell(waiter, False)
        elif pause.chat > 0:
            self._set_aside(waiter, pause.chat)
        elif not waiter.passed.done():
            heapq.heappush(self._ready, waiter)

    def _set_aside(self, waiter: _Waiter, seconds: float) -> None:
        if not waiter.passed.done():
            heapq.heappush(self._aside, (self._now() + seconds, waiter))

    def _come_back(self) -> None:
        now = self._now()
        while self._aside and self._aside[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._aside)[1])

    def _next_moment(self) -> float:
        moments = [moment for moment, _ in self._aside[:1]]
        moments += [self._closed_until[waiter.priority] for waiter in self._ready[:1]]
        return min(moments, default=0.0)

    async def _wait_until(self, moment: float) -> None:
        """Until then, or until there is news."""
        try:
            await asyncio.wait_for(self._news.wait(), max(0.0, moment - self._now()))
        except TimeoutError:
            return

    def _tell(self, waiter: _Waiter, may_go: bool) -> None:
        if not waiter.passed.done():
            waiter.passed.set_result(may_go)

    def _forget(self, waiter: _Waiter) -> None:
        self._ready = [one for one in self._ready if one is not waiter]
        self._aside = [(moment, one) for moment, one in self._aside if one is not waiter]
        heapq.heapify(self._ready)
        heapq.heapify(self._aside)
        self._news.set()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
