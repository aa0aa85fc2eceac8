"""What an experiment works with: the plan, the script, a database server, and bots that are started one at a time."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.bench.load.bots import Bot, Database, Running, database_for, started
from tests.bench.load.people import Crowd
from tests.bench.load.processes import BOT_CORES
from tests.bench.load.report import Report
from tests.bench.load.script import Script
from tests.postgres import Postgres

__all__ = ["Bench", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often is measured.

    Rounds, and seconds of each measurement after `warm` seconds; `people` talk at once in the closed loop. `rate` is
    that of the fixed-rate runs, in updates a second; a bot that cannot take it gets half of what it can. `only` are
    words of the names of bots; none for all.
    """

    rounds: int = 3
    warm: float = 2.0
    seconds: float = 8.0
    people: int = 100
    rate: float = 140.0
    distances: tuple[float, ...] = (0.0, 0.05)
    sizes: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    replicas: tuple[int, ...] = (1, 2, 4)
    only: tuple[str, ...] = ()

    def wants(self, bot: Bot) -> bool:
        """Whether the bot is to be measured."""
        return not self.only or any(word.casefold() in bot.name.casefold() for word in self.only)


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of one experiment."""

    plan: Plan
    script: Script
    server: Postgres
    report: Report

    @asynccontextmanager
    async def bot(
        self,
        bot: Bot,
        distance: float = 0.0,
        database: Database | None = None,
        replicas: int = 1,
        cores: Collection[int] = BOT_CORES,
    ) -> AsyncIterator[tuple[Crowd, Running]]:
        """A bot at work and the people before it; without a `database`, on an empty one."""
        crowd = Crowd(self.script, distance)
        await crowd.api.start()
        async with (
            database_for(bot, self.server) as empty,
            started(bot, crowd.api, self.script, database or empty, replicas, cores) as running,
        ):
            yield crowd, running
