"""`visabot flow talk`: a conversation from a file, as a person would see it."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import click

from bot.cli.options import IsoDate
from bot.errors import StartError
from bot.loading import load_world
from dialogs.talks import Played, ScriptError, Taken, coverage_of, load_scripts, play, rule_lines, taken_in, transcript
from dialogs.world import World
from knowledge.checks.situations import ASKED

__all__ = ["command"]


@click.command("talk")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--coverage", is_flag=True, help="Tell which lines of the flows no conversation takes instead.")
@click.option(
    "--today",
    type=IsoDate(),
    default=ASKED.isoformat(),
    show_default=True,
    help="The day of conversations that name none.",
)
def command(paths: tuple[Path, ...], coverage: bool, today: date) -> int:
    """Play the conversations in FILEs, or in directories of them, and print them. Exit 1 when one goes another way."""
    named = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    try:
        scripts = load_scripts(named)
    except ScriptError as error:
        raise StartError.of(error.problems) from error
    world = load_world(today)
    played = [play(script, world) for script in scripts]
    if coverage:
        _tell_coverage(played, world)
    else:
        for talk in played:
            click.echo(transcript(talk))
    failures = [failure for talk in played for failure in talk.failures]
    for failure in failures:
        click.echo(failure.splitlines()[0], err=True)
    return 1 if failures else 0


def _tell_coverage(played: list[Played], world: World) -> None:
    taken: set[Taken] = set()
    for talk in played:
        taken |= taken_in(talk)
    for covered in coverage_of(world.flows.values(), taken):
        click.echo(f"{covered.flow}: {covered.taken} of {covered.total} rules")
        name = f"{covered.flow}.yaml"
        lines = rule_lines((files("dialogs") / "flows" / name).read_text("utf-8"))
        for missed in covered.missed:
            click.echo(f"  {name}:{lines[missed.question, missed.rule]}: {missed.question}: no conversation takes it")
