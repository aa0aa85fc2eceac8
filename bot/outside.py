"""What is seen of a process from outside: its web app, with health, metrics and the webhook."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import select
from starlette.applications import Starlette

from bot.clock import Clock
from bot.due_list import DueList
from bot.metrics import Metrics, OpenRows, WebhookInfo
from bot.settings import Webhook as WebhookSetting
from bot.storage.backlog import backlog
from bot.storage.connection import Connection
from bot.storage.store import Store
from bot.storage.writer import Commit
from bot.telegram.intake import Intake
from bot.telegram.transport import BotApi, MaybeSentError
from bot.web import Check, Sampler, Webhook, WebServer, create_web, serving

__all__ = ["Outside", "webhook_info"]

_STALE_SECONDS = 15.0
"""How long what Telegram told of the webhook is taken for the present."""


class Outside:
    """Builds the web app of a process out of its parts; `serve` runs it.

    `held` gives how many slots of each role are ours, `working` raises while the process cannot do its work.
    """

    def __init__(
        self,
        store: Store,
        bot_id: int,
        api: BotApi,
        clock: Clock,
        metrics: Metrics,
        due: DueList,
        held: Callable[[], Mapping[str, int]],
        working: Check,
    ) -> None:
        self._store = store
        self._bot_id = bot_id
        self._api = api
        self._clock = clock
        self._metrics = metrics
        self._due = due
        self._held = held
        self._working = working
        self._told: tuple[float, WebhookInfo] | None = None
        store.watch = self._committed

    def app(self, webhook: WebhookSetting | None, intake: Intake | None) -> Starlette:
        """The app; with `intake` it takes the updates of the webhook."""
        taking = None
        if webhook is not None and intake is not None:
            taking = Webhook.at(webhook.url, webhook.secret, intake.store)
        samplers: list[Sampler[Any]] = [
            Sampler("rows", self._rows, self._metrics.show_open),
            Sampler("slots", self._slots, self._metrics.show_slots),
            Sampler("telegram", self._webhook, self._metrics.show_webhook),
            Sampler("knowledge", self._due.late, self._metrics.show_overdue),
        ]
        checks = {"database": self._database, "work": self._working}
        return create_web(self._metrics, webhook=taking, checks=checks, samplers=samplers)

    def serve(self, app: Starlette, host: str, port: int) -> AbstractAsyncContextManager[str]:
        """The address of the running app. Raises StartError."""
        return serving(WebServer(app), host, port)

    def _committed(self, commit: Commit) -> None:
        self._metrics.batch_jobs.observe(commit.jobs)
        self._metrics.commit_seconds.observe(commit.seconds)
        if not commit.written:
            self._metrics.store_failures.inc()

    async def _database(self) -> None:
        async def ask(connection: Connection) -> None:
            await connection.execute(select(1))

        await self._store.read(ask)

    async def _rows(self) -> Sequence[OpenRows]:
        now = self._clock()
        found = await self._store.read(lambda connection: backlog(connection, self._bot_id))
        return [OpenRows(part.table, part.state, part.rows, max(0.0, now - part.oldest)) for part in found]

    async def _slots(self) -> Mapping[str, int]:
        return self._held()

    async def _webhook(self) -> WebhookInfo:
        """Telegram is asked at most a few times a minute, whoever looks at the metrics."""
        now = time.monotonic()
        if self._told is None or now - self._told[0] > _STALE_SECONDS:
            self._told = (now, (await webhook_info(self._api, self._clock()))[0])
        return self._told[1]


async def webhook_info(api: BotApi, now: float) -> tuple[WebhookInfo, str]:
    """What Telegram tells about the way in, and its last error in its words. Raises as `BotApi.call`."""
    told = await api.call("getWebhookInfo", {})
    if not isinstance(told, dict):
        raise MaybeSentError("getWebhookInfo gave no object")
    at = told.get("last_error_date")
    age = None if at is None else max(0.0, now - float(at))
    return WebhookInfo(int(told.get("pending_update_count", 0)), age), str(told.get("last_error_message", ""))
