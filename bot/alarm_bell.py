"""Tells staff of troubles of the bot itself: it looks now and then, and posts what is news into their chat."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.alert_news import Memory, news_of, say_news
from bot.alerts import Snapshot, alerts_in
from bot.clock import day_in_kazakhstan
from bot.due_list import DueList
from bot.handover import Desk
from bot.logs import describe
from bot.metrics import WebhookInfo
from bot.outside import webhook_info
from bot.storage.alert_memory import AlertMemory
from bot.storage.backlog import backlog
from bot.storage.calls import Placed
from bot.storage.connection import Connection
from bot.storage.funnel import Funnel
from bot.storage.incidents import IncidentKind, Incidents
from bot.surroundings import Surroundings
from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError

__all__ = ["AlarmBell"]

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 2.0
_ASK_SECONDS = 60.0
"""How often Telegram is asked about the webhook."""
_FOLD = 500


class AlarmBell:
    """The watch over one bot, kept by one process at a time. It also adds up what the funnel has noted meanwhile.

    `due` is what is to be looked at in the knowledge; `send` is told of rows that were added.
    """

    def __init__(
        self,
        around: Surroundings,
        desk: Desk,
        api: BotApi,
        due: DueList,
        send: Callable[[Sequence[Placed]], None],
    ) -> None:
        self._store = around.store
        self._bot_id = around.bot_id
        self._clock = around.clock
        self._desk = desk
        self._api = api
        self._due = due
        self._send = send
        self._incidents = Incidents(around.bot_id)
        self._memory = AlertMemory(around.bot_id)
        self._funnel = Funnel()
        self._webhook = WebhookInfo(0, None)
        self._webhook_error = ""
        self._asked = 0.0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End after the look at hand."""
        self._stopping.set()

    async def run(self) -> None:
        """Look until `stop`."""
        while not self._stopping.is_set():
            try:
                await self.look()
            except Exception as error:
                _log.warning("alerts: %s; looking again in %.0f s", describe(error), _LOOK_SECONDS)
            try:
                await asyncio.wait_for(self._stopping.wait(), _LOOK_SECONDS)
            except TimeoutError:
                continue

    async def look(self) -> None:
        """Look once, and tell what is news."""
        while await self._store.write(lambda connection: self._funnel.fold(connection, _FOLD)) == _FOLD:
            continue
        await self._ask()
        today = day_in_kazakhstan(self._clock())
        due = self._due.today()

        async def job(connection: Connection) -> list[Placed]:
            now = self._clock()
            counts = await self._incidents.take(connection)
            left = await backlog(connection, self._bot_id)
            first = {part.table: min(one.oldest for one in left if one.table == part.table) for part in left}
            snapshot = Snapshot(
                today,
                now - first["inbox"] if "inbox" in first else None,
                now - first["outbox"] if "outbox" in first else None,
                counts.get(IncidentKind.QUARANTINED, 0),
                counts.get(IncidentKind.UNDELIVERED, 0),
                self._webhook.error_seconds,
                self._webhook_error,
                self._webhook.pending,
                due,
            )
            return await self._tell(connection, snapshot, now)

        self._send(await self._store.write(job))

    async def _tell(self, connection: Connection, snapshot: Snapshot, now: float) -> list[Placed]:
        stored = await self._memory.load(connection)
        news, kept = news_of(alerts_in(snapshot), {key: Memory.from_json(text) for key, text in stored.items()}, now)
        after = {key: memory.to_json() for key, memory in kept.items()}
        if after != stored:
            await self._memory.save(connection, after)
        rows: list[Placed] = []
        for one in news:
            _log.warning("alert: %s (%d)%s", one.alert.kind.value, one.alert.n, " is over" if one.over else "")
            rows += await self._desk.post_alert(connection, say_news(self._desk.voice, one), now)
        return rows

    async def _ask(self) -> None:
        """What Telegram says about the webhook; when it cannot be asked, what it said before holds."""
        now = self._clock()
        if abs(now - self._asked) < _ASK_SECONDS:
            return
        self._asked = now
        try:
            self._webhook, self._webhook_error = await webhook_info(self._api, now)
        except (ApiAnswerError, NotSentError, MaybeSentError) as error:
            _log.info("alerts: Telegram cannot be asked about the webhook: %s", describe(error))
