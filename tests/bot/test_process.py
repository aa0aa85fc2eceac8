"""The real processes: the bot as it is started, a preview beside it, and kills in the middle."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.storage.address import Address
from bot.storage.keys import read_key_file
from bot.storage.vault import Vault
from tests.bot.rig import Town, table

ROOT = Path(__file__).parents[2]
TOKEN = "4200:process_token_that_nobody_may_see_in_a_log"


class Running:
    """One program that was started."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def line(self) -> str:
        """The next line of its standard output."""
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            return (await self.process.stdout.readline()).decode().strip()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Signal it, wait; gives its exit code and what it logged."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        return await self.wait()

    async def wait(self) -> tuple[int, str]:
        """Wait for its end; gives its exit code and what it logged."""
        async with asyncio.timeout(30):
            _, errors = await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, errors.decode()


@contextlib.asynccontextmanager
async def program(*arguments: str, folder: Path, **environment: str) -> AsyncIterator[Running]:
    """`python -m ...` in `folder`; killed at the end if it still runs."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    running = Running(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            await running.end(signal.SIGKILL)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A preview in a process of its own."""
    arguments = ("bot.preview", "--port", "0", "--state", str(tmp_path / "p.sqlite3"), "--token", TOKEN, "--no-rates")
    async with program(*arguments, folder=tmp_path) as preview, aiohttp.ClientSession() as http:
        yield Town((await preview.line()).split()[-1], http)


def bot(town: Town, folder: Path, **more: str) -> contextlib.AbstractAsyncContextManager[Running]:
    return program("bot", "run", folder=folder, BOT_TOKEN=TOKEN, BOT_API_URL=town.base, PORT="0", **more)


def database_in(folder: Path) -> Address:
    """The database of a bot that was started in `folder`."""
    return Address(folder / "var" / "visabot.sqlite3")


async def until_sent(database: Address) -> None:
    """Wait until the program has written down that its calls arrived: a kill before that may double one."""
    async with asyncio.timeout(20):
        while table(database, "SELECT count(*) FROM outbox WHERE state <> 'sent'") != [(0,)]:
            await asyncio.to_thread(os.sched_yield)


async def test_a_conversation_survives_kill_9(town: Town, tmp_path: Path) -> None:
    person = await town.person("ru")
    async with bot(town, tmp_path) as running:
        assert await running.line() == "visabot: the bot, receiving updates by polling"
        assert await running.line() == f"at {town.base}"
        assert await running.line() == "conversations in var/visabot.sqlite3"
        assert (await running.line()).startswith(f"keys in {tmp_path / 'var' / 'visabot.key'}; without this file")
        await person.say("/start visa_IN_en")
        before = await person.hear(1)
        await until_sent(database_in(tmp_path))
        await running.end(signal.SIGKILL)
    await person.say("ordinary")
    async with bot(town, tmp_path, LOG_LEVEL="DEBUG") as running:
        heard = await person.hear(len(before) + 1)
        assert heard[: len(before)] == before
        answered = len(heard)
        await person.say("tourism")
        heard = await person.hear(answered + 1)
        code, log = await running.end()
    assert code == 0
    assert len(set(heard)) == len(heard)
    assert not any("Something went wrong" in text for text in heard)
    ((sealed,),) = table(database_in(tmp_path), "SELECT data FROM sessions")
    data = Vault(read_key_file(tmp_path / "var" / "visabot.key")).open(sealed)
    assert '"which_passport_do_you_hold":"IN"' in data
    assert '"what_is_the_trip_for":"tourism"' in data
    assert TOKEN not in log
    assert TOKEN.split(":")[1] not in log


async def test_kills_at_random_points_lose_and_double_nothing(town: Town, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    people = [await town.person() for _ in range(4)]
    database = database_in(tmp_path)
    said = 0
    for _ in range(5):
        async with bot(town, tmp_path) as running:
            await running.line()
            burst = asyncio.gather(*(people[number % 4].say(f"/unknown_{said + number}") for number in range(8)))
            seen = asyncio.create_task(people[chance.randrange(4)].look(2))
            await burst
            said += 8
            if chance.random() < 0.6:
                await seen
            seen.cancel()
            await running.end(signal.SIGKILL)
    async with bot(town, tmp_path) as running:
        for person in people:
            await person.hear(said // 4)
        code, _ = await running.end()
    assert code == 0
    assert table(database, "SELECT state, count(*) FROM inbox GROUP BY state") == [("done", said)]
    marked = table(database, "SELECT chat_id, tries FROM outbox WHERE tries > 0")
    assert table(database, "SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'uncertain')") == [(0,)]
    for person in people:
        await person.look()
        copies = sum(chat_id == person.id for chat_id, _ in marked)
        assert said // 4 <= len(person.heard) <= said // 4 + copies
    assert len(marked) <= 5


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_kill_while_a_reminder_is_sent_neither_loses_nor_repeats_it(
    town: Town, tmp_path: Path, arrives: bool
) -> None:
    """The alarm is marked and its words wait; the kill comes while they are on the wire."""
    database = database_in(tmp_path)
    person = await town.person()
    async with bot(town, tmp_path) as running:
        await running.line()
        for said in ("/start visa_IN_en", "ordinary", "save for later"):
            answered = len(person.heard)
            await person.say(said)
            await person.hear(answered + 1)
        answered = len(person.heard)
        buttons = [button for row in person.last_heard()["reply_markup"]["inline_keyboard"] for button in row]
        remind = next(button for button in buttons if button["text"].endswith("Remind me"))
        await person.press(person.last_heard()["message_id"], remind["callback_data"])
        await person.hear(answered + 1)
        await until_sent(database)
        await running.end(signal.SIGKILL)
    before = len(person.heard)
    assert table(database, "SELECT key, state FROM timers ORDER BY key") == [("1", "waiting"), ("1.last", "waiting")]
    table(database, "UPDATE timers SET due_at = 1 WHERE key = '1'")
    held = {"when": "after", "delay": 60} if arrives else {"delay": 60, "status": 500}
    await town.post("faults", method="sendmessage", **held)
    async with bot(town, tmp_path) as running:
        await running.line()
        async with asyncio.timeout(20):
            while table(database, "SELECT count(*) FROM outbox WHERE state = 'sending'") != [(1,)]:
                await asyncio.to_thread(os.sched_yield)
        if arrives:
            await person.hear(before + 1)
        await running.end(signal.SIGKILL)
    async with town.http.delete(f"{town.base}/preview/faults"):
        pass  # the kill may have come before the call had left
    assert table(database, "SELECT state FROM timers WHERE key = '1'") == [("done",)]
    async with bot(town, tmp_path) as running:
        await running.line()
        await person.hear(before + (2 if arrives else 1))
        await until_sent(database)
        code, log = await running.end()
        assert code == 0, log
    await person.look()
    reminders = person.heard[before:]
    assert len(reminders) == (2 if arrives else 1)
    assert all("is not finished" in text for text in reminders)
    assert table(database, "SELECT note, tries FROM outbox WHERE tries > 0") == [
        ("the program stopped while this was being sent", 1)
    ]


async def test_a_polite_stop_leaves_nothing_half_done(town: Town, tmp_path: Path) -> None:
    person = await town.person()
    async with bot(town, tmp_path) as running:
        await running.line()
        await person.say("hello")
        await person.hear(1)
        assert (await running.end(signal.SIGINT))[0] == 0
    database = database_in(tmp_path)
    assert table(database, "SELECT DISTINCT state FROM outbox") == [("sent",)]


async def test_without_a_token_the_preview_runs_with_the_bot_in_it(tmp_path: Path) -> None:
    async with program("bot", "run", folder=tmp_path, PORT="0") as running, aiohttp.ClientSession() as http:
        assert await running.line() == "visabot: the preview, as BOT_TOKEN is not set"
        address = await running.line()
        assert address.startswith("open http://127.0.0.1:")
        assert "var/visabot.sqlite3" in await running.line()
        person = await Town(address.split()[1], http).person()
        await person.say("/start")
        assert await person.hear(1)
        async with program("bot", "run", folder=tmp_path, PORT="0") as second:
            code, log = await second.wait()
            assert (code, log.count("\n")) == (2, 1)
            assert f"another visabot (process {running.process.pid}) runs on this database" in log
        code, log = await running.end()
        assert (code, log) == (0, "")


async def problem(folder: Path, **environment: str) -> str:
    async with program("bot", "run", folder=folder, **environment) as running:
        code, log = await running.wait()
    assert code == 2, log
    assert log.count("\n") == 1, log
    return log


async def test_a_port_in_use_is_one_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"127.0.0.1:{port}" in await problem(tmp_path, PORT=port)


async def test_the_preview_is_for_this_machine_only(tmp_path: Path) -> None:
    assert "HOST: '0.0.0.0' is not this machine" in await problem(tmp_path, HOST="0.0.0.0", PORT="0")


async def test_a_bot_api_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    told = await problem(tmp_path, BOT_TOKEN=TOKEN, BOT_API_URL=url)
    assert f"BOT_API_URL: {url}: cannot be reached" in told
    assert TOKEN not in told


async def test_a_token_that_is_none_is_one_clear_error(tmp_path: Path) -> None:
    assert "BOT_TOKEN: " in await problem(tmp_path, BOT_TOKEN="hello")
