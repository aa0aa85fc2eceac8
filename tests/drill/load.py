"""People who talk: each word once, each person in order."""

import asyncio
import time
from collections.abc import Sequence

from tests.bot.rig import Person
from tests.drill.ledger import Ledger
from tests.drill.scene import Scene

__all__ = ["talk"]


async def talk(
    scene: Scene, people: Sequence[Person], updates: int, per_second: float, ledger: Ledger | None = None
) -> Ledger:
    """So many words, by people chosen at random, at this rate; gives who said what."""
    ledger = ledger if ledger is not None else Ledger()
    chance, begin = scene.bench.chance, time.monotonic()
    for number in range(updates):
        person = chance.choice(people)
        word = f"w{person.id}-{len(ledger.said[person.id])}"
        ledger.at_ms[word] = time.monotonic() * 1000
        await person.say(word)
        ledger.said[person.id].append(word)
        ahead = number / per_second - (time.monotonic() - begin)
        if ahead > 0:
            await asyncio.sleep(ahead)
    return ledger
