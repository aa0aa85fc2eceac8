"""What the tests of the web side share: a running app, and figures out of its metrics."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from bot.web import Webhook, WebServer, create_web, serving

__all__ = ["PATH", "SECRET", "Inbox", "raw_answer", "running", "series", "value"]

SECRET = "a_secret-of-the-webhook"
PATH = "/telegram/4200"


class Inbox:
    """Stores updates, or fails as it is told. `gate` closed: the store does not answer."""

    def __init__(self) -> None:
        self.stored: list[Mapping[str, Any]] = []
        self.failure: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store updates."""
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        self.stored += updates


@asynccontextmanager
async def running(metrics: Metrics, inbox: Inbox) -> AsyncIterator[str]:
    """The address of the webhook of a running app."""
    app = create_web(metrics, webhook=Webhook.at(f"https://bot.example{PATH}", SECRET, inbox.receive))
    async with serving(WebServer(app), "127.0.0.1", 0) as address:
        yield address + PATH


async def raw_answer(url: str, head: str, body: bytes = b"") -> bytes:
    """What comes back for bytes as they are, until the other side hangs up."""
    host, _, port = url.removeprefix("http://").partition("/")[0].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(head.replace("\n", "\r\n").encode() + body)
        await writer.drain()
        return await reader.read()
    finally:
        writer.close()


def series(page: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Every figure of a page of metrics."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def value(metrics: Metrics, name: str, **labels: str) -> float:
    """One figure; KeyError when there is no such series."""
    found = metrics.registry.get_sample_value(f"visabot_{name}", labels)
    if found is None:
        raise KeyError(name, labels)
    return found
