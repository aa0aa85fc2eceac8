"""`visabot db`: the database."""

import asyncio
import os

import click

from bot.lock import only_process
from bot.settings import Settings
from bot.storage.store import Store

__all__ = ["command"]


@click.group(short_help="The database.")
def command() -> None:
    """Operations on the database that DATABASE_URL names."""


@command.command()
def upgrade() -> None:
    """Bring the database to the tables of this version; `run` does so by itself."""
    database = Settings.read(os.environ).database

    async def work() -> None:
        await (await Store.open(database)).close()

    with only_process(database):
        asyncio.run(work())
    click.echo(f"{database}: up to date")
