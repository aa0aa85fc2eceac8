"""What was kept long enough goes: in conversations when it runs out, everything else once a night."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import time, timedelta

from bot.clock import Clock, day_in_kazakhstan, moment_in_kazakhstan
from bot.expiry import draft_is_over, expires_at
from bot.logs import describe
from bot.storage.calls import Placed
from bot.storage.chores import Chores
from bot.storage.connection import Connection
from bot.storage.retention import (
    TRAFFIC,
    TRAFFIC_DAYS,
    Traffic,
    drop_levels,
    drop_links,
    drop_timers,
    drop_traffic,
    ended_traffic,
    strip_cases,
)
from bot.storage.sessions import ChangedMeanwhileError, Sessions
from bot.storage.store import Store
from bot.storage.writer import StoreUnavailableError
from bot.telegram.render import Target
from bot.turns import Turns
from dialogs.effects import ReminderKind
from dialogs.events import Alarm
from dialogs.reminding import EXPIRE, EXPIRE_RUNNING

__all__ = ["Retention"]

_log = logging.getLogger(__name__)

Rows = list[Placed]

_CHORE = "retention"
_NIGHT = time(3)
_DAY_SECONDS = 86_400.0
_SESSIONS_AT_ONCE = 10
"""Few, so that people who write at that moment hardly wait for the same commit."""
_CASES_AT_ONCE = 100
_ROWS_AT_ONCE = 500


class Retention:
    """Drops what one bot has kept long enough. `send` is told which outbox rows a commit has added."""

    def __init__(
        self,
        store: Store,
        bot_id: int,
        turns: Turns,
        bot_link: str,
        clock: Clock,
        send: Callable[[Sequence[Placed]], None],
    ) -> None:
        self._store = store
        self._bot_id = bot_id
        self._sessions = Sessions(bot_id, store.vault)
        self._chores = Chores(bot_id)
        self._turns = turns
        self._bot_link = bot_link
        self._clock = clock
        self._send = send
        self._stopping = False

    def stop(self) -> None:
        """End after the step at hand; the rest is done when the chore is due again."""
        self._stopping = True

    async def look(self) -> None:
        """Look at some of the conversations in which something ran out; once a night, at all the tables."""
        now = self._clock()
        due = await self._store.read(lambda connection: self._sessions.expired(connection, now, _SESSIONS_AT_ONCE))
        await asyncio.gather(*(self._look_at(chat_key) for chat_key in due))
        if await self._store.write(lambda connection: self._chores.take(connection, _CHORE, now)):
            await self._sweep(now)

    async def next_look(self) -> float | None:
        """When something in a conversation will have been kept long enough."""
        return await self._store.read(self._sessions.next_end)

    async def _look_at(self, chat_key: str) -> None:
        """Whatever comes of it, this conversation is not looked at again on the same day."""
        try:
            self._send(await self._store.write(lambda connection: self._expire(connection, chat_key)))
        except (StoreUnavailableError, ChangedMeanwhileError) as error:
            _log.warning("retention: %s; trying again", describe(error))
        except Exception as error:
            _log.error("retention: a conversation cannot be looked at: %s; again in a day", describe(error))
            later = self._clock() + _DAY_SECONDS
            await self._store.write(lambda connection: self._sessions.look_again(connection, chat_key, later))

    async def _expire(self, connection: Connection, chat_key: str) -> Rows:
        now = self._clock()
        kept = await self._sessions.get(connection, chat_key)
        end = expires_at(kept.session, kept.touched_at)
        if end is None or end > now:
            await self._sessions.look_again(connection, chat_key, end)
            return []
        if kept.session.language is None:
            await self._sessions.forget(connection, chat_key)
            return []
        over = draft_is_over(kept.touched_at, day_in_kazakhstan(now))
        alarm = Alarm(ReminderKind.DRAFT, EXPIRE_RUNNING if over else EXPIRE)
        rows = await self._turns.take(connection, chat_key, alarm, Target(int(chat_key), self._bot_link))
        after = await self._sessions.get(connection, chat_key)
        end = expires_at(after.session, after.touched_at)
        if end is not None and end <= now:
            await self._sessions.look_again(connection, chat_key, now + _DAY_SECONDS)
        return rows

    async def _sweep(self, now: float) -> None:
        vault, today = self._store.vault, day_in_kazakhstan(now)

        async def strip(connection: Connection) -> int:
            return await strip_cases(connection, vault, self._bot_id, today, _CASES_AT_ONCE)

        stripped = _CASES_AT_ONCE
        while stripped == _CASES_AT_ONCE and not self._stopping:
            stripped = await self._store.write(strip)
        await self._store.write(lambda connection: drop_links(connection, self._bot_id, now))
        before = now - TRAFFIC_DAYS * _DAY_SECONDS
        await self._store.write(lambda connection: drop_timers(connection, self._bot_id, before))
        await self._store.write(lambda connection: drop_levels(connection, self._bot_id, before))
        for traffic in TRAFFIC:
            await self._drop(traffic, before)
        if not self._stopping:
            await self._store.write(lambda connection: self._chores.finish(connection, _CHORE, _next_night(now)))

    async def _drop(self, traffic: Traffic, before: float) -> None:
        after: int | None = 0
        while after is not None and not self._stopping:
            after = await self._drop_some(traffic, before, after)

    async def _drop_some(self, traffic: Traffic, before: float, after: int) -> int | None:
        """The row to go on after; None at the end."""
        ids, further = await self._store.read(
            lambda connection: ended_traffic(connection, traffic, self._bot_id, before, after, _ROWS_AT_ONCE)
        )
        if ids:
            await self._store.write(lambda connection: drop_traffic(connection, traffic, ids))
        return further


def _next_night(now: float) -> float:
    return moment_in_kazakhstan(day_in_kazakhstan(now) + timedelta(days=1), _NIGHT)
