"""`visabot run`: the bot, on Telegram or in the preview."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import click

from bot.clock import day_in_kazakhstan, system_clock
from bot.errors import StartError
from bot.loading import load_world
from bot.lock import only_process
from bot.logs import set_up_logging
from bot.preview import PreviewServer, create_preview
from bot.service import Account, Service
from bot.settings import DEFAULT_API_URL, Settings
from bot.storage.store import Store
from dialogs.engine import turn
from dialogs.world import World

__all__ = ["command"]

_PREVIEW_TOKEN = "1:preview"  # noqa: S105 - opens nothing but the preview on this machine


@click.command(short_help="Run the bot.")
def command() -> None:
    """Run the bot: on Telegram with BOT_TOKEN, without it in the preview, a chat page on this machine.

    All settings are read from the environment; .env.example lists them.
    """
    settings = Settings.read(os.environ)
    set_up_logging(settings.log_level, () if settings.token is None else (settings.token,))
    world = load_world(day_in_kazakhstan(system_clock()))
    with only_process(settings.database):
        asyncio.run(_run(settings, world))


async def _run(settings: Settings, world: World) -> None:
    store = await Store.open(settings.database, settings.data_keys)
    keys = _about_keys(store)
    try:
        if settings.token is None:
            async with _preview(settings) as url:
                lines = (
                    "visabot: the preview, as BOT_TOKEN is not set",
                    f"open {url} in a browser",
                    f"conversations in {settings.database}, the preview's chats in {_preview_state(settings.database)}",
                    *keys,
                )
                await _work(Service(Account(_PREVIEW_TOKEN, url, settings.staff_chat), store, world, turn), lines)
        else:
            where = "Telegram" if settings.api_url == DEFAULT_API_URL else settings.api_url
            lines = (
                "visabot: the bot, receiving updates by polling",
                f"at {where}",
                f"conversations in {settings.database}",
                *keys,
            )
            account = Account(settings.token, settings.api_url, settings.staff_chat)
            await _work(Service(account, store, world, turn), lines)
    finally:
        await store.close()


def _about_keys(store: Store) -> tuple[str, ...]:
    if store.key_file is None:
        return ()
    line = f"keys in {store.key_file}; without this file the stored conversations cannot be read"
    return (f"{line}; back it up apart from the database",)


async def _work(service: Service, lines: tuple[str, ...]) -> None:
    """Run until a signal; a first SIGTERM or SIGINT finishes what is at hand."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, service.stop)
    running = asyncio.create_task(service.run())
    ready = asyncio.create_task(service.ready.wait())
    await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
    if ready.done():
        for line in lines:
            click.echo(line)
    ready.cancel()
    await running


class _Server(PreviewServer):
    """The preview's server in our process: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signal handlers alone."""
        yield


@asynccontextmanager
async def _preview(settings: Settings) -> AsyncIterator[str]:
    """The address of a preview that runs in this process."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise StartError(
            f"HOST, PORT: {settings.host}:{settings.port}: {error.strerror or error}; "
            "choose another port, or stop the program that uses it"
        ) from error
    host = f"[{settings.host}]" if family is socket.AF_INET6 else settings.host
    state = _preview_state(settings.database)
    with listener:
        server = _Server(create_preview(token=_PREVIEW_TOKEN, state=state, clock=system_clock))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


def _preview_state(database: Path) -> Path:
    return database.with_name(f"{database.stem}.preview{database.suffix}")
