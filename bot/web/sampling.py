"""Figures that are looked up when somebody asks for the metrics, instead of being counted all day."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.logs import describe
from bot.metrics import Metrics
from bot.web.replies import text_reply

__all__ = ["Sampler", "metrics_route"]

_log = logging.getLogger(__name__)

_SAMPLE_SECONDS = 2.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sampler(Generic[T]):
    """Reads figures and shows them; `show(None)` is called when they could not be read."""

    name: str
    read: Callable[[], Awaitable[T]]
    show: Callable[[T | None], None]

    async def sample(self, seconds: float) -> None:
        """Read and show; what takes longer than `seconds` counts as not readable."""
        try:
            async with asyncio.timeout(seconds):
                found: T | None = await self.read()
        except Exception as error:
            _log.warning("metrics: %s: %s; shown as unknown", self.name, describe(error))
            found = None
        self.show(found)


def metrics_route(metrics: Metrics, samplers: Sequence[Sampler[Any]], seconds: float = _SAMPLE_SECONDS) -> Route:
    """The page in Prometheus's text format."""
    one_at_a_time = asyncio.Lock()

    async def page(_: Request) -> Response:
        async with one_at_a_time:  # those who ask together cost the database no more than one
            await asyncio.gather(*(sampler.sample(seconds) for sampler in samplers))
            return text_reply(generate_latest(metrics.registry), CONTENT_TYPE_LATEST)

    return Route("/metrics", page)
