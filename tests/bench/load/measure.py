"""Two ways to load a bot: as fast as it answers, and at a fixed rate."""

import asyncio
import statistics
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.load.bots import Bot, Running
from tests.bench.load.people import Crowd, Sample, Visitor

__all__ = ["PATIENCE", "Latency", "Throughput", "at_rate", "closed_loop", "latency"]

PATIENCE = 15.0
"""Seconds without any call after which what is still due counts as lost."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """Updates a second, and milliseconds of CPU an update: of the bot, of its database server, of the load itself."""

    updates: float
    bot_ms: float
    server_ms: float
    load_ms: float

    def figures(self, bot: Bot) -> dict[str, float]:
        """As columns of a table; a bot without a database server has no figure for one."""
        server = {"database CPU ms": self.server_ms} if bot.shared else {}
        return {"updates/s": self.updates, "CPU ms": self.bot_ms, **server, "load CPU ms": self.load_ms}


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds to the last call of an answer: from the handing out of the update, and from the tap."""

    count: int
    p50: float
    p99: float
    tap_p50: float
    tap_p99: float


async def closed_loop(crowd: Crowd, running: Running, people: int, warm: float, seconds: float) -> Throughput:
    """Each of `people` sends the next update when the answer to the last one is complete."""
    crowd.when_free = crowd.go_on
    for _ in range(people):
        crowd.go_on(crowd.arrive())
    await asyncio.sleep(warm)
    before, begin = _spent(running), time.perf_counter()
    seen = len(crowd.samples)
    await asyncio.sleep(seconds)
    after, end = _spent(running), time.perf_counter()
    answered = len(crowd.samples) - seen
    crowd.when_free = crowd.rest
    bot, server, load = (1000 * (late - early) / max(answered, 1) for late, early in zip(after, before, strict=True))
    return Throughput(answered / (end - begin), bot, server, load)


async def at_rate(crowd: Crowd, rate: float, warm: float, seconds: float) -> Latency:
    """`rate` updates a second, whatever comes back: the person who has waited longest goes on, or somebody new."""
    free: deque[Visitor] = deque()
    crowd.when_free = free.append
    begin = time.perf_counter()
    for number in range(int(rate * (warm + seconds))):
        if (wait := begin + number / rate - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        crowd.go_on(free.popleft() if free else crowd.arrive())
    await crowd.drain(PATIENCE)
    return latency(sample for sample in crowd.samples if sample.at - sample.since_tap >= begin + warm)


def latency(samples: Iterable[Sample]) -> Latency:
    """The middle and the end of what people have waited."""
    kept = list(samples)
    handed, tapped = [sample.since_handed for sample in kept], [sample.since_tap for sample in kept]
    return Latency(len(kept), *_middle_and_end(handed), *_middle_and_end(tapped))


def _middle_and_end(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in milliseconds."""
    if len(seconds) < 2:
        return float("nan"), float("nan")
    return 1000 * statistics.median(seconds), 1000 * statistics.quantiles(seconds, n=100, method="inclusive")[98]


def _spent(running: Running) -> tuple[float, float, float]:
    return running.cpu(), running.server_cpu(), time.process_time()
