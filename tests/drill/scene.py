"""A preview, a database and the bot's processes: real ones, each to be killed at any moment."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from bot.storage.address import Address
from tests.bot.rig import Person, Town, settings_for, table
from tests.drill.bench import Bench
from tests.drill.ledger import Judgement, Ledger
from tests.drill.programs import Logs, Program, free_port

__all__ = ["PATH", "SECRET", "TOKEN", "Scene", "Way", "database_of", "preview_of", "scene"]

TOKEN = "4242:drill_token_that_nobody_may_see_in_a_log"
SECRET = "drill_webhook_secret_that_nobody_may_see"
PATH = "/telegram"

_LOOK = 0.1
_HTTP_SECONDS = 120.0
_numbers = count()


@dataclass(frozen=True, slots=True)
class Way:
    """How the bot is run: `replicas` processes (on SQLite one), by webhook or polling, with rates or without.

    `real` runs the product with its conversations, else numbered turns (`tests.drill.bot`). `behind` is an address that
    stands before the Bot API.
    """

    replicas: int = 1
    webhook: bool = False
    rates: bool = False
    real: bool = False
    staff: bool = False
    arguments: tuple[str, ...] = ()
    roles: tuple[tuple[str, ...], ...] = ()
    line: bool = False
    environment: tuple[tuple[str, str], ...] = ()


@dataclass
class Scene:
    """A bot at work and the people before it."""

    bench: Bench
    town: Town
    database: Address
    preview: Program
    bots: list[Program] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)
    folder: Path = Path()
    staff: Person | None = None
    staff_member: int = 0
    line: "Line | None" = None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Look into the tables from outside."""
        return table(self.database, query)

    def figure(self, query: str) -> int:
        """The one number that a query gives."""
        return int(self.rows(query)[0][0] or 0)

    async def people(self, number: int) -> list[Person]:
        """So many new people."""
        return [await self.town.person() for _ in range(number)]

    async def until(self, reached: Callable[[], bool], seconds: float) -> float | None:
        """The seconds until something shows in the tables; None when it does not."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            with contextlib.suppress(Exception):  # the database may be away
                if await asyncio.to_thread(reached):
                    return time.monotonic() - begin
            await asyncio.sleep(_LOOK)
        return None

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits in the tables."""
        return self.figure("SELECT count(*) FROM inbox WHERE slot IS NOT NULL") == 0 and (
            self.figure("SELECT count(*) FROM outbox WHERE slot IS NOT NULL") == 0
        )

    async def settle(self, seconds: float = 120.0) -> float | None:
        """The seconds until all is seen to: at Telegram, in the inbox and in the outbox; None when it is not."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            if (await self.town.get("bot"))["pending_updates"] == 0 and await self.until(lambda: self.is_idle, 1.0):
                return time.monotonic() - begin
            await asyncio.sleep(_LOOK)
        return None

    async def sent(self) -> list[dict[str, Any]]:
        """Every call that took effect, in order."""
        return await self._record("sent")

    async def deliveries(self) -> list[dict[str, Any]]:
        """Every try of the webhook."""
        return await self._record("deliveries")

    async def judge(self, ledger: Ledger, *, ordered: bool = True) -> Judgement:
        """What became of all that was said."""
        marked = dict(self.rows("SELECT chat_id, count(*) FROM outbox WHERE tries > 0 GROUP BY chat_id"))
        return ledger.judge(await self.sent(), marked, ordered=ordered)

    async def staff_hear(self, words: str, seconds: float = 60.0, after: int = 0) -> float | None:
        """The seconds until staff have read these words, behind the first `after` messages; None when they have not."""
        assert self.staff is not None
        begin = time.monotonic()
        await self.staff.look()
        while not any(words in text for text in self.staff.heard[after:]):
            if time.monotonic() - begin > seconds:
                return None
            await self.staff.look(1)
        return time.monotonic() - begin

    async def metric(self, name: str) -> float:
        """The sum over the processes of the series that begin so."""
        total = 0.0
        for port, bot in zip(self.ports, self.bots, strict=True):
            if bot.runs:
                async with self.town.http.get(f"http://127.0.0.1:{port}/metrics") as page:
                    lines = (await page.text()).splitlines()
                total += sum(float(line.split()[-1]) for line in lines if line.startswith(name))
        return total

    async def balance(self, ports: Sequence[int] | None = None) -> None:
        """Let a balancer pass deliveries to these processes in turn."""
        addresses = [f"http://127.0.0.1:{port}{PATH}" for port in (self.ports if ports is None else ports)]
        await self.town.post("settings", webhook_replicas=addresses, webhook_waits=0.2)

    async def _record(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while True:
            after = found[-1]["n"] if found else 0
            more = (await self.town.get(f"{name}?after={after}&limit=5000"))["entries"]
            found += more
            if not more:
                return found


class Line:
    """A line to the Bot API that can be cut: then connections are refused, and those at hand break."""

    def __init__(self, there: int) -> None:
        self._there = there
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def lay(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)

    async def cut(self) -> None:
        """Refuse them."""
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._there)
        both = {writer, there_writer}
        self._open |= both
        try:
            with contextlib.suppress(OSError):
                await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
        finally:
            self._open -= both
            for one in both:
                one.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()
    writer.close()


@contextlib.contextmanager
def database_of(bench: Bench, folder: Path) -> Iterator[Address]:
    """A new database of the engine."""
    if bench.server is None:
        yield Address(folder / "bot.sqlite3")
        return
    with bench.server.database() as address:
        yield address


@contextlib.asynccontextmanager
async def preview_of(logs: Logs, folder: Path, token: str = TOKEN, *, rates: bool = False) -> AsyncIterator[Program]:
    """A preview in a process of its own; its port is the last part of `folder`'s file `port`."""
    port = free_port()
    state = folder / f"preview-{port}.sqlite3"
    arguments = ("bot.preview", "--port", str(port), "--state", str(state), "--token", token)
    program = Program(Logs(), folder, (*arguments, "--rates" if rates else "--no-rates"), {})
    (folder / "port").write_text(str(port))
    await program.start()
    try:
        yield program
    finally:
        await program.kill()


@contextlib.asynccontextmanager
async def scene(bench: Bench, way: Way = Way()) -> AsyncIterator[Scene]:
    """A preview with an empty bot before it, all its processes ready; everything is killed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"{next(_numbers)}-", dir=bench.folder))
    http = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=_HTTP_SECONDS)
    )
    async with contextlib.AsyncExitStack() as ending:
        await ending.enter_async_context(http)
        database = ending.enter_context(database_of(bench, folder))
        preview = await ending.enter_async_context(preview_of(bench.logs, folder, rates=way.rates))
        port = int((folder / "port").read_text())
        made = Scene(bench, Town(f"http://127.0.0.1:{port}", http), database, preview, folder=folder)
        ending.push_async_callback(_kill_all, made)
        await _furnish(made, way, port)
        await asyncio.gather(*(bot.start() for bot in made.bots))
        yield made


async def _furnish(made: Scene, way: Way, port: int) -> None:
    api = made.town.base
    if way.line:
        made.line = Line(port)
        await made.line.lay()
        api = f"http://127.0.0.1:{made.line.port}"
    environment = {
        name: value
        for name, value in {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": api,
            "LOG_LEVEL": "DEBUG",
            **settings_for(made.database),
            **dict(way.environment),
        }.items()
        if value is not None
    }
    if way.staff:
        clerk = await made.town.person("ru")
        made.staff_member = clerk.id
        group = await made.town.post("groups", title="Staff", **{"from": clerk.id})
        made.staff = made.town.chat(group["id"])
        environment["STAFF_CHAT_ID"] = str(group["id"])
    made.ports = [free_port() for _ in range(made.bench.replicas(way.replicas))]
    if way.webhook:
        environment |= {"WEBHOOK_URL": f"http://127.0.0.1:{made.ports[0]}{PATH}", "WEBHOOK_SECRET": SECRET}
        await made.balance()
    for number, bot_port in enumerate(made.ports):
        roles = way.roles[number % len(way.roles)] if way.roles and made.bench.is_shared else ()
        flags = [part for role in roles for part in ("--role", role)]
        base = ("bot", "run") if way.real else ("tests.drill.bot", *way.arguments)
        form = "json" if number % 2 else "text"
        variables = {**environment, "PORT": str(bot_port), "LOG_FORMAT": form}
        made.bots.append(Program(made.bench.logs, made.folder, (*base, *flags), variables))


async def _kill_all(made: Scene) -> None:
    if made.line is not None:
        await made.line.cut()
    for bot in made.bots:
        if bot.runs:
            await bot.kill()
