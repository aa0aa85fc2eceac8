"""Writing: jobs share a commit, one that fails is undone alone, and what is committed is there for everybody."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.database import add_up, insert_new
from bot.storage.inbox import Inbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import chores, funnel
from bot.storage.writer import Commit, StoreUnavailableError
from tests.bot.many_writers import WRITERS, WRITES
from tests.bot.rig import open_store, received, rows, settings_for, table

BOT = 42
ROOT = Path(__file__).parents[2]

Job = Callable[[Connection], Awaitable[int]]


def receiving(store: Store, number: int, chat: str = "7") -> Job:
    """A job that stores an update."""

    async def job(connection: Connection) -> int:
        return len(await Inbox(BOT, store.vault).receive(connection, [received(number, chat)], 1.0))

    return job


async def test_jobs_that_wait_together_share_one_commit(store: Store, database: Address) -> None:
    commits: list[Commit] = []
    store.watch = commits.append
    assert await asyncio.gather(*(store.write(receiving(store, number)) for number in range(20))) == [1] * 20
    assert [(commit.jobs, commit.written) for commit in commits] == [(20, True)]
    assert table(database, "SELECT count(*) FROM inbox") == [(20,)]


async def test_a_job_that_raises_is_undone_alone_and_the_others_are_run_again(store: Store) -> None:
    runs: list[int] = []
    commits: list[Commit] = []
    store.watch = commits.append

    def good(number: int) -> Job:
        async def job(connection: Connection) -> int:
            runs.append(number)
            return await receiving(store, number)(connection)

        return job

    async def bad(connection: Connection) -> int:
        await receiving(store, 99)(connection)
        raise RuntimeError("no")

    outcomes = await asyncio.gather(*map(store.write, (good(1), bad, good(2))), return_exceptions=True)
    assert [outcomes[0], type(outcomes[1]), outcomes[2]] == [1, RuntimeError, 1]
    assert await rows(store, "SELECT update_id FROM inbox ORDER BY id") == [(1,), (2,)]
    assert sorted(runs) == [1, 1, 2]
    assert [(commit.jobs, commit.written) for commit in commits] == [(3, False), (1, True), (1, False), (1, True)]


async def test_a_statement_that_fails_spoils_no_other_job(store: Store) -> None:
    async def broken(connection: Connection) -> int:
        await connection.execute(text("INSERT INTO inbox (bot_id) VALUES (1)"))
        return 0

    jobs = (receiving(store, 1), broken, receiving(store, 2))
    outcomes = await asyncio.gather(*map(store.write, jobs), return_exceptions=True)
    assert (outcomes[0], outcomes[2]) == (1, 1)
    assert isinstance(outcomes[1], Exception)
    assert not isinstance(outcomes[1], StoreUnavailableError)
    assert await rows(store, "SELECT count(*) FROM inbox") == [(2,)]


@pytest.mark.postgresql
async def test_a_connection_that_breaks_is_told_and_the_same_job_can_be_tried_again(store: Store) -> None:
    async def cut_off(connection: Connection) -> int:
        await receiving(store, 1)(connection)
        await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return 0

    for _ in range(10):
        with pytest.raises(StoreUnavailableError):
            await store.write(cut_off)
        with pytest.raises(StoreUnavailableError):
            await store.read(cut_off)
        with pytest.raises(StoreUnavailableError):
            await store.aside(cut_off)
    assert await store.write(receiving(store, 2)) == 1
    assert (2,) in await rows(store, "SELECT update_id FROM inbox")


async def test_closing_finishes_what_was_asked_for(database: Address) -> None:
    store = await open_store(database)
    writing = [asyncio.create_task(store.write(receiving(store, number))) for number in range(40)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*writing) == [1] * 40
    assert table(database, "SELECT count(*) FROM inbox") == [(40,)]


async def test_who_does_not_wait_any_more_holds_up_nobody(store: Store) -> None:
    impatient = asyncio.create_task(store.write(receiving(store, 1)))
    patient = asyncio.create_task(store.write(receiving(store, 2)))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == 1
    assert impatient.cancelled()
    assert await store.write(receiving(store, 3)) == 1


@pytest.mark.postgresql
async def test_who_is_cancelled_at_any_moment_ends_and_leaves_no_broken_connection(store: Store) -> None:
    async def slow(connection: Connection) -> int:
        for _ in range(3):
            await connection.execute(text("SELECT 1"))
            await receiving(store, 1)(connection)
        return 1

    for turns in range(120):
        for way in (store.aside, store.read):
            task = asyncio.create_task(way(slow))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait((task,), timeout=20)
            assert task.cancelled() or task.result() == 1
    outcomes = await asyncio.gather(*(store.aside(receiving(store, number)) for number in range(2, 22)))
    assert outcomes == [1] * 20


async def test_two_programs_that_read_and_write_wait_for_each_other(store: Store, database: Address) -> None:
    other, sessions = await open_store(database), Sessions(BOT, store.vault)

    def job(key: str) -> Callable[[Connection], Awaitable[None]]:
        async def work(connection: Connection) -> None:
            kept = await sessions.get(connection, key)
            await sessions.put(connection, key, f"{kept.data or ''}+", kept, 1.0)

        return work

    for _ in range(30):
        await asyncio.gather(store.write(job("7")), other.write(job("8")))
    await other.close()
    for key in ("7", "8"):
        assert await store.read(lambda c, key=key: sessions.get(c, key)) == Kept("+" * 30, 30, touched_at=1.0)  # type: ignore[misc]


async def test_fifty_writers_at_once_meet_no_lock(store: Store) -> None:
    written = await asyncio.gather(*(store.write(receiving(store, number)) for number in range(50)))
    assert written == [1] * 50
    assert await rows(store, "SELECT count(*) FROM inbox") == [(50,)]


async def test_fifty_writers_in_five_processes_meet_no_lock(store: Store, database: Address) -> None:
    environment = {name: value for name, value in settings_for(database).items() if value is not None}
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bot.many_writers", str(number)),
            cwd=ROOT,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        for number in range(5)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ends = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [(process.returncode, errors) for process, (_, errors) in zip(processes, ends, strict=True)] == [
        (0, b"")
    ] * 5
    assert await rows(store, "SELECT count(*) FROM inbox") == [(5 * WRITERS * WRITES,)]


async def test_a_row_that_exists_is_skipped(store: Store) -> None:
    first = {"bot_id": BOT, "name": "a", "not_before": 1.0}

    async def job(connection: Connection) -> list[str]:
        await connection.execute(insert_new(chores, [first]))
        new = insert_new(chores, [first | {"not_before": 2.0}, first | {"name": "b"}]).returning(chores.c.name)
        return list((await connection.execute(new)).scalars())

    assert await store.write(job) == ["b"]
    assert await rows(store, f"SELECT name, not_before FROM chores WHERE bot_id = {BOT} ORDER BY name") == [
        ("a", 1.0),
        ("b", 1.0),
    ]


async def test_what_programs_add_up_at_the_same_time_is_all_there(store: Store, database: Address) -> None:
    other = await open_store(database)
    row = {"day": date(2026, 11, 22), "flow": "f", "version": 1, "question": "q", "what": "asked", "count": 2}

    async def job(connection: Connection) -> None:
        await connection.execute(add_up(funnel, row, "count"))

    await asyncio.gather(*(program.write(job) for program in (store, other) for _ in range(20)))
    await other.close()
    assert await rows(store, "SELECT count FROM funnel") == [(80,)]


async def test_a_snapshot_sees_one_moment(store: Store) -> None:
    async with store.engine.snapshot() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM inbox"))).scalar_one() == 0
        await store.write(receiving(store, 1))
        assert (await connection.execute(text("SELECT count(*) FROM inbox"))).scalar_one() == 0
    assert await rows(store, "SELECT count(*) FROM inbox") == [(1,)]


@pytest.mark.postgresql
async def test_a_row_that_somebody_else_holds_stops_its_own_job_alone(store: Store) -> None:
    """Another process may be stopped in the middle of a turn: its chat waits, and no other does."""
    await store.write(receiving(store, 1))

    async def held(connection: Connection) -> int:
        await connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        await connection.execute(text("UPDATE inbox SET tries = 1 WHERE update_id = 1"))
        return 1

    async with store.engine.transaction() as other:
        await other.execute(text("SELECT id FROM inbox WHERE update_id = 1 FOR UPDATE"))
        jobs = (receiving(store, 2, "8"), held, receiving(store, 3, "9"))
        done = await asyncio.gather(*(store.write(job) for job in jobs), return_exceptions=True)
    assert (done[0], done[2]) == (1, 1)
    assert isinstance(done[1], StoreUnavailableError)
    assert await rows(store, "SELECT update_id, tries FROM inbox ORDER BY update_id") == [(1, 0), (2, 0), (3, 0)]
