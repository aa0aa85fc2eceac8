"""The clock of the machine jumps forward and back by an hour."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_HOUR = 3600


async def drill(bench: Bench) -> Sequence[Outcome]:
    """All processes share the wrong clock; the pace is on, as it lives by the clock."""
    file = bench.folder / f"clock-{bench.engine}"
    file.write_text("0")
    way = Way(2, webhook=True, rates=True, arguments=("--clock", str(file), "--rates"))
    async with scene(bench, way) as stage:
        people = await stage.people(bench.few(20, 4))
        jumps = (_HOUR, 0, -_HOUR, 0)
        seconds = bench.few(8, 2)
        talking = asyncio.create_task(talk(stage, people, len(jumps) * seconds * 5, 5))
        for jump in jumps:
            await asyncio.sleep(seconds)
            file.write_text(str(jump))
        ledger = await talking
        spent = await stage.settle()
        found = await stage.judge(ledger)
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 120 s")
        return [
            checks.outcome(
                "clock jumps",
                bench.engine,
                f"an hour forward, back, an hour back, forward again, amid {found.said} updates with the pace on",
                "0 lost, nothing waits for the clock to come back",
                f"{found.told}; all done {spent or 0:.0f} s after the last",
            )
        ]
