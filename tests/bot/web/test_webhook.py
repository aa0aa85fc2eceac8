"""Telegram's webhook: nothing is acknowledged that is not stored, and nobody else gets in."""

import asyncio
import io
import json
import logging
from typing import Any

import aiohttp
import httpx
import pytest

from bot.errors import StartError
from bot.logs import set_up_logging
from bot.metrics import Metrics
from bot.storage.writer import StoreUnavailableError
from bot.web import Webhook, create_web, webhook
from bot.web.webhook import MOST_BYTES
from tests.bot.specimen import NUMBER, SURNAME
from tests.bot.web.stage import PATH, SECRET, Inbox, raw_answer, running, value

HEADER = "X-Telegram-Bot-Api-Secret-Token"
GOOD = {HEADER: SECRET}
UPDATE: dict[str, Any] = {"update_id": 7, "message": {"text": f"I am {SURNAME}, {NUMBER}"}}


async def test_an_update_is_stored_and_acknowledged(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    inbox = Inbox()
    async with running(metrics, inbox) as url, http.post(url, json=UPDATE, headers=GOOD) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert inbox.stored == [UPDATE]
    assert value(metrics, "webhook_answers_total", status="200") == 1
    assert value(metrics, "webhook_ack_seconds_count") == 1


@pytest.mark.parametrize(
    "headers",
    [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: "ключ"}, {"Authorization": SECRET}],
)
async def test_without_the_secret_nothing_is_read(
    metrics: Metrics, http: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    inbox = Inbox()
    async with running(metrics, inbox) as url, http.post(url, json=UPDATE, headers=headers) as answer:
        assert (answer.status, await answer.read()) == (403, b"")
    assert inbox.stored == []
    assert value(metrics, "webhook_answers_total", status="403") == 1


@pytest.mark.parametrize("failure", [StoreUnavailableError("disk full"), RuntimeError("a fault"), ValueError("x")])
async def test_what_cannot_be_stored_is_asked_for_again(
    metrics: Metrics, http: aiohttp.ClientSession, failure: Exception
) -> None:
    inbox = Inbox()
    inbox.failure = failure
    async with running(metrics, inbox) as url:
        async with http.post(url, json=UPDATE, headers=GOOD) as answer:
            assert (answer.status, answer.headers["Retry-After"], await answer.read()) == (503, "1", b"")
        inbox.failure = None
        async with http.post(url, json=UPDATE, headers=GOOD) as answer:
            assert answer.status == 200
    assert inbox.stored == [UPDATE]


async def test_a_store_that_does_not_answer_keeps_telegram_waiting_for_no_minute(
    metrics: Metrics, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook.webhook_route, "__defaults__", (0.01,))
    inbox = Inbox()
    inbox.gate.clear()
    async with running(metrics, inbox) as url, http.post(url, json=UPDATE, headers=GOOD) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert inbox.stored == []


async def test_one_that_waits_for_the_store_holds_up_nobody(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    inbox = Inbox()
    inbox.gate.clear()
    async with running(metrics, inbox) as url:
        first = asyncio.create_task(_post(http, url, {"update_id": 1}))
        async with http.get(url.removesuffix(PATH) + "/healthz/live") as answer:
            assert answer.status == 200
        assert not first.done()
        inbox.gate.set()
        assert await first == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[1]",
        b"7",
        b'{"message": {}}',
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.5}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b"[" * 200_000,
    ],
)
async def test_what_is_no_update_is_dropped_and_counted(
    metrics: Metrics, http: aiohttp.ClientSession, body: bytes
) -> None:
    """Any other answer would bring it back for a day, and the chat behind it would wait."""
    inbox = Inbox()
    async with running(metrics, inbox) as url, http.post(url, data=body, headers=GOOD) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert inbox.stored == []
    assert value(metrics, "webhook_unreadable_total") == 1


async def test_the_largest_update_is_taken_and_one_byte_more_is_not(
    metrics: Metrics, http: aiohttp.ClientSession
) -> None:
    inbox = Inbox()
    largest = json.dumps({"update_id": 7, "x": ""}).encode()
    largest = largest.replace(b'""', b'"' + b"y" * (MOST_BYTES - len(largest)) + b'"')
    async with running(metrics, inbox) as url:
        async with http.post(url, data=largest, headers=GOOD) as answer:
            assert answer.status == 200
        announced = f"POST {PATH} HTTP/1.1\nHost: x\n{HEADER}: {SECRET}\nContent-Length: {MOST_BYTES + 1}\n\n"
        assert (await raw_answer(url, announced)).startswith(b"HTTP/1.1 413 ")  # without a byte of the body
        unannounced = f"POST {PATH} HTTP/1.1\nHost: x\n{HEADER}: {SECRET}\nTransfer-Encoding: chunked\n\n"
        part = b"10000\r\n" + b"z" * 0x10000 + b"\r\n"
        answered = await raw_answer(url, unannounced, part * (MOST_BYTES // 0x10000) + b"1\r\nz\r\n")
        assert answered.startswith(b"HTTP/1.1 413 ")
        assert answered.endswith(b"\r\n\r\n")
    assert len(inbox.stored) == 1


async def test_a_server_that_believes_the_announced_length_changes_nothing(metrics: Metrics) -> None:
    """Behind another server than ours the header may say less than what comes."""
    inbox = Inbox()
    app = create_web(metrics, webhook=Webhook(PATH, SECRET, inbox.receive))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        headers = {**GOOD, "content-length": "5"}
        answer = await client.post(PATH, content=b"z" * (MOST_BYTES + 1), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(metrics: Metrics, http: aiohttp.ClientSession, method: str) -> None:
    async with running(metrics, Inbox()) as url, http.request(method, url, headers=GOOD) as answer:
        assert (answer.status, answer.headers["Allow"], await answer.read()) == (405, "POST", b"")


async def test_the_log_tells_neither_secret_nor_words(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    set_up_logging("DEBUG", (), stream)
    inbox = Inbox()
    try:
        async with running(metrics, inbox) as url:
            await _post(http, url, UPDATE)
            async with http.post(url, data=f"{SURNAME} {NUMBER}", headers=GOOD) as answer:
                assert answer.status == 200
            async with http.post(url, json=UPDATE, headers={HEADER: "wrong-secret"}) as answer:
                assert answer.status == 403
            inbox.failure = ValueError(f"cannot store {SURNAME}")
            await _post(http, url, UPDATE)
            await raw_answer(url, f"{SURNAME}\n\n")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    told = stream.getvalue()
    assert "could not be stored: ValueError" in told
    assert "no update" in told
    assert "Invalid HTTP request received." in told  # the server's own words pass the redaction too
    for word in (SECRET, "wrong-secret", SURNAME, NUMBER, PATH):
        assert word not in told, word


@pytest.mark.parametrize("path", ["", "hook", "/metrics", "/healthz/", "/healthz/live", "/bot{token}"])
def test_a_path_that_cannot_be_used_is_refused(path: str) -> None:
    with pytest.raises(StartError, match=r"^WEBHOOK_URL: the path"):
        Webhook(path, SECRET, Inbox().receive)


@pytest.mark.parametrize("secret", ["", "two words", "ключ", "s" * 257])
def test_without_a_usable_secret_there_is_no_webhook(secret: str) -> None:
    with pytest.raises(StartError, match=rf"^WEBHOOK_SECRET: a value of {len(secret)} characters") as refusal:
        Webhook(PATH, secret, Inbox().receive)
    assert not secret or secret not in str(refusal.value)


def test_the_path_is_that_of_the_address() -> None:
    assert Webhook.at("https://bot.example", SECRET, Inbox().receive).path == "/"
    assert Webhook.at("https://bot.example/a%20b/c?d=e", SECRET, Inbox().receive).path == "/a b/c"
    assert SECRET not in repr(Webhook.at("https://bot.example/x", SECRET, Inbox().receive))


async def _post(http: aiohttp.ClientSession, url: str, update: dict[str, Any]) -> int:
    async with http.post(url, json=update, headers=GOOD) as answer:
        return answer.status
