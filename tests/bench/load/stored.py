"""The cost of an update with many conversations in the tables."""

import time
from contextlib import AsyncExitStack
from functools import partial
from itertools import islice

from sqlalchemy import Connection, insert

from bot.storage.store import Store
from bot.storage.tables import sessions
from tests.bench.load.assistant import address_of
from tests.bench.load.bench import Bench
from tests.bench.load.bots import POSTGRES, SQLITE, Bot, Database, database_for
from tests.bench.load.measure import PATIENCE, closed_loop
from tests.bench.load.people import chat_ids
from tests.bench.load.report import Table
from tests.bench.load.script import BOT

__all__ = ["measure_stored"]

_CHUNK = 5_000
_DIFFERENT = 256
_DAYS_KEPT = 30
_COLUMNS = {"updates/s": 0, "CPU ms": 2, "database CPU ms": 2, "RSS MB": 0, "start s": 1, "dialogs": 0, "wrong": 0}


async def measure_stored(bench: Bench) -> None:
    """Both engines, each with tables of each size, filled once and measured as often as there are rounds."""
    table = bench.report.table("Stored conversations, beside the Bot API", _COLUMNS)
    bots = [bot for bot in (SQLITE, POSTGRES) if bench.plan.wants(bot)]
    for size in bench.plan.sizes:
        async with AsyncExitStack() as stack:
            databases: list[tuple[Bot, Database]] = []
            for bot in bots:
                database = await stack.enter_async_context(database_for(bot, bench.server))
                assert database is not None
                await _fill(database, size, bench.script.session)
                databases.append((bot, database))
            for _ in range(bench.plan.rounds):
                for bot, database in databases:
                    with bench.report.surviving(f"{table.title}: {bot.name}, {size:,}"):
                        await _once(bench, table, bot, database, size)


async def _once(bench: Bench, table: Table, bot: Bot, database: Database, size: int) -> None:
    plan = bench.plan
    async with bench.bot(bot, database=database) as (crowd, running):
        fast = await closed_loop(crowd, running, plan.people, plan.warm, plan.seconds)
        await crowd.drain(PATIENCE)
        memory = running.memory()
    name = f"{bot.name}, {size:,}"
    figures = {
        "RSS MB": memory,
        "start s": running.start_seconds,
        "dialogs": len(crowd.visitors),
        "wrong": bench.report.note(name, crowd.problems()),
    }
    table.add(name, {**fast.figures(bot), **figures})


async def _fill(database: Database, size: int, session: str) -> None:
    """Sealed conversations of other chats, in one go."""
    store = await Store.open(address_of(database.address), (database.key,))
    try:
        sealed = [store.vault.seal(session) for _ in range(_DIFFERENT)]
        now, chats = time.time(), chat_ids(strangers=True)
        for first in range(0, size, _CHUNK):
            rows: list[dict[str, object]] = [
                {
                    "bot_id": BOT["id"],
                    "chat_key": str(chat),
                    "data": sealed[number % _DIFFERENT],
                    "version": 7,
                    "updated_at": now,
                    "expires_at": now + _DAYS_KEPT * 86_400 * (1 + number) / _CHUNK,
                }
                for number, chat in enumerate(islice(chats, min(_CHUNK, size - first)))
            ]
            await store.engine.run(partial(_insert, rows))
    finally:
        await store.close()


def _insert(rows: list[dict[str, object]], connection: Connection) -> None:
    connection.execute(insert(sessions), rows)
