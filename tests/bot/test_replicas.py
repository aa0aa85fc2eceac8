"""Several processes of one bot on one database: parts of the work apart, and one that dies without a word."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from bot.roles import Role
from bot.service import Service
from bot.storage.address import Address
from dialogs.world import World
from tests.bot.rig import Town, at_work, settings_for, table, until
from tests.bot.test_process import bot as bot_process
from tests.bot.test_process import town as process_town  # noqa: F401 - a fixture of its own name

pytestmark = pytest.mark.postgresql


@asynccontextmanager
async def replicas(
    town: Town, database: Address, stage: World, *roles: tuple[Role, ...]
) -> AsyncIterator[list[Service]]:
    """A process for each of the sets of roles."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(at_work(town.base, database, stage, roles=each or tuple(Role)))
            for each in roles
        ]


async def test_each_part_of_the_work_may_have_a_process_of_its_own(town: Town, database: Address, stage: World) -> None:
    async with replicas(town, database, stage, (Role.SENDER,), (Role.WORKER,), (Role.WEB,)):
        people = [await town.person() for _ in range(4)]
        for number in range(5):
            for person in people:
                await person.say(f"m{number}")
        for person in people:
            assert await person.hear(5) == [f"said {number + 1}: m{number}" for number in range(5)]
        await person.press(person.last_heard()["message_id"], "go:5")
        await person.until(lambda seen: "6: pressed go:5" in seen.heard and bool(seen.events))


async def test_processes_that_do_everything_share_the_chats_and_keep_their_order(
    town: Town, database: Address, stage: World
) -> None:
    async with replicas(town, database, stage, (), (), ()) as services:
        people = [await town.person() for _ in range(12)]
        for number in range(6):
            for person in people:
                await person.say(f"m{number}")
        for person in people:
            assert await person.hear(6) == [f"said {number + 1}: m{number}" for number in range(6)]
        services[0].stop()  # the one that asks Telegram
        await services[0].ended.wait()
        for person in people:
            await person.say("after")
        for person in people:
            assert (await person.hear(7))[-1] == "said 7: after"
    assert table(database, "SELECT state, count(*) FROM inbox GROUP BY state") == [("done", 84)]
    assert table(database, "SELECT state, count(*) FROM outbox GROUP BY state") == [("sent", 84)]
    assert table(database, "SELECT count(*) FROM shares WHERE owner IS NOT NULL") == [(0,)]


async def test_when_a_process_is_killed_another_goes_on_and_nothing_is_lost(
    process_town: Town,  # noqa: F811
    database: Address,
    tmp_path: Path,
) -> None:
    environment = {name: value for name, value in settings_for(database).items() if value is not None}
    people = [await process_town.person() for _ in range(4)]
    async with bot_process(process_town, tmp_path, **environment) as first:
        await first.line()
        async with bot_process(process_town, tmp_path, **environment) as second:
            await second.line()
            await until(lambda: len(table(database, "SELECT DISTINCT owner FROM shares WHERE role = 'worker'")) == 2)
            for person in people:
                await person.say("/unknown_0")
            await asyncio.gather(*(person.hear(1) for person in people))
            for number in range(1, 6):
                for person in people:
                    await person.say(f"/unknown_{number}")
            await first.end(signal.SIGKILL)
            table(database, f"UPDATE shares SET until = 0 WHERE owner LIKE '%-{first.process.pid}-%'")
            table(database, f"UPDATE replicas SET until = 0 WHERE name LIKE '%-{first.process.pid}-%'")
            for person in people:
                await person.hear(6)
            await until(lambda: table(database, "SELECT count(*) FROM outbox WHERE slot IS NOT NULL") == [(0,)])
            assert (await second.end())[0] == 0
    assert table(database, "SELECT state, count(*) FROM inbox GROUP BY state") == [("done", 24)]
    doubled = {chat for (chat,) in table(database, "SELECT chat_id FROM outbox WHERE tries > 0")}
    for person in people:
        await person.look()
        assert len(person.heard) == 6 or person.id in doubled
