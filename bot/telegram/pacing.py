"""The pace of one bot: its rules, kept in the database for all its processes, and the calls here that wait for room."""

import logging
import time
from collections.abc import Sequence

from bot.clock import Clock
from bot.logs import describe
from bot.priority import Priority
from bot.storage.connection import Connection
from bot.storage.pace import PaceTable
from bot.storage.store import Store
from bot.telegram.floods import Floods
from bot.telegram.pace import WHOLE_BOT, Pause, RateRules, Want, reserve, stop
from bot.telegram.waiters import Waiters

__all__ = ["Pacing"]

_log = logging.getLogger(__name__)


class Pacing:
    """Lets calls go as fast as `rules` allow; without rules all go at once."""

    def __init__(self, store: Store, bot_id: int, rules: RateRules | None, clock: Clock) -> None:
        self._store = store
        self._table = PaceTable(bot_id)
        self._rules = rules
        self._clock = clock
        self._floods = Floods()
        self._waiters = Waiters(self._reserve)

    @property
    def is_free(self) -> bool:
        """Whether nothing needs to wait."""
        return self._rules is None

    async def pass_(self, chat_id: int, priority: Priority) -> bool:
        """Wait until a call may be made; False when it may not at all (`Waiters.pass_`)."""
        return self._rules is None or await self._waiters.pass_(chat_id, priority)

    async def slow_down(self, chat_id: int, seconds: float) -> None:
        """Telegram asks to wait with this chat, or as we read it, with all of them: every process keeps to it."""
        self._floods, everybody = self._floods.hear(chat_id, seconds, time.monotonic())
        rules = self._rules
        if rules is None:
            return
        waits = {chat_id: seconds}
        if everybody is not None:
            waits[WHOLE_BOT] = everybody
            _log.warning("pace: Telegram asks the whole bot to wait %.0f s", everybody)

        async def job(connection: Connection) -> None:
            now = self._clock()
            levels = await self._table.load(connection, waits.keys())
            stopped = {peer: stop(level, rules.of(peer), waits[peer], now) for peer, level in levels.items()}
            await self._table.save(connection, stopped)

        try:
            await self._store.aside(job)
        except Exception as error:
            _log.warning("pace: %s; only this process knows of a wait", describe(error))

    async def stop(self) -> None:
        """Turn away all who wait."""
        await self._waiters.stop()

    async def _reserve(self, wants: Sequence[Want]) -> Sequence[Pause]:
        rules = self._rules
        if rules is None:
            return [Pause(0.0, 0.0)] * len(wants)

        async def job(connection: Connection) -> Sequence[Pause]:
            levels = await self._table.load(connection, {WHOLE_BOT, *(want.chat_id for want in wants)})
            changed, pauses = reserve(levels, rules, wants, self._clock())
            await self._table.save(connection, changed)
            return pauses

        return await self._store.aside(job)
