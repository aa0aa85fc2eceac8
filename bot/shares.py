"""Which slots this process works on. On an embedded database it has all of them; else it leases a fair part."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from bot.logs import describe
from bot.storage.shares import Beat, Leases
from bot.storage.store import Store
from bot.storage.writer import StoreUnavailableError

__all__ = ["Part", "Shares"]

_log = logging.getLogger(__name__)

_BEAT_SECONDS = 1.0
_RETRY_SECONDS = 0.2
_SETTLED_SECONDS = 5.0
"""More than two looks at the tables (`bot.dispatch`)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of work that is dealt out in `slots` parts.

    `gained` is told of slots that are ours now, `lost` of slots that are not, or shall not be, any more: it returns
    when nothing of them is at hand here.
    """

    name: str
    slots: int
    gained: Callable[[Collection[int]], Awaitable[None]]
    lost: Callable[[Collection[int]], Awaitable[None]]


class Shares:
    """The slots of one process, `name`. Call `begin`, keep `run` going, and `end` when the work has stopped."""

    def __init__(self, store: Store, bot_id: int, name: str, parts: Collection[Part]) -> None:
        self._store = store
        self._leases = Leases(bot_id, name)
        self._parts = {part.name: part for part in parts}
        self._held: dict[str, frozenset[int]] = {part.name: frozenset() for part in parts}
        self._settled: dict[str, frozenset[int]] = {part.name: frozenset() for part in parts}
        self._new: dict[str, list[tuple[float, frozenset[int]]]] = {part.name: [] for part in parts}
        self._following: dict[str, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    def held(self, part: str) -> frozenset[int]:
        """The slots of a kind of work that are ours."""
        return self._held.get(part, frozenset())

    def settled(self, part: str) -> frozenset[int]:
        """Those of them in which nothing waits that came before they were ours."""
        return self._settled.get(part, frozenset()) & self.held(part)

    async def begin(self) -> None:
        """Take what can be had at once. Raises StoreUnavailableError."""
        if not self._is_dealt_out:
            for name, part in self._parts.items():
                while len(self._held[name]) < part.slots:
                    await self._gain(name, frozenset(range(part.slots)))
                self._settled[name] = self._held[name]  # nobody else receives or sends
            return
        await self._store.aside(lambda connection: self._leases.prepare(connection, self._numbers))
        for name, beat in (await self._beat()).items():
            await self._follow(name, beat)

    async def run(self) -> None:
        """Renew the leases until `stop`."""
        try:
            while self._is_dealt_out and not await self._pause():
                try:
                    beats = await self._beat()
                except Exception as error:
                    _log.warning("leases: %s; trying again", describe(error))
                    continue
                for name, beat in beats.items():
                    self._settle(name)
                    # Leaving slots may take as long as the work at hand: the leases are renewed meanwhile.
                    if name not in self._following or self._following[name].done():
                        self._following[name] = asyncio.create_task(self._try_to_follow(name, beat))
        finally:
            for task in self._following.values():
                task.cancel()

    def stop(self) -> None:
        """End `run`; the slots stay ours until `end`."""
        self._stopping.set()

    async def end(self) -> None:
        """Nothing is at hand any more: let others have the slots at once rather than when the leases run out."""
        if not self._is_dealt_out:
            return
        try:
            await self._store.aside(self._leases.leave)
        except Exception as error:
            _log.warning("leases: %s; they run out by themselves", describe(error))

    @property
    def _is_dealt_out(self) -> bool:
        """Whether others may have a part; a process that only takes what a webhook brings has no part in anything."""
        return self._store.address.is_shared and bool(self._parts)

    @property
    def _numbers(self) -> Mapping[str, int]:
        return {name: part.slots for name, part in self._parts.items()}

    async def _pause(self) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), _BEAT_SECONDS)
        except TimeoutError:
            return False
        return True

    async def _beat(self) -> dict[str, Beat]:
        """On a connection of its own: a lease must not wait for the work that it guards."""
        return await self._store.aside(lambda connection: self._leases.beat(connection, self._numbers))

    async def _try_to_follow(self, name: str, beat: Beat) -> None:
        try:
            await self._follow(name, beat)
        except Exception as error:
            _log.warning("leases: %s: %s; trying again", name, describe(error))

    async def _follow(self, name: str, beat: Beat) -> None:
        gone = self._held[name] - beat.renewed
        if gone:
            _log.warning("leases: %d slots of %s went to another process", len(gone), name)
            self._held[name] -= gone
            await self._parts[name].lost(gone)
        new = beat.held - self._held[name] - beat.surplus
        if new:
            await self._gain(name, new)
        if beat.surplus:
            self._held[name] -= beat.surplus
            await self._parts[name].lost(beat.surplus)
            await self._store.aside(lambda connection: self._leases.give_back(connection, name, beat.surplus))

    async def _gain(self, name: str, slots: frozenset[int]) -> None:
        """They are ours when what the one before left is seen to; until then the next beat tries again."""
        try:
            await self._parts[name].gained(slots)
        except StoreUnavailableError as error:
            _log.warning("leases: %s: %s; trying again", name, describe(error))
            await asyncio.sleep(_RETRY_SECONDS)
            return
        self._settled[name] -= slots
        self._held[name] |= slots
        self._new[name].append((time.monotonic(), slots))

    def _settle(self, name: str) -> None:
        """What came in while slots were being gained has been found by now."""
        before = time.monotonic() - _SETTLED_SECONDS
        while self._new[name] and self._new[name][0][0] < before:
            self._settled[name] |= self._new[name].pop(0)[1]
