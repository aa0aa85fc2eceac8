"""Harm on purpose: `python -m tests.drill [mode …]`. Real processes, real kills, real databases, real HTTP.

Prints one Markdown table; the exit code is 1 where a promise was broken.
"""

import argparse
import asyncio
import contextlib
import random
import secrets
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.drill.bench import Bench
from tests.drill.outcome import Outcome, as_json, as_markdown
from tests.drill.plan import MODES
from tests.drill.programs import Logs
from tests.postgres import Postgres, postgres

__all__ = ["run"]

_ENGINES = ("sqlite", "postgresql")


async def run(
    names: Sequence[str], engines: Sequence[str], updates: int, quick: bool, seed: int, server: Postgres | None
) -> list[Outcome]:
    """Every mode on every engine, one after the other; a mode that falls over has failed."""
    logs = Logs()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="visabot-drill-", ignore_cleanup_errors=True) as folder:
        for name in names:
            for engine in engines:
                chance = random.Random(f"{seed} {name} {engine}")
                base = server if engine == "postgresql" else None
                bench = Bench(engine, updates, quick, chance, Path(folder), base, logs)
                begin = time.monotonic()
                found = await _survived(name, bench)
                outcomes += found
                broken = "; ".join(f"{one.mode}: {problem}" for one in found for problem in one.problems)
                spent = f"{time.monotonic() - begin:.0f} s"
                print(f"{name}, {engine}: {spent}: {broken or 'pass'}", file=sys.stderr, flush=True)
    return list(dict.fromkeys(outcomes))  # what waits does so on every engine, and is told once


async def _survived(name: str, bench: Bench) -> Sequence[Outcome]:
    try:
        return await MODES[name](bench)
    except Exception as error:
        traceback.print_exc()
        told = f"{type(error).__name__}: {str(error)[:300]}"
        return [Outcome(name, bench.engine, "–", "–", "the drill fell over", False, (told,))]


@contextlib.contextmanager
def _server(engines: Sequence[str]) -> Iterator[Postgres | None]:
    if "postgresql" not in engines:
        yield None
        return
    with postgres(durable=True) as server:
        yield server


def main() -> None:
    """Drill and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modes", nargs="*", metavar="mode", help=f"{', '.join(MODES)}; without: all")
    parser.add_argument("--engine", choices=(*_ENGINES, "both"), default="both")
    parser.add_argument("--updates", type=int, help="of the large drills")
    parser.add_argument("--quick", action="store_true", help="small figures: does everything still work?")
    parser.add_argument("--seed", type=int, help="chooses the random points; printed")
    parser.add_argument("--json", type=Path, metavar="FILE")
    given = parser.parse_args()
    if unknown := set(given.modes) - set(MODES):
        parser.error(f"{', '.join(sorted(unknown))}: no such mode; there are {', '.join(MODES)}")
    seed = given.seed if given.seed is not None else secrets.randbelow(10**6)
    updates = given.updates if given.updates is not None else (40 if given.quick else 1000)
    engines = _ENGINES if given.engine == "both" else (given.engine,)
    with _server(engines) as server:
        names = given.modes or list(MODES)
        outcomes = asyncio.run(run(names, engines, updates, given.quick, seed, server))
    print(f"Seed {seed}.\n\n{as_markdown(outcomes)}")
    if given.json is not None:
        given.json.write_text(as_json(seed, outcomes), "utf-8")
    sys.exit(any(one.passed is False for one in outcomes))


if __name__ == "__main__":
    main()
