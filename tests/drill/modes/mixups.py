"""Mode 17: many dialogs at once, and no word to the wrong chat."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.ledger import Ledger
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Everybody talks at the same time; calls take up to a second, one replica dies meanwhile and comes back."""
    async with scene(bench, Way(replicas=3, webhook=True)) as stage:
        people = await stage.people(bench.few(500, 40))
        words = bench.few(4, 2)
        for delay in (0.05, 0.3, 1.0):
            order = {"times": 0, "chance": 0.3, "seed": bench.chance.randrange(10**6), "delay": delay}
            await stage.town.post("faults", method="sendmessage", **order)
        ledger = Ledger()
        doors = asyncio.Semaphore(32)

        async def dialog(number: int) -> None:
            person = people[number]
            for place in range(words):
                async with doors:
                    word = f"secret-of-{person.id}-{place}"
                    await person.say(word)
                    ledger.said[person.id].append(word)

        talking = asyncio.gather(*(dialog(number) for number in range(len(people))))
        await asyncio.sleep(1)
        await stage.bots[-1].kill()
        await stage.bots[-1].start()
        await talking
        spent = await stage.settle(300)
        found = await stage.judge(ledger)
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 300 s")
        return [
            checks.outcome(
                "17 mix-up",
                bench.engine,
                f"{len(people)} dialogs of {words} updates interleaved over {len(stage.bots)} process(es), calls of "
                "0–1 s, one kill -9",
                "0 messages to the wrong chat",
                f"{found.stray} to the wrong chat, {found.told}",
            )
        ]
