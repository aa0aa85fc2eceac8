"""One chat says a great deal at once: what do the others feel of it?"""

import asyncio
import time
from typing import Any

from tests.bench.load.bench import Bench
from tests.bench.load.bots import BOTS, Bot, BotFailedError
from tests.bench.load.measure import PATIENCE, at_rate, latency
from tests.bench.load.people import Crowd, message
from tests.bench.load.report import Table
from tests.bench.load.script import BOT, HELP, told

__all__ = ["measure_flood"]

_MESSAGES = 400
_DISTANCE = 0.02
_RATE = 10.0
"""Updates a second of all others together: what even a bot that takes one at a time can do at this distance."""

_CHAT = 7_000_000_007
_COLUMNS = {
    "p50 ms alone": 0,
    "p99 ms alone": 0,
    "p50 ms beside the flood": 0,
    "p99 ms beside the flood": 0,
    "answers beside it": 0,
    "flood s": 1,
    "wrong": 0,
}


async def measure_flood(bench: Bench) -> None:
    """All bots in turn, as often as there are rounds. The milliseconds are those from the tap."""
    title = f"One chat sends {_MESSAGES} messages at once; others {_RATE:.0f}/s, {_DISTANCE * 1000:.0f} ms away"
    table = bench.report.table(title, _COLUMNS)
    for _ in range(bench.plan.rounds):
        for bot in filter(bench.plan.wants, BOTS):
            with bench.report.surviving(f"{table.title}: {bot.name}"):
                await _once(bench, table, bot)


async def _once(bench: Bench, table: Table, bot: Bot) -> None:
    plan = bench.plan
    async with bench.bot(bot, _DISTANCE) as (crowd, _):
        flooder = _Flooder(crowd)
        await flooder.come()
        alone = await at_rate(crowd, _RATE, plan.warm, plan.seconds)
        begin = time.perf_counter()
        flooder.flood()
        await at_rate(crowd, _RATE, 0.0, plan.seconds)
        await flooder.wait(PATIENCE)
        end = flooder.last_at
        beside = latency(sample for sample in crowd.samples if begin <= sample.at - sample.since_tap <= end)
    table.add(
        bot.name,
        {
            "p50 ms alone": alone.tap_p50,
            "p99 ms alone": alone.tap_p99,
            "p50 ms beside the flood": beside.tap_p50,
            "p99 ms beside the flood": beside.tap_p99,
            "answers beside it": beside.count,
            "flood s": end - begin,
            "wrong": bench.report.note(f"{table.title}: {bot.name}", [*crowd.problems(), *flooder.problems()]),
        },
    )


class _Flooder:
    """The chat that says so much: it opens a dialog, and then asks for help again and again."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._newest = 0
        self._answers = 0
        self._other: list[str] = []
        self._came = asyncio.Event()
        self.last_at = 0.0
        crowd.chats[_CHAT] = self

    async def come(self) -> None:
        """The first step of the dialog, and its answer."""
        self._say(self._crowd.script.steps[0].move)
        await self.wait(PATIENCE, answers=1)
        if not self._answers:
            raise BotFailedError("did not answer the first message of the flood")
        self._answers = 0

    def flood(self) -> None:
        """All messages at once."""
        for _ in range(_MESSAGES):
            self._say(HELP)

    async def wait(self, patience: float, answers: int = _MESSAGES) -> None:
        """Wait for all answers, until none has come for `patience` seconds."""
        while self._answers < answers:
            self._came.clear()
            try:
                await asyncio.wait_for(self._came.wait(), patience)
            except TimeoutError:
                return

    def take(self, method: str, parameters: dict[str, Any]) -> Any:
        """One answer."""
        came = told(method, parameters)
        self._answers += 1
        self._newest += 1
        self.last_at = time.perf_counter()
        self._came.set()
        if came.text not in (self._crowd.script.help, self._crowd.script.steps[0].told[0].text):
            self._other.append(f"the flood: {method} {came.text[:40]!r}")
        return {**message(_CHAT, self._newest, came.text), "from": BOT}

    def problems(self) -> list[str]:
        """What was wrong with the answers."""
        missing = [f"the flood: {self._answers} answers instead of {_MESSAGES}"] if self._answers != _MESSAGES else []
        return missing + self._other

    def _say(self, text: str) -> None:
        self._newest += 1
        self._crowd.api.put({"message": message(_CHAT, self._newest, text)})
