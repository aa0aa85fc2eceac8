"""Work by lane: one lane strictly in order, lanes beside each other, and a full lane waits in the tables."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.logs import describe

__all__ = ["Lanes"]

_log = logging.getLogger(__name__)

LIMIT = 32
"""Rows of one lane held in memory; what comes on top is read from the tables later."""

_RETRY_SECONDS = 1.0


@dataclass(slots=True)
class _Lane:
    ids: deque[int] = field(default_factory=deque)
    last: int = 0
    more_in_tables: bool = False
    reading: bool = False


class Lanes:
    """Hands row ids to `handle`, one at a time in a lane.

    `handle(lane, row_id)` deals with one row. `waiting(lane, after, limit)` reads the next open rows of a lane.
    A lane has a task only while it has work.
    """

    def __init__(
        self,
        handle: Callable[[str, int], Awaitable[None]],
        waiting: Callable[[str, int, int], Awaitable[list[int]]],
        limit: int = LIMIT,
    ) -> None:
        self._handle = handle
        self._waiting = waiting
        self._limit = limit
        self._lanes: dict[str, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    def put(self, lane: str, row_id: int) -> None:
        """Take a row at the end of its lane. Rows of a lane come in rising order."""
        if self._stopping.is_set():
            return
        known = self._lanes.get(lane)
        if known is None:
            known = self._lanes[lane] = _Lane()
            task = asyncio.create_task(self._work(lane, known), name=f"lane {lane}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if row_id <= known.last:
            return  # read from the tables between its commit and now
        if known.more_in_tables or known.reading or len(known.ids) >= self._limit:
            known.more_in_tables = True
        else:
            known.ids.append(row_id)
            known.last = row_id

    async def pause(self, seconds: float) -> bool:
        """Wait, unless the lanes are stopped; gives whether they are."""
        if seconds > 0 and not self._stopping.is_set():
            try:
                await asyncio.wait_for(self._stopping.wait(), seconds)
            except TimeoutError:
                return False
        return self._stopping.is_set()

    async def stop(self) -> None:
        """Let every lane finish the row at hand and leave the rest in the tables."""
        self._stopping.set()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _work(self, name: str, lane: _Lane) -> None:
        while not self._stopping.is_set():
            if lane.ids:
                row_id = lane.ids.popleft()
                try:
                    await self._handle(name, row_id)
                except Exception as error:
                    _log.error("lane %s: row %d: %s; it waits for the next start", name, row_id, describe(error))
            elif lane.more_in_tables:
                await self._read_on(name, lane)
            else:
                break
        # No await stands between the last look at the lane and this: a row cannot slip in between.
        del self._lanes[name]

    async def _read_on(self, name: str, lane: _Lane) -> None:
        lane.more_in_tables = False
        lane.reading = True
        try:
            ids = await self._waiting(name, lane.last, self._limit)
        except Exception as error:
            _log.error("lane %s: cannot read on: %s; trying again", name, describe(error))
            lane.more_in_tables = True
            await self.pause(_RETRY_SECONDS)
            return
        finally:
            lane.reading = False
        lane.ids.extend(ids)
        if ids:
            lane.last = ids[-1]
            lane.more_in_tables = lane.more_in_tables or len(ids) == self._limit
