"""Health, metrics and everything around them."""

import asyncio
import math
import socket
from collections.abc import Sequence

import aiohttp
import pytest

from bot.errors import StartError
from bot.metrics import Metrics, OpenRows
from bot.web import Sampler, Webhook, WebServer, create_web, health, sampling, serving
from tests.bot.web.stage import PATH, SECRET, Inbox, running, series


async def _fine() -> None:
    return


async def _broken() -> None:
    raise ConnectionError("postgresql://user:password@db")


async def _hangs() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("checks", "status", "states"),
    [
        ({}, 200, {}),
        ({"database": _fine, "telegram": _fine}, 200, {"database": "ok", "telegram": "ok"}),
        ({"database": _broken, "telegram": _fine}, 503, {"database": "failed", "telegram": "ok"}),
        ({"database": _hangs}, 503, {"database": "late"}),
    ],
)
async def test_ready_is_what_all_checks_say(
    metrics: Metrics,
    http: aiohttp.ClientSession,
    monkeypatch: pytest.MonkeyPatch,
    checks: dict[str, health.Check],
    status: int,
    states: dict[str, str],
) -> None:
    monkeypatch.setattr(health.health_routes, "__defaults__", (0.01,))
    ready = {"ready": status == 200, "checks": states}
    async with serving(WebServer(create_web(metrics, checks=checks)), "127.0.0.1", 0) as address:
        async with http.get(f"{address}/healthz/live") as answer:
            assert (answer.status, await answer.json()) == (200, {"live": True})
        async with http.get(f"{address}/healthz/ready") as answer:
            assert (answer.status, await answer.json()) == (status, ready)
        async with http.get(f"{address}/healthz") as answer:
            assert (answer.status, await answer.json()) == (status, {"live": True, **ready})


async def test_a_state_is_logged_when_it_changes(
    metrics: Metrics, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.web.health")
    faults = [True, True, False]

    async def database() -> None:
        if faults.pop(0):
            raise ConnectionError("secret words")

    async with serving(WebServer(create_web(metrics, checks={"database": database})), "127.0.0.1", 0) as address:
        for _ in range(3):
            async with http.get(f"{address}/healthz/ready"):
                pass
    told = [record.getMessage() for record in caplog.records if record.name == "bot.web.health"]
    assert len(told) == 2
    assert told[0].startswith("health: database: failed: ConnectionError at web/test_web.py:")
    assert told[1] == "health: database: ok: again as it should be"


async def test_gauges_are_looked_up_when_somebody_asks(
    metrics: Metrics, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling.metrics_route, "__defaults__", (0.01,))
    looks: list[Sequence[OpenRows] | Exception | None] = [
        [OpenRows("inbox", "received", 3, 12.5)],
        ConnectionError("gone"),
        None,  # no answer in time
        [],
    ]

    async def look() -> Sequence[OpenRows]:
        found = looks.pop(0)
        if isinstance(found, Exception):
            raise found
        if found is None:
            await asyncio.Event().wait()
        return found or ()

    async def slots() -> dict[str, int]:
        return {"worker": 64}

    samplers = (Sampler("open rows", look, metrics.show_open), Sampler("slots", slots, metrics.show_slots))
    name = ("visabot_oldest_seconds", frozenset({("table", "inbox"), ("state", "received")}))
    seen = []
    async with serving(WebServer(create_web(metrics, samplers=samplers)), "127.0.0.1", 0) as address:
        for _ in range(4):
            async with http.get(f"{address}/metrics") as answer:
                assert answer.content_type == "text/plain"
                page = series(await answer.text())
            seen.append(page[name])
            assert page["visabot_slots_held", frozenset({("role", "worker")})] == 64
    assert seen[0] == 12.5
    assert all(math.isnan(figure) for figure in seen[1:3])
    assert seen[3] == 0


async def test_every_answer_is_guarded_and_says_nothing_of_the_server(
    metrics: Metrics, http: aiohttp.ClientSession
) -> None:
    async with running(metrics, Inbox()) as url:
        address = url.removesuffix(PATH)
        for path, status in {"/healthz": 200, "/metrics": 200, "/": 404, "/metrics/": 404, PATH: 405}.items():
            async with http.get(address + path, allow_redirects=False) as answer:
                assert answer.status == status, path
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] == "no-store"
                assert "Server" not in answer.headers
                if status == 404:
                    assert await answer.json() == {"error": "not found"}


async def test_without_a_webhook_there_is_no_such_path(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    async with (
        serving(WebServer(create_web(metrics)), "127.0.0.1", 0) as address,
        http.post(address + PATH) as answer,
    ):
        assert answer.status == 404


async def test_a_fault_of_ours_tells_nothing(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    def show(_: object) -> None:
        raise ValueError("a secret")

    app = create_web(metrics, samplers=(Sampler("broken", _fine, show),))
    async with serving(WebServer(app), "127.0.0.1", 0) as address, http.get(f"{address}/metrics") as answer:
        assert (answer.status, await answer.read()) == (500, b"")


async def test_a_busy_port_is_said_with_its_repair(metrics: Metrics) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"^HOST, PORT: 127\.0\.0\.1:{port}: .*; choose another port"):
            async with serving(WebServer(create_web(metrics)), "127.0.0.1", port):
                pass


async def test_the_end_waits_for_the_answer_at_hand_and_frees_the_port(
    metrics: Metrics, http: aiohttp.ClientSession
) -> None:
    inbox = Inbox()
    inbox.gate.clear()
    arrived = asyncio.Event()

    async def receive(updates: Sequence[object]) -> None:
        arrived.set()
        await inbox.gate.wait()

    app = create_web(metrics, webhook=Webhook(PATH, SECRET, receive))
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with serving(WebServer(app), "127.0.0.1", 0) as address:
        call = asyncio.create_task(http.post(address + PATH, json={"update_id": 1}, headers=headers).__aenter__())
        await arrived.wait()
        ending = asyncio.create_task(_open_when_deaf(inbox.gate, address))
    await ending
    async with await call as answer:
        assert answer.status == 200
    port = int(address.rpartition(":")[2])
    async with serving(WebServer(create_web(metrics)), "127.0.0.1", port):
        pass


async def _open_when_deaf(gate: asyncio.Event, address: str) -> None:
    """Let the store answer when the server takes no new connections any more."""
    host, _, port = address.removeprefix("http://").partition(":")
    while True:
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except ConnectionError:
            break
        writer.close()
    gate.set()


async def test_it_answers_over_ipv6_too(metrics: Metrics, http: aiohttp.ClientSession) -> None:
    if not _has_ipv6():
        pytest.skip("this machine has no ::1")
    async with serving(WebServer(create_web(metrics)), "::1", 0) as address, http.get(f"{address}/healthz") as answer:
        assert address.startswith("http://[::1]:")
        assert answer.status == 200


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False
