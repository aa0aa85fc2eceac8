"""What is counted and measured while the bot works, in Prometheus's terms.

No label takes a value from outside: kinds, methods and states are closed sets, and what is in none of them counts as
`other`. So nothing personal can get into a label, and the number of series never grows.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics

from bot.roles import Role
from bot.storage.tables import InboxState, OutboxState
from bot.telegram.incoming import ALLOWED_UPDATES
from knowledge.checks.stale import Reason

__all__ = ["OPEN_STATES", "CallEnd", "Metrics", "OpenRows", "UpdateEnd", "WebhookInfo"]

OTHER = "other"
OPEN_STATES = (
    ("inbox", InboxState.RECEIVED.value),
    ("outbox", OutboxState.QUEUED.value),
    ("outbox", OutboxState.SENDING.value),
    ("outbox", OutboxState.UNCERTAIN.value),
)
"""Tables and their states in which a row has work left."""

_METHODS = (
    "sendMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "sendDocument",
    "sendChatAction",
    "answerCallbackQuery",
    "answerInlineQuery",
)
_STATUSES = (200, 403, 413, 503)

_QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_NETWORK = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_LONG = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400)
_ROWS = (1, 2, 4, 8, 16, 32, 64, 128)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began is of no use here

_Family = TypeVar("_Family", Counter, Gauge)


class UpdateEnd(StrEnum):
    """What became of a try to see to an update."""

    ANSWERED = "answered"
    QUARANTINED = "quarantined"
    RETRIED = "retried"


class CallEnd(StrEnum):
    """What became of one attempt to make a call. `flood`: Telegram asked to wait (429)."""

    SENT = "sent"
    RETRIED = "retried"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class OpenRows:
    """How many rows of a table stand in a state with work left, and the age of the oldest in seconds."""

    table: str
    state: str
    rows: int
    oldest_seconds: float


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """What Telegram's getWebhookInfo tells: updates that wait there, and seconds since the last error, if any."""

    pending: int
    error_seconds: float | None


class Metrics:
    """The instruments of one bot on a registry of its own. Children of labels are bound here, once.

    What is counted has a method, what takes one figure is a public instrument. The `show_` methods take what was looked
    up for a scrape; None means that it could not be, and the gauges then say NaN rather than something old.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._build_counters()
        self._build_histograms()
        self._build_gauges()
        ProcessCollector(registry=self.registry)

    def _build_counters(self) -> None:
        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(f"visabot_{name}", about, labels, registry=self.registry)

        self._received = _bound(
            counter("updates_received", "Updates received, by kind and whether they were new", "kind", "known"),
            (*ALLOWED_UPDATES, OTHER),
            ("new", "duplicate"),
        )
        self._done = _bound(counter("updates_done", "Tries to see to an update, by result", "result"), UpdateEnd)
        self._called = _bound(
            counter("calls", "Attempts to make a call to Telegram, by method and result", "method", "result"),
            (*_METHODS, OTHER),
            CallEnd,
        )
        self._webhook = _bound(
            counter("webhook_answers", "Answers to Telegram's webhook calls, by status", "status"),
            (*map(str, _STATUSES), OTHER),
        )
        self.unreadable = counter("webhook_unreadable", "Webhook calls that held no update and were dropped")
        self.store_failures = counter("store_failures", "Transactions that could not be committed")

    def _build_histograms(self) -> None:
        def histogram(name: str, about: str, buckets: Sequence[float]) -> Histogram:
            return Histogram(f"visabot_{name}", about, registry=self.registry, buckets=buckets)

        self.turn_seconds = histogram("turn_seconds", "From taking an update up to the commit of its turn", _QUICK)
        self.wait_seconds = histogram("wait_seconds", "From the commit of an answer to its delivery", _LONG)
        self.send_seconds = histogram("send_seconds", "One call to Telegram, from request to answer", _NETWORK)
        self.ack_seconds = histogram("webhook_ack_seconds", "From a webhook call to its answer", _QUICK)
        self.commit_seconds = histogram("store_commit_seconds", "One commit", _QUICK)
        self.batch_jobs = histogram("store_batch_jobs", "Jobs that shared a commit", _ROWS)

    def _build_gauges(self) -> None:
        def gauge(name: str, about: str, *labels: str) -> Gauge:
            return Gauge(f"visabot_{name}", about, labels, registry=self.registry)

        tables, states = ("inbox", "outbox"), dict.fromkeys(state for _, state in OPEN_STATES)
        rows = gauge("open_rows", "Rows with work left, by table and state", "table", "state")
        oldest = gauge("oldest_seconds", "Age of the oldest row with work left, by table and state", "table", "state")
        self._rows = {open_: rows.labels(*open_) for open_ in product(tables, states) if open_ in OPEN_STATES}
        self._oldest = {open_: oldest.labels(*open_) for open_ in self._rows}
        self._slots = _bound(gauge("slots_held", "Slots that this process holds, by role", "role"), Role)
        self._pending = gauge("webhook_pending", "Updates that wait at Telegram (getWebhookInfo)")
        self._error = gauge("webhook_error_seconds", "Seconds since Telegram's last webhook error; +Inf without one")
        self._due = _bound(gauge("knowledge_overdue", "Answers and facts past their day, by reason", "reason"), Reason)
        for show in (self.show_open, self.show_slots, self.show_webhook, self.show_overdue):
            show(None)

    def received(self, raw: Mapping[str, Any], *, new: bool) -> None:
        """An update came in; of `raw` only its kind is looked at."""
        kind = next((kind for kind in ALLOWED_UPDATES if kind in raw), OTHER)
        self._received[kind, "new" if new else "duplicate"].inc()

    def done(self, end: UpdateEnd) -> None:
        """A try to see to an update ended."""
        self._done[end,].inc()

    def called(self, method: str, end: CallEnd) -> None:
        """An attempt to call `method` ended."""
        known = self._called.get((method, end))
        (known if known is not None else self._called[OTHER, end]).inc()

    def webhook_answered(self, status: int, seconds: float) -> None:
        """A webhook call was answered."""
        known = self._webhook.get((str(status),))
        (known if known is not None else self._webhook[OTHER,]).inc()
        self.ack_seconds.observe(seconds)

    def show_open(self, found: Sequence[OpenRows] | None) -> None:
        """Rows with work left; a state that is not among them has none."""
        known = {(part.table, part.state): part for part in found or ()}
        for open_, rows in self._rows.items():
            part = known.get(open_)
            rows.set(math.nan if found is None else 0 if part is None else part.rows)
            self._oldest[open_].set(math.nan if found is None else 0 if part is None else part.oldest_seconds)

    def show_slots(self, held: Mapping[str, int] | None) -> None:
        """How many slots this process holds in each role; a role that is not among them holds none."""
        for role in Role:
            self._slots[role,].set(math.nan if held is None else held.get(role, 0))

    def show_webhook(self, info: WebhookInfo | None) -> None:
        """What Telegram says about the webhook."""
        self._pending.set(math.nan if info is None else info.pending)
        seconds = None if info is None else info.error_seconds
        self._error.set(math.nan if info is None else math.inf if seconds is None else seconds)

    def show_overdue(self, found: Mapping[Reason, int] | None) -> None:
        """How many answers and facts are past their day; a reason that is not among them has none."""
        for reason in Reason:
            self._due[reason,].set(math.nan if found is None else found.get(reason, 0))


def _bound(family: _Family, *values: Sequence[str] | type[StrEnum]) -> dict[tuple[str, ...], _Family]:
    """The child of every combination of values."""
    return {chosen: family.labels(*chosen) for chosen in product(*(map(str, part) for part in values))}
