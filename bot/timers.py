"""Waking conversations: a timer that has run out is an event of its conversation, taken once."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.clock import Clock
from bot.logs import describe
from bot.retention import Retention
from bot.staff_room import StaffRoom
from bot.storage.calls import Placed
from bot.storage.connection import Connection
from bot.storage.sessions import ChangedMeanwhileError, Sessions
from bot.storage.store import Store
from bot.storage.tables import TimerState
from bot.storage.timers import Timer, Timers
from bot.storage.writer import StoreUnavailableError
from bot.telegram.render import Target
from bot.turns import Turns
from dialogs.effects import ReminderKind
from dialogs.events import Alarm
from dialogs.world import World
from knowledge.checks.digests import digests

__all__ = ["LONGEST_SLEEP", "Alarms", "facts_mark"]

_log = logging.getLogger(__name__)

LONGEST_SLEEP = 30.0
"""Seconds between two looks at the tables at most: another program may have put something there."""

_SHORTEST_SLEEP = 0.1
_AT_ONCE = 50


def facts_mark(world: World) -> str:
    """A short text that changes with any fact."""
    lines = (f"{name} {mark}" for name, mark in sorted(digests(world.knowledge).items()))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


class Alarms:
    """Watches the timers of one bot, talks with staff, and what was kept long enough; one process at a time.

    `send` is told which outbox rows wait. `facts` marks what saved outcomes rest on. `sleep` bounds the seconds between
    two looks.
    """

    def __init__(
        self,
        store: Store,
        bot_id: int,
        turns: Turns,
        room: StaffRoom,
        retention: Retention,
        bot_link: str,
        clock: Clock,
        send: Callable[[Sequence[Placed]], None],
        facts: str,
        sleep: float = LONGEST_SLEEP,
    ) -> None:
        self._store = store
        self._timers = Timers(bot_id)
        self._sessions = Sessions(bot_id, store.vault)
        self._turns = turns
        self._room = room
        self._retention = retention
        self._bot_link = bot_link
        self._clock = clock
        self._send = send
        self._facts = facts
        self._sleep = sleep
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End after the alarm at hand."""
        self._stopping.set()
        self._retention.stop()

    async def run(self) -> None:
        """Watch until `stop`. Saved outcomes that rest on other facts than `facts` are looked at first."""
        await self._try(self._bring_forward)
        while not self._stopping.is_set():
            await self._try(self.look)
            try:
                await asyncio.wait_for(self._stopping.wait(), await self._pause())
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Take the alarms that are due now, and all else that waits."""
        now = self._clock()
        for timer in await self._store.read(lambda connection: self._timers.due(connection, now, _AT_ONCE)):
            if self._stopping.is_set():
                return
            await self._ring(timer)
        await self._room.end_silent_ones()
        await self._retention.look()

    async def _ring(self, timer: Timer) -> None:
        async def job(connection: Connection) -> list[Placed]:
            if not await self._timers.end(connection, timer):
                return []
            if (await self._sessions.get(connection, timer.chat_key)).blocked:
                return []
            target = Target(int(timer.chat_key), self._bot_link)
            return await self._turns.take(connection, timer.chat_key, Alarm(timer.kind, timer.key), target)

        try:
            self._send(await self._store.write(job))
        except (StoreUnavailableError, ChangedMeanwhileError) as error:
            _log.warning("timer %d: %s; trying again", timer.id, describe(error))
        except Exception as error:
            note = describe(error)
            _log.error("timer %d (%s): failed: %s", timer.id, timer.kind, note)
            await self._store.write(lambda connection: self._timers.end(connection, timer, TimerState.FAILED, note))

    async def _bring_forward(self) -> None:
        now = self._clock()
        count = await self._store.write(
            lambda connection: self._timers.bring_forward(connection, ReminderKind.RECHECK, self._facts, now)
        )
        if count:
            _log.info("facts changed: %d saved outcomes are looked at again", count)

    async def _pause(self) -> float:
        """Seconds until something is due, bounded on both sides."""
        try:
            moments = (
                await self._store.read(self._timers.next_due),
                await self._room.next_end(),
                await self._retention.next_look(),
            )
        except StoreUnavailableError:
            return self._sleep
        waits = (moment - self._clock() for moment in moments if moment is not None)
        return min([self._sleep, *(max(wait, _SHORTEST_SLEEP) for wait in waits)])

    async def _try(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except StoreUnavailableError as error:
            _log.warning("timers: %s; trying again", describe(error))
        except Exception as error:
            _log.error("timers: %s; trying again", describe(error))  # the one task that wakes must not die of a fault
