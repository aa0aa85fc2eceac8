"""Mode 12: taps that come late or twice."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_TAP_SECONDS = 151


async def drill(bench: Bench) -> Sequence[Outcome]:
    """An outage longer than a tap lives, and double presses."""
    return [await _late(bench), await _double(bench)]


async def _late(bench: Bench) -> Outcome:
    """The bot is away while taps arrive; the preview lets them grow too old, in seconds instead of minutes."""
    clock = bench.folder / f"tap-clock-{bench.engine}"
    clock.write_text("0")
    async with scene(bench, Way(1, arguments=("--clock", str(clock)))) as stage:
        people = await stage.people(bench.few(20, 4))
        for person in people:
            await person.say("button")
            await person.hear(1)
        await stage.settle()
        await stage.bots[0].kill()
        for person in people:
            await person.press(person.last_heard()["message_id"], "go:1")
        clock.write_text(str(_TAP_SECONDS))
        await stage.town.post("settings", callback_age=0)
        await stage.bots[0].start()
        spent = await stage.settle()
        for person in people:
            await person.say("by text")
        await stage.settle()
        pressed = followed = 0
        for person in people:
            await person.look()
            pressed += sum("pressed go:1" in text for text in person.heard) == 1
            followed += any("by text" in text for text in person.heard)
        failed = stage.figure("SELECT count(*) FROM outbox WHERE state = 'failed'")
        checks = Checks()
        checks.that(spent is not None, "something still waited after 120 s")
        checks.that(pressed == len(people), f"{len(people) - pressed} taps had no effect, or two")
        checks.that(followed == len(people), f"{len(people) - followed} people could not go on by text")
        return checks.outcome(
            "12 late taps",
            bench.engine,
            f"{len(people)} taps amid an outage of {_TAP_SECONDS} s (clock and the age of taps set, not waited for)",
            "each tap still has its one effect, in a message; people go on by text",
            f"{pressed} taps with one effect, {followed} went on by text, {failed} answers to taps too old",
        )


async def _double(bench: Bench) -> Outcome:
    async with scene(bench, Way(3, webhook=True)) as stage:
        people = await stage.people(bench.few(20, 4))
        for person in people:
            await person.say("button")
            await person.hear(1)
        await stage.settle()
        presses = (person.press(person.last_heard()["message_id"], "go:1") for person in people for _ in range(2))
        await asyncio.gather(*presses)
        spent = await stage.settle()
        answered = sum(entry["method"] == "answerCallbackQuery" for entry in await stage.sent())
        turns = 0
        for person in people:
            await person.look()
            turns += sum("pressed go:1" in text for text in person.heard)
        checks = Checks()
        checks.that(spent is not None, "something still waited after 120 s")
        checks.that(answered == 2 * len(people), f"{answered} of {2 * len(people)} presses were answered")
        checks.that(turns == 2 * len(people), f"{turns} turns for {2 * len(people)} presses")
        return checks.outcome(
            "12 double press",
            bench.engine,
            f"{len(people)} people press a button twice at once, {len(stage.bots)} process(es)",
            "every press answered, one turn each in order; that the second changes nothing is for the conversations",
            f"{answered} answered, {turns} turns",
        )
