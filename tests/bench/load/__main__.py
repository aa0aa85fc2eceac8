"""The product under load, beside what others would have built: `python -m tests.bench.load [experiment …]`.

A minimal Bot API and the people run in this process; each bot runs in a fresh process of its own, on another core
where there are two. The product runs as it is, durable, with the real engine and the real flow `which_visa`; rate
rules are off. Every transcript is held against what the engine says: the right words after the right answer, nothing
twice, nothing missing. Prints Markdown; `--json` writes every figure of every round.
"""

import argparse
import asyncio
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.clock import day_in_kazakhstan, system_clock
from tests.bench.load.bench import Bench, Plan
from tests.bench.load.dialog import measure_dialog, measure_typed
from tests.bench.load.flood import measure_flood
from tests.bench.load.processes import SERVER_CORES
from tests.bench.load.replicas import measure_replicas
from tests.bench.load.report import Report
from tests.bench.load.script import tapped, typed
from tests.bench.load.stored import measure_stored
from tests.postgres import postgres

_QUICK = Plan(rounds=1, warm=1.0, seconds=3.0, distances=(0.0,), sizes=(1_000, 10_000), replicas=(1, 2))
_EXPERIMENTS = {
    "dialog": (measure_dialog, tapped),
    "typed": (measure_typed, typed),
    "flood": (measure_flood, tapped),
    "stored": (measure_stored, tapped),
    "replicas": (measure_replicas, tapped),
}


async def measure(names: list[str], plan: Plan, today: date) -> Report:
    """Run the experiments, one after the other."""
    report = Report()
    os.sched_setaffinity(0, SERVER_CORES)
    with postgres(durable=True) as server:
        for name in names:
            experiment, script = _EXPERIMENTS[name]
            await experiment(Bench(plan, script(today), server, report))
    return report


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("experiments", nargs="*", metavar="experiment", help=f"{', '.join(_EXPERIMENTS)}; without: all")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each measurement")
    parser.add_argument("--rate", type=float, help="updates a second of the fixed-rate runs")
    parser.add_argument("--distance", type=float, metavar="MS", help="of the dialog from the Bot API, in milliseconds")
    parser.add_argument("--only", action="append", metavar="WORD", help="bots whose names hold this word")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure of every round there")
    given = parser.parse_args()
    if unknown := set(given.experiments) - set(_EXPERIMENTS):
        parser.error(f"{', '.join(sorted(unknown))}: no such experiment; there are {', '.join(_EXPERIMENTS)}")
    base = _QUICK if given.quick else Plan()
    changed = {name: getattr(given, name) for name in ("rounds", "seconds", "rate") if getattr(given, name) is not None}
    if given.distance is not None:
        changed["distances"] = (given.distance / 1000,)
    plan = replace(base, **changed, only=tuple(given.only or ()))
    today = day_in_kazakhstan(system_clock())
    report = asyncio.run(measure(given.experiments or list(_EXPERIMENTS), plan, today))
    print(report.as_markdown())
    if given.json is not None:
        given.json.write_text(report.as_json(), "utf-8")


if __name__ == "__main__":
    main()
