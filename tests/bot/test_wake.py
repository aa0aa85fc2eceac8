"""Hints between processes: NOTIFY is heard, and after a broken connection again."""

import asyncio
from collections.abc import AsyncIterator, Collection

import pytest

from bot.storage.address import Address
from bot.storage.store import Store
from bot.wake import Wake
from tests.bot.rig import open_store, table, until

BOT = 42
_LISTENING = "datname = current_database() AND query LIKE 'LISTEN%'"


class Hearing:
    """A process that tells and hears."""

    def __init__(self, store: Store, bot_id: int = BOT) -> None:
        self.heard: list[tuple[str, set[int]]] = []
        self.news = asyncio.Event()
        self.wake = Wake(store, bot_id, self._hear)
        self.running = asyncio.create_task(self.wake.run())

    def _hear(self, part: str, slots: Collection[int]) -> None:
        self.heard.append((part, set(slots)))
        self.news.set()

    async def end(self) -> None:
        self.running.cancel()
        await asyncio.wait((self.running,))


Pair = tuple[Hearing, Hearing]


@pytest.fixture
async def two(store: Store, database: Address, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pair]:
    """Two processes that listen."""
    monkeypatch.setattr("bot.wake._RETRY_SECONDS", 0.01)
    other = await open_store(database)
    pair = Hearing(store), Hearing(other)
    await until(lambda: len(table(database, f"SELECT 1 FROM pg_stat_activity WHERE {_LISTENING}")) == 2)
    yield pair
    for hearing in pair:
        await hearing.end()
    await other.close()


@pytest.mark.postgresql
async def test_what_one_tells_the_other_hears_in_one_go(two: Pair) -> None:
    first, second = two
    for part, slot in (("worker", 3), ("sender", 5), ("worker", 4), ("worker", 3)):
        first.wake.tell(part, slot)
    await asyncio.wait_for(second.news.wait(), 10)
    assert sorted(second.heard) == [("sender", {5}), ("worker", {3, 4})]


@pytest.mark.postgresql
async def test_another_bot_hears_nothing(two: Pair, store: Store, database: Address) -> None:
    first, second = two
    stranger = Hearing(store, BOT + 1)
    await until(lambda: len(table(database, f"SELECT 1 FROM pg_stat_activity WHERE {_LISTENING}")) == 3)
    first.wake.tell("worker", 3)
    await asyncio.wait_for(second.news.wait(), 10)
    stranger.wake.tell("sender", 9)
    await asyncio.wait_for(stranger.news.wait(), 10)
    await stranger.end()
    assert stranger.heard == [("sender", {9})]
    assert second.heard == [("worker", {3})]


@pytest.mark.postgresql
async def test_a_broken_connection_is_made_anew(two: Pair, database: Address) -> None:
    first, second = two
    old = {pid for (pid,) in table(database, f"SELECT pid FROM pg_stat_activity WHERE {_LISTENING}")}
    table(database, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_LISTENING}")

    def anew() -> bool:
        pids = {pid for (pid,) in table(database, f"SELECT pid FROM pg_stat_activity WHERE {_LISTENING}")}
        return len(pids - old) == 2

    await until(anew)
    first.wake.tell("worker", 7)
    await asyncio.wait_for(second.news.wait(), 10)
    assert second.heard == [("worker", {7})]


@pytest.mark.sqlite
async def test_on_a_file_there_is_nobody_to_tell(store: Store) -> None:
    hearing = Hearing(store)
    hearing.wake.tell("worker", 1)
    await asyncio.wait_for(hearing.running, 5)
    assert hearing.heard == []
