"""Work by lane: one lane strictly in order, lanes beside each other, and a full lane waits in the tables."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.logs import describe
from bot.storage.tables import slot_of

__all__ = ["Lanes"]

_log = logging.getLogger(__name__)

LIMIT = 32
"""Rows of one lane held in memory; what comes on top is read from the tables later."""

_RETRY_SECONDS = 1.0

T = TypeVar("T")


@dataclass(slots=True)
class _Lane:
    ids: deque[int] = field(default_factory=deque)
    held: set[int] = field(default_factory=set)
    """The rows in `ids`, the one at hand, and those that failed: they are not taken a second time."""
    more_in_tables: bool = False
    reading: bool = False
    """The tables are being read: a row that comes now may stand behind others that are on their way."""
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    def take(self, row_id: int) -> None:
        if row_id not in self.held:
            self.held.add(row_id)
            self.ids.append(row_id)


class Lanes:
    """Hands row ids to `handle`, one at a time in a lane.

    `handle(lane, row_id)` deals with one row. `waiting(lane, limit)` reads the first open rows of a lane. A row that
    is handed out twice must have no second effect. A lane has a task only while it has work.
    """

    def __init__(
        self,
        handle: Callable[[str, int], Awaitable[None]],
        waiting: Callable[[str, int], Awaitable[list[int]]],
        limit: int = LIMIT,
    ) -> None:
        self._handle = handle
        self._waiting = waiting
        self._limit = limit
        self._lanes: dict[str, _Lane] = {}
        self._stopping = False

    def put(self, lane: str, row_id: int) -> None:
        """Take a row at the end of its lane."""
        known = self._known(lane)
        if known is None:
            return
        if known.more_in_tables or known.reading or len(known.ids) >= self._limit:
            known.more_in_tables = True
        else:
            known.take(row_id)

    def wake(self, lane: str) -> None:
        """Look into the tables for rows of this lane."""
        known = self._known(lane)
        if known is not None:
            known.more_in_tables = True

    def wake_idle(self, lane: str) -> None:
        """The same, unless the lane has work at hand: what that may have missed is found when it is idle again."""
        if not self.at_hand(lane):
            self.wake(lane)

    def read_anew(self, lane: str) -> None:
        """Forget which rows of this lane come next, and ask the tables."""
        known = self._lanes.get(lane)
        if known is not None:
            known.ids.clear()
            known.held.clear()
            known.more_in_tables = True

    def has_more(self, lane: str) -> bool:
        """Whether another row of this lane comes right behind the one at hand."""
        known = self._lanes.get(lane)
        return known is not None and bool(known.ids) and not known.leaving.is_set()

    def at_hand(self, lane: str) -> bool:
        """Whether the lane has work here now."""
        return lane in self._lanes

    async def pause(self, lane: str, seconds: float) -> bool:
        """Wait, unless the lane is to be left; gives whether it is."""
        known = self._lanes.get(lane)
        if known is None or self._stopping:
            return True
        if seconds > 0 and not known.leaving.is_set():
            try:
                await asyncio.wait_for(known.leaving.wait(), seconds)
            except TimeoutError:
                return False
        return known.leaving.is_set()

    async def unless_left(self, lane: str, wait: Coroutine[Any, Any, T]) -> T | None:
        """What `wait` gives; None when the lane is to be left before, and then `wait` is cancelled."""
        known = self._lanes.get(lane)
        if known is None or known.leaving.is_set():
            wait.close()
            return None
        waiting = asyncio.ensure_future(wait)
        leaving = asyncio.ensure_future(known.leaving.wait())
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not waiting.done():
                waiting.cancel()
        return waiting.result() if waiting.done() else None

    async def leave(self, slots: Collection[int]) -> None:
        """Let the lanes of these slots finish the row at hand, and leave the rest in the tables."""
        await self._end([lane for name, lane in self._lanes.items() if slot_of(name) in slots])

    async def stop(self) -> None:
        """The same for every lane; nothing is taken any more."""
        self._stopping = True
        await self._end(list(self._lanes.values()))

    async def _end(self, lanes: list[_Lane]) -> None:
        for lane in lanes:
            lane.leaving.set()
        tasks = [lane.task for lane in lanes if lane.task is not None]
        if tasks:
            await asyncio.wait(tasks)

    def _known(self, name: str) -> _Lane | None:
        if self._stopping:
            return None
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = _Lane()
            lane.task = asyncio.create_task(self._work(name, lane), name=f"lane {name}")
        return lane

    async def _work(self, name: str, lane: _Lane) -> None:
        failed = False
        while not lane.leaving.is_set():
            if lane.ids:
                row_id = lane.ids.popleft()
                try:
                    await self._handle(name, row_id)
                    lane.held.discard(row_id)
                except Exception as error:
                    failed = True
                    _log.error("lane %s: row %d: %s; it waits for the next look", name, row_id, describe(error))
            elif lane.more_in_tables:
                await self._read_on(name, lane, failed=failed)
            else:
                break
        # No await stands between the last look at the lane and this: a row cannot slip in between.
        del self._lanes[name]

    async def _read_on(self, name: str, lane: _Lane, *, failed: bool) -> None:
        lane.more_in_tables, lane.reading = False, True
        try:
            ids = await self._waiting(name, self._limit)
        except Exception as error:
            _log.error("lane %s: cannot read on: %s; trying again", name, describe(error))
            lane.more_in_tables = True
            await self.pause(name, _RETRY_SECONDS)
            return
        finally:
            lane.reading = False
        new = [row_id for row_id in ids if row_id not in lane.held]
        for row_id in new:
            lane.take(row_id)
        # Rows that failed here stand in front of the others for ever: those behind them are left to the next look.
        lane.more_in_tables = lane.more_in_tables or (len(ids) == self._limit and bool(new) and not failed)
