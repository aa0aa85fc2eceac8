"""Mode 11: an update whose handler always raises."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_MOST_TRIES = 5


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Some people send poison amid what they say; others talk all the time."""
    async with scene(bench, Way(replicas=2, webhook=True, staff=True)) as stage:
        ill, well = await stage.people(3), await stage.people(bench.few(10, 3))
        ledger = await talk(stage, ill, 9, 100)
        for person in ill:
            await person.say(f"poison {person.id}")
        ledger = await talk(stage, ill, 9, 100, ledger)
        talking = asyncio.create_task(talk(stage, well, bench.few(200, 20), 30, ledger))
        told = await stage.staff_hear("не смог обработать")
        await talking
        spent = await stage.settle()
        found = await stage.judge(ledger)
        rows = stage.rows("SELECT state, tries FROM inbox WHERE state = 'quarantined'")
        waits = await stage.deliveries()
        refused = sum(entry["status"] != 200 for entry in waits)
        checks = Checks(found.problems)
        checks.that(len(rows) == len(ill), f"{len(rows)} updates are quarantined, not {len(ill)}")
        checks.that(all(tries <= _MOST_TRIES for _, tries in rows), "more than five tries")
        checks.that(told is not None, "staff heard nothing in 60 s")
        checks.that(spent is not None, "something still waited after 120 s")
        checks.that(refused == 0, f"{refused} deliveries were not acknowledged")
        return [
            checks.outcome(
                "11 poison",
                bench.engine,
                f"{len(ill)} updates that always raise, {found.said} others around them",
                f"quarantined after at most {_MOST_TRIES} tries, the same chat goes on, staff are told",
                f"{len(rows)} quarantined after {max((tries for _, tries in rows), default=0)} tries, {found.told}; "
                f"staff told after {told or 0:.1f} s",
            )
        ]
