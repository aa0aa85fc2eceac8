"""A replica that is stopped in its tracks for longer than its lease, and goes on afterwards as if nothing had been."""

import asyncio
import signal
from collections.abc import Sequence

from bot.storage.shares import LEASE_SECONDS
from tests.drill.bench import Bench
from tests.drill.ledger import Ledger
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Freeze and thaw one replica after another, while long lanes are sent slowly: two work at the same lane then."""
    async with scene(bench, Way(replicas=3)) as stage:
        people = await stage.people(bench.few(24, 6))
        await stage.town.post("faults", method="sendmessage", times=0, when="before", delay=0.4)
        rounds, words = bench.few(8, 1), 12
        ledger = Ledger()
        late: float | None = 0.0
        for number in range(rounds):
            await talk(stage, people, words * len(people), 1000, ledger)
            await asyncio.sleep(bench.chance.uniform(0.5, 2))
            bot = stage.bots[number % len(stage.bots)]
            bot.signal(signal.SIGSTOP)
            await asyncio.sleep(LEASE_SECONDS + bench.chance.uniform(0.3, 2.5))
            bot.signal(signal.SIGCONT)
            late = await stage.settle()
        found = await stage.judge(ledger)
        strays = stage.figure("SELECT count(*) FROM outbox WHERE slot IS NULL AND state IN ('queued', 'sending')")
        checks = Checks()
        checks.problems += found.problems
        checks.that(late is not None, "something still waited after 120 s")
        checks.that(strays == 0, f"{strays} rows at their end stand as queued or sending")
        return [
            checks.outcome(
                "frozen replica",
                bench.engine,
                f"{rounds} × SIGSTOP for 5.3–7.5 s (leases of {LEASE_SECONDS:.0f} s) "
                f"amid lanes of {words} calls, 0.4 s each, "
                f"then SIGCONT; {found.said} updates",
                "0 lost, 0 turns twice, in order; a copy too many only where the row says so",
                f"{found.told}; all done {late or 0:.0f} s after the last thaw",
            )
        ]
