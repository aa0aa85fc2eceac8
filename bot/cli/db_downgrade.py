"""`visabot db downgrade`: back to the tables of an older version."""

import asyncio
import os

import click
from sqlalchemy import inspect

from bot.errors import StartError
from bot.lock import only_process
from bot.settings import Settings
from bot.storage.address import Address
from bot.storage.database import open_engine
from bot.storage.quiet import keep_quiet
from bot.storage.schema import downgrade

__all__ = ["command"]


@click.command("downgrade")
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(revision: str, yes: bool) -> None:
    """Take the tables back to REVISION (`base`: none at all) while no bot runs, for an older version of the program.

    What those tables have no place for is lost: take a backup first.
    """
    settings = Settings.read(os.environ)
    database = settings.database
    if database.file is not None and not database.file.exists():
        raise StartError(f"DATABASE_URL: {database}: is not there; name the file that the bot uses")
    if not yes:
        click.confirm(f"Take {database} back to {revision}, and lose what has no place there?", abort=True)
    with only_process(database):
        asyncio.run(_downgrade(database, revision))
    click.echo(f"{database}: has the tables of {revision}; the next `visabot run` of this version upgrades them again")


async def _downgrade(database: Address, revision: str) -> None:
    engine = open_engine(database)
    try:
        if await engine.run(lambda connection: inspect(connection).has_table("replicas")):
            async with engine.transaction() as connection:
                await keep_quiet(connection, database)
        await downgrade(engine, str(database), revision)
    finally:
        await engine.close()
