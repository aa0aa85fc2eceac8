"""`visabot db move`: everything into another database."""

import asyncio
import os

import click

from bot.clock import day_in_kazakhstan, system_clock
from bot.errors import StartError
from bot.lock import only_process
from bot.settings import Settings
from bot.storage.address import Address
from bot.storage.moving import Moved, move, take_up_again

__all__ = ["command"]


@click.command("move")
@click.argument("url", required=False, envvar="MOVE_TO")
@click.option("--undo", is_flag=True, help="Go on with the database of DATABASE_URL as it was before it was moved.")
def command(url: str | None, undo: bool) -> None:
    """Copy everything to the empty database URL, while no bot runs; this one is left as it is, and no bot starts on it.

    An address with a password is better given as MOVE_TO in the environment than on the command line.
    """
    settings = Settings.read(os.environ)
    source = settings.database
    if source.file is not None and not source.file.exists():
        raise StartError(f"DATABASE_URL: {source}: is not there; name the file that the bot uses")
    if undo:
        with only_process(source):
            was_moved = asyncio.run(take_up_again(source))
        click.echo(f"{source}: {'is in use again' if was_moved else 'was not moved'}")
        return
    if url is None:
        raise click.UsageError("URL: is missing; name the empty database to move to, here or in MOVE_TO")
    target = Settings.read({"DATABASE_URL": url}).database
    if target == source:
        raise StartError(f"URL: {target}: is the database itself; name another one")
    with only_process(source), only_process(target):
        day = day_in_kazakhstan(system_clock()).isoformat()
        moved = asyncio.run(move(source, target, settings.data_keys, day))
    for name, count in moved.counts.items():
        click.echo(f"  {name}: {count}")
    click.echo(f"{target}: holds all {sum(moved.counts.values())} rows of {source}, counted in each table")
    _tell_what_to_set(moved, target)


def _tell_what_to_set(moved: Moved, target: Address) -> None:
    click.echo(f"set DATABASE_URL to {target if target.file is None else f'sqlite:///{target}'}")
    if moved.key_file is None:
        click.echo("leave DATA_KEYS as it is")
    elif target.is_shared:
        click.echo(f"set DATA_KEYS to the keys in {moved.key_file}, newest first, with commas between them")
    else:
        click.echo(f"the keys stand beside the new file too, as in {moved.key_file}")
