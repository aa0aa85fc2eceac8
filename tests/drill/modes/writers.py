"""Mode 13: many writers on one database at the same time."""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bot.many_writers import WRITERS, WRITES
from tests.bot.rig import settings_for, table
from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.programs import ROOT
from tests.drill.scene import database_of

__all__ = ["drill"]

_PROCESSES = 5


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Fifty writers in five processes, as often as the run is long."""
    folder = Path(tempfile.mkdtemp(prefix="writers-", dir=bench.folder))
    with database_of(bench, folder) as database:
        rounds, checks, words = bench.few(10, 1), Checks(), ""
        names = {name: value for name, value in settings_for(database).items() if value is not None}
        for number in range(rounds):
            programs = []
            for place in range(_PROCESSES):
                programs.append(
                    await asyncio.create_subprocess_exec(
                        sys.executable,
                        "-m",
                        "tests.bot.many_writers",
                        str(number * _PROCESSES + place),
                        cwd=folder,
                        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **names},
                        stdin=asyncio.subprocess.PIPE,
                        stdout=asyncio.subprocess.PIPE,
                        stderr=asyncio.subprocess.PIPE,
                    )
                )
                first = programs[-1].stdout
                assert first is not None
                await first.readline()
            ends = await asyncio.gather(*(program.communicate(b"go\n") for program in programs))
            words += "".join(errors.decode() for _, errors in ends)
            checks.that(all(program.returncode == 0 for program in programs), "a writer ended with an error")
        ((rows,),) = table(database, "SELECT count(*) FROM inbox")
        due = rounds * _PROCESSES * WRITERS * WRITES
        checks.that(rows == due, f"{rows} rows of {due}")
        locked = words.count("locked")
        checks.that(not words, f"errors: {words[-300:]}")
        return [
            checks.outcome(
                "13 writers",
                bench.engine,
                f"{rounds} × {_PROCESSES * WRITERS} writers in {_PROCESSES} processes, {due} transactions",
                "0 errors surface, nothing is lost",
                f"{rows} rows of {due}, {locked} × “locked”",
            )
        ]
