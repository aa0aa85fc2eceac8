"""`visabot db restore`: a backup into the database, without sending anything again."""

import asyncio
import os
from collections import Counter
from pathlib import Path

import click

from bot.cli.moments import said
from bot.clock import system_clock
from bot.lock import only_process
from bot.settings import Settings
from bot.storage.restoring import Former, Restored, Wish, former_of, restore

__all__ = ["command"]


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now; who was erased is kept in mind.")
@click.option(
    "--old",
    metavar="URL",
    envvar="OLD_DATABASE_URL",
    help="The database that was in use after the backup: it knows who was erased.",
)
@click.option("--stopped", is_flag=True, help="No bot has run since the backup: everything goes on by itself.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(file: Path, replace: bool, old: str | None, stopped: bool, yes: bool) -> None:
    """Put the backup FILE into the database, which must be empty, while no bot runs.

    Calls that had not arrived then, messages that had not been answered and reminders that are due by now are held, as
    the bot may have seen to them after the backup: `visabot db held` shows, sends and drops them. Who was erased since
    is erased again: give --old (or OLD_DATABASE_URL) so that this can be known, or --replace where the database itself
    is the former one.
    """
    settings = Settings.read(os.environ)
    if replace and not yes:
        click.confirm(f"Lose everything that {settings.database} holds now?", abort=True)

    async def work() -> Restored:
        former: Former | None = None
        if old is not None:
            former = await former_of(Settings.read({"DATABASE_URL": old}).database)
        wish = Wish(replace=replace, as_usual=stopped, former=former)
        return await restore(settings.database, settings.data_keys, file, wish, system_clock())

    with only_process(settings.database):
        restored = asyncio.run(work())
    click.echo(f"{settings.database}: as of {said(restored.facts.moment)}, {sum(restored.facts.counts.values())} rows")
    _tell_of_held(restored, stopped=stopped)
    _tell_of_erased(restored)


def _tell_of_held(restored: Restored, *, stopped: bool) -> None:
    if not restored.held:
        return
    kinds = ", ".join(f"{count} {kind}s" for kind, count in Counter(held.kind for held in restored.held).items())
    click.echo(f"held: {kinds}; they may have been seen to after the backup: `visabot db held list`")
    if not stopped and not restored.facts.beside_bot:
        click.echo(
            "no bot ran while the backup was made; if none has since, restore with --stopped to hold nothing new"
        )


def _tell_of_erased(restored: Restored) -> None:
    if restored.erased:
        click.echo(f"erased again: {restored.erased} people who were erased after the backup")
    if not restored.knew_erasures:
        click.echo(
            f"nothing here tells who was erased after {said(restored.facts.moment)}: restore with --old if the former "
            "database can still be read, or erase them again (`visabot db erase`)"
        )
