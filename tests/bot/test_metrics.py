"""What is counted: labels are closed sets, and each bot counts for itself."""

import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import generate_latest

from bot.metrics import OPEN_STATES, CallEnd, Metrics, OpenRows, UpdateEnd, WebhookInfo
from bot.roles import Role
from bot.storage.tables import OutboxState
from bot.telegram.incoming import ALLOWED_UPDATES
from knowledge.checks.stale import Reason
from tests.bot.web.stage import series, value

ROOT = Path(__file__).parents[2]
BEFORE = set(series(generate_latest(Metrics().registry).decode()))


@given(st.text(), st.text(), st.integers(), st.floats(0, 1e9), st.booleans())
def test_no_label_takes_a_value_from_outside(word: str, other: str, number: int, seconds: float, new: bool) -> None:
    """Whatever comes in, the series are those that were there at the start."""
    metrics = Metrics()
    metrics.received({"update_id": number, word: {"chat": {"id": number}, "text": other}}, new=new)
    metrics.webhook_answered(number, seconds)
    metrics.show_open([OpenRows(word, other, 1, seconds)])
    metrics.show_slots({word: 3})
    for end in CallEnd:
        metrics.called(word, end)
    for result in UpdateEnd:
        metrics.done(result)
    metrics.turn_seconds.observe(seconds)
    assert set(series(generate_latest(metrics.registry).decode())) == BEFORE


def test_labels_are_the_sets_that_are_declared() -> None:
    seen: dict[str, set[str]] = {}
    for _, labels in BEFORE:
        for name, label in labels:
            seen.setdefault(name, set()).add(label)
    bounds = seen.pop("le")
    assert all(bound == "+Inf" or float(bound) > 0 for bound in bounds)
    assert seen.pop("method") > {"sendMessage", "other"}
    assert seen == {
        "kind": {*ALLOWED_UPDATES, "other"},
        "known": {"new", "duplicate"},
        "result": {*UpdateEnd, *CallEnd},
        "status": {"200", "403", "413", "503", "other"},
        "table": {"inbox", "outbox"},
        "state": {state for _, state in OPEN_STATES},
        "role": set(Role),
        "reason": set(Reason),
    }
    assert {OutboxState.SENT, OutboxState.FAILED}.isdisjoint(seen["state"])


def test_what_is_counted_shows() -> None:
    metrics = Metrics()
    metrics.received({"update_id": 1, "message": {"text": "words"}}, new=True)
    metrics.received({"update_id": 1, "message": {"text": "words"}}, new=False)
    metrics.received({"update_id": 2, "guest_message": {}}, new=True)
    metrics.done(UpdateEnd.ANSWERED)
    metrics.called("sendMessage", CallEnd.FLOOD)
    metrics.called("sendRichMessage", CallEnd.SENT)
    metrics.show_open([OpenRows("outbox", "queued", 2, 7.0)])
    metrics.show_webhook(WebhookInfo(5, None))
    metrics.show_overdue({Reason.REVIEW: 4})
    assert value(metrics, "updates_received_total", kind="message", known="new") == 1
    assert value(metrics, "updates_received_total", kind="message", known="duplicate") == 1
    assert value(metrics, "updates_received_total", kind="other", known="new") == 1
    assert value(metrics, "updates_done_total", result="answered") == 1
    assert value(metrics, "calls_total", method="sendMessage", result="flood") == 1
    assert value(metrics, "calls_total", method="other", result="sent") == 1
    assert value(metrics, "oldest_seconds", table="outbox", state="queued") == 7
    assert value(metrics, "open_rows", table="inbox", state="received") == 0
    assert value(metrics, "webhook_pending") == 5
    assert value(metrics, "webhook_error_seconds") == math.inf
    assert value(metrics, "knowledge_overdue", reason="review") == 4
    assert value(metrics, "knowledge_overdue", reason="expires") == 0


def test_what_was_never_looked_up_is_unknown() -> None:
    metrics = Metrics()
    assert math.isnan(value(metrics, "webhook_pending"))
    assert math.isnan(value(metrics, "open_rows", table="inbox", state="received"))
    assert math.isnan(value(metrics, "slots_held", role="worker"))


def test_two_bots_in_a_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.store_failures.inc()
    assert value(one, "store_failures_total") == 1
    assert value(other, "store_failures_total") == 0


def test_every_metric_is_documented() -> None:
    """The table in docs/watching.md names what is there, no more and no less."""
    page = (ROOT / "docs" / "watching.md").read_text("utf-8")
    named = {line.split("`")[1].partition("{")[0] for line in page.splitlines() if line.startswith("| `visabot_")}
    ends = ("_bucket", "_count", "_sum")
    there = {name for name, _ in BEFORE if name.startswith("visabot_") and not name.endswith(ends)}
    there |= {name.removesuffix("_bucket") for name, _ in BEFORE if name.endswith("_bucket")}
    assert named == there
