"""The dialog of six questions: throughput with as many people as talk at once, and latency at a fixed rate."""

from collections.abc import Sequence

from tests.bench.load.bench import Bench
from tests.bench.load.bots import BOTS, SQLITE, Bot
from tests.bench.load.measure import PATIENCE, at_rate, closed_loop
from tests.bench.load.report import Table

__all__ = ["measure_dialog", "measure_typed"]

_COLUMNS = {
    "updates/s": 0,
    "CPU ms": 2,
    "database CPU ms": 2,
    "at /s": 0,
    "p50 ms": 1,
    "p99 ms": 1,
    "p99 ms from the tap": 1,
    "RSS MB": 0,
    "start s": 1,
    "dialogs": 0,
    "wrong": 0,
    "load CPU ms": 2,
}

_MARGIN = 1.25
"""How much more than the fixed rate a bot must be able to take, so that the rate is not its end."""


async def measure_dialog(bench: Bench) -> None:
    """All bots in turn, as often as there are rounds, near and far from the Bot API."""
    for distance in bench.plan.distances:
        far = f"{distance * 1000:.0f} ms from the Bot API" if distance else "beside the Bot API"
        title = f"Six questions with buttons, {bench.plan.people} people, {far}"
        await _rounds(bench, bench.report.table(title, _COLUMNS), BOTS, distance)


async def measure_typed(bench: Bench) -> None:
    """The product alone, with typed answers."""
    title = f"The same questions, answers typed, {bench.plan.people} people, beside the Bot API"
    await _rounds(bench, bench.report.table(title, _COLUMNS), (SQLITE,), 0.0)


async def _rounds(bench: Bench, table: Table, bots: Sequence[Bot], distance: float) -> None:
    for _ in range(bench.plan.rounds):
        for bot in filter(bench.plan.wants, bots):
            with bench.report.surviving(f"{table.title}: {bot.name}"):
                await _once(bench, table, bot, distance)


async def _once(bench: Bench, table: Table, bot: Bot, distance: float) -> None:
    plan = bench.plan
    async with bench.bot(bot, distance) as (crowd, running):
        fast = await closed_loop(crowd, running, plan.people, plan.warm, plan.seconds)
        await crowd.drain(PATIENCE)
        rate = plan.rate if fast.updates > _MARGIN * plan.rate else max(fast.updates / 2, 1.0)
        slow = await at_rate(crowd, rate, plan.warm, plan.seconds)
        memory = running.memory()
    table.add(
        bot.name,
        {
            **fast.figures(bot),
            "at /s": rate,
            "p50 ms": slow.p50,
            "p99 ms": slow.p99,
            "p50 ms from the tap": slow.tap_p50,
            "p99 ms from the tap": slow.tap_p99,
            "RSS MB": memory,
            "start s": running.start_seconds,
            "dialogs": len(crowd.visitors),
            "wrong": bench.report.note(f"{table.title}: {bot.name}", crowd.problems()),
        },
    )
