"""The bots that are measured, each started in a process of its own."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.storage.vault import new_key
from tests.bench.load.botapi import BotApi
from tests.bench.load.processes import BOT_CORES, cpu_seconds, resident_mb
from tests.bench.load.script import Script
from tests.postgres import Postgres

__all__ = ["BOTS", "POSTGRES", "SQLITE", "Bot", "BotFailedError", "Database", "Running", "database_for", "started"]

_START_SECONDS = 300.0
_STOP_SECONDS = 30.0


class BotFailedError(Exception):
    """A bot that did not start, or did not last; the others are measured all the same."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Its name in tables, its module, the variant of a peer; the product takes a database instead."""

    name: str
    module: str
    variant: str = ""
    shared: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it is the product."""
        return not self.variant


SQLITE = Bot("visabot, SQLite", "assistant")
POSTGRES = Bot("visabot, PostgreSQL", "assistant", shared=True)

BOTS = (
    SQLITE,
    POSTGRES,
    Bot("python-telegram-bot, default", "peer_ptb", "default"),
    Bot("python-telegram-bot, a lane for each chat, aiohttp", "peer_ptb", "lanes"),
    Bot("aiogram, default (a task for each update)", "peer_aiogram", "tasks"),
    Bot("aiogram, sequential", "peer_aiogram", "sequential"),
)


@dataclass(frozen=True, slots=True)
class Database:
    """An empty database for the product: its address, its key, and the server's first process where it has one."""

    address: str
    key: str
    pid: int | None


@dataclass(frozen=True, slots=True)
class Running:
    """The processes of a bot and of its database server."""

    pids: tuple[int, ...]
    server: int | None
    start_seconds: float

    def cpu(self) -> float:
        """Seconds of CPU so far, of all processes of the bot."""
        return sum(map(cpu_seconds, self.pids))

    def server_cpu(self) -> float:
        """Seconds of CPU so far, of the database server."""
        return 0.0 if self.server is None else cpu_seconds(self.server)

    def memory(self) -> float:
        """The most memory held so far, in MB, by the largest process of the bot."""
        return max(map(resident_mb, self.pids))


@asynccontextmanager
async def database_for(bot: Bot, server: Postgres) -> AsyncIterator[Database | None]:
    """An empty database for a bot; none for the peers, who keep everything in memory."""
    if not bot.is_ours:
        yield None
    elif bot.shared:
        address = server.new_database(upgraded=False)
        try:
            yield Database(address, new_key(), server.pid)
        finally:
            server.drop(address)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Database(str(Path(folder) / "bench.sqlite3"), new_key(), None)


@asynccontextmanager
async def started(
    bot: Bot,
    api: BotApi,
    script: Script,
    database: Database | None,
    replicas: int = 1,
    cores: Collection[int] = BOT_CORES,
) -> AsyncIterator[Running]:
    """The bot, from its first poll on; it is told to stop at the end."""
    begin = asyncio.get_running_loop().time()
    arguments = [bot.variant] if database is None else [database.address, database.key]
    command = (sys.executable, "-m", f"tests.bench.load.{bot.module}", api.url, *arguments)
    processes = [await _start(command, script, cores) for _ in range(replicas)]
    polled = asyncio.ensure_future(api.polled.wait())
    ends = [asyncio.ensure_future(process.wait()) for process in processes]
    try:
        await asyncio.wait((polled, *ends), timeout=_START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not polled.done() or any(end.done() for end in ends):
            raise BotFailedError("did not begin to poll; its words are on standard error")
        took = asyncio.get_running_loop().time() - begin
        yield Running(tuple(process.pid for process in processes), None if database is None else database.pid, took)
        if any(end.done() for end in ends):
            raise BotFailedError("ended while it was measured; its words are on standard error")
    finally:
        polled.cancel()
        for process, end in zip(processes, ends, strict=True):
            if not end.done():
                process.send_signal(signal.SIGTERM)
        await asyncio.wait(ends, timeout=_STOP_SECONDS)
        for process, end in zip(processes, ends, strict=True):
            if not end.done():
                process.kill()
                await end
        api.stop()


async def _start(command: tuple[str, ...], script: Script, cores: Collection[int]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
    os.sched_setaffinity(process.pid, cores)
    assert process.stdin is not None
    process.stdin.write(script.as_json().encode())
    process.stdin.close()
    return process
