"""Mode 2, the processes: killed at random points, stopped politely, and slow."""

import asyncio
import signal
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Scene, Way, scene

__all__ = ["drill"]

_PROMISED = "0 lost, 0 turns twice, in order; a copy too many only where the row says so"
_ACK_SECONDS = 1.0


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Kills over polling, over the webhook, and a slow worker."""
    return [await _killed(bench, webhook=False), await _killed(bench, webhook=True), await _slow(bench)]


async def _killed(bench: Bench, *, webhook: bool) -> Outcome:
    async with scene(bench, Way(replicas=3, webhook=webhook)) as stage:
        people = await stage.people(bench.few(40, 5))
        talking = asyncio.create_task(talk(stage, people, bench.updates, bench.few(12, 20)))
        ends = {"killed": 0, "stopped": 0}
        while not talking.done():
            await asyncio.sleep(bench.chance.uniform(0.2, bench.few(3, 1)))
            await _end_one(stage, ends)
        ledger = await talking
        spent = await stage.settle()
        checks = Checks()
        checks.that(spent is not None, "something still waited 120 s after the last kill")
        found = await stage.judge(ledger)
        checks.problems += found.problems
        way = "webhook" if webhook else "polling"
        return checks.outcome(
            f"2 kills, {way}",
            bench.engine,
            f"{found.said} updates to {len(stage.bots)} process(es), {ends['killed']} × kill -9 and "
            f"{ends['stopped']} × SIGTERM at random points",
            _PROMISED,
            f"{found.told}; all done {spent or 0:.0f} s after the last",
        )


async def _end_one(stage: Scene, ends: dict[str, int]) -> None:
    """End a process at whatever point it is, and start it again; the others work meanwhile."""
    chance = stage.bench.chance
    bot = chance.choice(stage.bots)
    if chance.random() < 0.8:
        await bot.kill()
        ends["killed"] += 1
    else:
        await bot.stop()
        ends["stopped"] += 1
    await bot.start(wait=chance.random() < 0.8)
    if bot.runs and chance.random() < 0.2:
        bot.signal(signal.SIGKILL)  # while it starts
        await bot.wait()
        await bot.start()
    elif bot.runs:
        await bot.ready()


async def _slow(bench: Bench) -> Outcome:
    """Each turn takes long; on PostgreSQL the acknowledging processes are others than the answering ones."""
    roles = (("web",), ("worker", "sender"), ("worker", "sender"))
    seconds = 0.1 if bench.is_shared else 0.02  # on a file answering and acknowledging share one process
    way = Way(3, webhook=True, arguments=("--turn-seconds", str(seconds)), roles=roles)
    async with scene(bench, way) as stage:
        if bench.is_shared:
            await stage.balance(stage.ports[:1])
        people = await stage.people(bench.few(20, 5))
        ledger = await talk(stage, people, bench.few(300, 30), 20)
        spent = await stage.settle(300)
        found = await stage.judge(ledger)
        acks = sorted(entry["ms"] for entry in await stage.deliveries() if entry["status"] == 200)
        p99 = acks[int(len(acks) * 0.99)] / 1000
        checks = Checks()
        checks.problems += found.problems
        checks.that(spent is not None, "something still waited after 300 s")
        checks.that(p99 < _ACK_SECONDS, f"the 99th percentile of an acknowledgement was {p99:.2f} s")
        return checks.outcome(
            "2 slow worker",
            bench.engine,
            f"{found.said} updates at 20/s, each turn takes {seconds} s of its process",
            f"{_PROMISED}; acknowledged within {_ACK_SECONDS:.0f} s (99 %)",
            f"{found.told}; ack p50 {acks[len(acks) // 2]:.0f} ms, p99 {1000 * p99:.0f} ms, longest {acks[-1]:.0f} ms",
        )
