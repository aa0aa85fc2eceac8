"""`visabot db backup`: everything in one file, while the bot runs or not."""

import asyncio
import os
from pathlib import Path

import click

from bot.cli.moments import said
from bot.clock import system_clock
from bot.errors import StartError
from bot.lock import only_process
from bot.settings import Settings
from bot.storage.address import Address
from bot.storage.backup import write_backup
from bot.storage.keys import key_file_of

__all__ = ["command"]


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Write everything as it stands now to FILE, which is new then. What is sealed stays sealed: FILE holds no keys."""
    settings = Settings.read(os.environ)
    database = settings.database
    if database.file is not None and not database.file.exists():
        raise StartError(f"DATABASE_URL: {database}: is not there; name the file that the bot uses")
    facts = asyncio.run(write_backup(database, file, system_clock(), beside_bot=_has_bot(database)))
    rows = sum(facts.counts.values())
    click.echo(f"{file}: {rows} rows of {database} as of {said(facts.moment)}, tables of revision {facts.revision}")
    for name, count in facts.counts.items():
        click.echo(f"  {name}: {count}")
    keys = "DATA_KEYS" if settings.data_keys or database.file is None else str(key_file_of(database.file))
    click.echo(f"it cannot be read without the keys in {keys}, which are not in it: back them up apart from it")
    if facts.beside_bot:
        click.echo("the bot runs: a restore will hold back what is on its way now (`visabot db restore --help`)")


def _has_bot(database: Address) -> bool:
    """Whether a bot works on an embedded database; a shared one is asked itself."""
    try:
        with only_process(database):
            return False
    except StartError:
        return True
