"""`visabot run`: the bot, on Telegram or in the preview."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import click

from bot.cli.upkeep import upkeep_of_the_product
from bot.clock import day_in_kazakhstan, system_clock
from bot.loading import load_world
from bot.lock import only_process
from bot.logs import LogFormat, set_up_logging
from bot.preview import PreviewServer, create_preview
from bot.roles import Role
from bot.service import Account, Service
from bot.settings import DEFAULT_API_URL, DEFAULT_DATABASE, Settings
from bot.storage.address import Address
from bot.storage.store import Store
from bot.web import LoopServer, serving
from dialogs.engine import turn
from dialogs.world import World
from knowledge.checks.stale import stale

__all__ = ["command"]

_DUE_DAYS = 14
"""How many days ahead staff hear of what is to be looked at in the knowledge."""

_PREVIEW_TOKEN = "1:preview"  # noqa: S105 - opens nothing but the preview on this machine


@click.command(short_help="Run the bot.")
@click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    help="Do only this part of the work, beside other processes on the same PostgreSQL database; may be repeated.",
)
def command(roles: tuple[str, ...]) -> None:
    """Run the bot: on Telegram with BOT_TOKEN, without it in the preview, a chat page on this machine.

    All settings are read from the environment; .env.example lists them.
    """
    settings = Settings.read(os.environ)
    wanted = tuple(Role(role) for role in roles) or tuple(Role)
    if set(wanted) != set(Role) and not settings.database.is_shared:
        raise click.UsageError(
            "--role: several processes need a PostgreSQL database; set DATABASE_URL, or leave --role out"
        )
    webhook, server = settings.webhook, settings.database.server
    secrets = (
        settings.token,
        webhook.secret if webhook is not None else None,
        *(() if server is None else (server.password, *map(str, server.query.values()))),
        *settings.data_keys,
    )
    set_up_logging(settings.log_level, tuple(filter(None, secrets)), form=LogFormat(settings.log_format))
    world = load_world(day_in_kazakhstan(system_clock()))
    with only_process(settings.database):
        asyncio.run(_run(settings, world, wanted))


async def _run(settings: Settings, world: World, roles: tuple[Role, ...]) -> None:
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
            account = Account(settings.token, settings.api_url, settings.staff_chat, settings.webhook)
            approved = upkeep_of_the_product().approved
            service = Service(
                account,
                store,
                world,
                turn,
                roles=roles,
                listen=(settings.host, settings.port),
                due=lambda today: stale(world.knowledge, approved, today, _DUE_DAYS),
            )
            await _work(service, (*_about_bot(settings, roles), *keys))
    finally:
        await store.close()


def _about_bot(settings: Settings, roles: tuple[Role, ...]) -> tuple[str, ...]:
    part = "the bot" if set(roles) == set(Role) else f"a part of the bot ({', '.join(roles)})"
    way = "receiving updates by polling" if settings.webhook is None else f"Telegram delivers to {settings.webhook.url}"
    where = "Telegram" if settings.api_url == DEFAULT_API_URL else settings.api_url
    return (f"visabot: {part}, {way}", f"at {where}", f"conversations in {settings.database}")


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
        if service.address is not None:
            click.echo(f"health and metrics at {service.address}/healthz and /metrics")
    ready.cancel()
    await running


class _Server(LoopServer, PreviewServer):
    """The preview's server in our process: signals are ours."""


@asynccontextmanager
async def _preview(settings: Settings) -> AsyncIterator[str]:
    """The address of a preview that runs in this process."""
    state = _preview_state(settings.database)
    app = create_preview(token=_PREVIEW_TOKEN, state=state, clock=system_clock)
    async with serving(_Server(app), settings.host, settings.port) as address:
        yield address


def _preview_state(address: Address) -> Path:
    database = address.file or DEFAULT_DATABASE
    return database.with_name(f"{database.stem}.preview{database.suffix}")
