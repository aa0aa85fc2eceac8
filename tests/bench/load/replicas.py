"""Several processes of the product on one PostgreSQL: what they do together, and whether transcripts stay right."""

import asyncio
from collections.abc import Collection

from tests.bench.load.bench import Bench
from tests.bench.load.bots import POSTGRES
from tests.bench.load.measure import PATIENCE, closed_loop
from tests.bench.load.processes import BOT_CORES, SERVER_CORES
from tests.bench.load.report import Table

__all__ = ["measure_replicas"]

_COLUMNS = {"updates/s": 0, "CPU ms": 2, "database CPU ms": 2, "RSS MB": 0, "dialogs": 0, "wrong": 0}


async def measure_replicas(bench: Bench) -> None:
    """Each number of processes in turn, as often as there are rounds. They share all cores with the server."""
    plan, cores = bench.plan, BOT_CORES | SERVER_CORES
    title = f"Replicas on one PostgreSQL, all on {len(cores)} cores, {plan.people} people"
    table = bench.report.table(title, _COLUMNS)
    for _ in range(plan.rounds if plan.wants(POSTGRES) else 0):
        for replicas in plan.replicas:
            with bench.report.surviving(f"{title}: {replicas}"):
                await _once(bench, table, replicas, cores)


async def _once(bench: Bench, table: Table, replicas: int, cores: Collection[int]) -> None:
    plan = bench.plan
    async with bench.bot(POSTGRES, replicas=replicas, cores=cores) as (crowd, running):
        await asyncio.sleep(running.start_seconds)  # the first one polls: let the others begin
        fast = await closed_loop(crowd, running, plan.people, plan.warm, plan.seconds)
        await crowd.drain(PATIENCE)
        memory = running.memory()
    name = f"{replicas} processes" if replicas > 1 else "1 process"
    wrong = bench.report.note(f"{table.title}: {name}", crowd.problems())
    figures = {"RSS MB": memory, "dialogs": len(crowd.visitors), "wrong": wrong}
    table.add(name, {**fast.figures(POSTGRES), **figures})
