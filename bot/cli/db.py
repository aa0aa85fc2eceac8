"""`visabot db`: the database and its keys."""

import asyncio
import os

import click

from bot.cli.db_backup import command as backup
from bot.cli.db_downgrade import command as downgrade
from bot.cli.db_held import command as held
from bot.cli.db_move import command as move
from bot.cli.db_restore import command as restore
from bot.cli.open_store import with_store
from bot.clock import system_clock
from bot.lock import only_process
from bot.settings import Settings
from bot.storage.connection import Connection
from bot.storage.erasure import bots_of, erase
from bot.storage.keys import key_file_of, make_key_file, read_key_file
from bot.storage.sealing import reseal
from bot.storage.store import Store
from bot.storage.vault import new_key

__all__ = ["command"]


@click.group(short_help="The database and its keys.")
def command() -> None:
    """Operations on the database that DATABASE_URL names."""


for part in (backup, restore, held, move, downgrade):
    command.add_command(part)


@command.command()
def upgrade() -> None:
    """Bring the database to the tables of this version; `run` does so by itself."""
    settings = Settings.read(os.environ)

    async def work() -> None:
        await (await Store.open(settings.database, settings.data_keys)).close()

    with only_process(settings.database):
        asyncio.run(work())
    click.echo(f"{settings.database}: up to date")


@command.command("new-key")
def print_new_key() -> None:
    """Print a new key for DATA_KEYS."""
    click.echo(new_key())


@command.command()
@click.option("--new", "with_new", is_flag=True, help="Make a new key first, in the file beside the database.")
def rekey(with_new: bool) -> None:
    """Seal everything with the newest key, while the bot does not run; older keys are not needed afterwards."""
    settings = Settings.read(os.environ)
    with only_process(settings.database):
        if with_new and (settings.data_keys or settings.database.is_shared):
            raise click.UsageError("--new is for the file beside the database; put a new key in front of DATA_KEYS")
        database = settings.database.file
        if with_new and database is not None and database.exists():
            file = key_file_of(database)
            make_key_file(file, (new_key(), *(read_key_file(file) if file.exists() else ())))

        async def work(store: Store) -> tuple[int, bool]:
            count = await store.write(lambda connection: reseal(connection, store.vault))
            if store.key_file is not None:
                make_key_file(store.key_file, read_key_file(store.key_file)[:1])
            return count, store.key_file is not None

        count, in_file = with_store(work)
    where = "the key file holds it alone" if in_file else "older keys can be taken out of DATA_KEYS"
    click.echo(f"{settings.database}: {count} texts sealed with the newest key; {where}")


@command.command("erase")
@click.argument("chat", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_chat(chat: int, yes: bool) -> None:
    """Forget the person with the Telegram id CHAT everywhere; it also works while the bot runs."""
    if not yes:
        click.confirm(f"Erase everything about {chat}? It cannot be undone", abort=True)
    key = str(chat)

    async def work(store: Store) -> tuple[bool, list[str]]:
        async def job(connection: Connection) -> tuple[bool, list[str]]:
            bots = await bots_of(connection, key)
            references: list[str] = []
            for bot_id in bots:
                references += await erase(connection, bot_id, store.vault, key, system_clock())
            return bool(bots), references

        return await store.write(job)

    known, references = with_store(work)
    left = f"; of the invitations {', '.join(references)} only these references are left" if references else ""
    click.echo(f"{chat}: erased{left}" if known else f"{chat}: nothing is stored")
