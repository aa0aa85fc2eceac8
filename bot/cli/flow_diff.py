"""`visabot flow diff`: whom the changes since a git revision move from which verdict to which."""

import io
import subprocess
import tarfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.cli.flow_names import flow_named
from bot.cli.lines import line_of
from bot.cli.options import json_option, today_option
from bot.loading import load_world
from dialogs.flow import FlowError, load_flows
from dialogs.walk import Move, moves
from dialogs.world import World
from knowledge.errors import KnowledgeError
from knowledge.loader import load_knowledge

__all__ = ["command"]

_KEPT = ("knowledge/data", "dialogs/flows")
_MOST_NAMED = 12


@click.command("diff")
@click.argument("revision", metavar="REV")
@click.option("--flow", "name", default="which_visa", show_default=True, help="The flow whose ways are compared.")
@click.option("--country", "countries", metavar="CODE", multiple=True, help="Only this passport; may be given again.")
@json_option
@today_option
def command(revision: str, name: str, countries: tuple[str, ...], as_json: bool, today: date) -> None:
    """Load the facts and the flows as they are at the git revision REV of this directory, and tell which passports get
    another verdict, category, stay or confidence today. Compares minutes long when a rule for everybody changed."""
    after = load_world(today)
    flow = flow_named(after.flows, name)
    if any(question.person for question in flow.questions.values()):
        raise click.UsageError(f"{name!r} asks about people: its ways are not compared one by one")
    unknown = sorted(set(countries) - set(after.knowledge.regimes))
    if unknown:
        raise click.UsageError(f"--country: {unknown[0]!r}: no such passport; give a code such as IN")
    before = _world_at(revision, after)
    if name not in before.flows:
        click.echo(f"{name}: there is no such flow at {revision}: nothing to compare")
        return
    found = moves(name, before, after, countries)
    for move in found:
        click.echo(line_of(_object(move)) if as_json else _text(move))
    if not as_json:
        moved = {country for move in found for country in move.countries}
        click.echo(f"{name} since {revision}, as of {today.isoformat()}: {len(moved)} nationalities moved")


def _world_at(revision: str, today: World) -> World:
    """Today's program with the facts and the flows of `revision`."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        _unpack(revision, root)
        try:
            knowledge = load_knowledge(root / "knowledge" / "data")
            flows = load_flows(root / "dialogs" / "flows")
        except (KnowledgeError, FlowError) as error:
            first = str(next(iter(error.problems)))
            message = f"{revision}: its facts or flows do not fit today's program ({len(error.problems)}: {first})"
            raise click.ClickException(message) from error
    return replace(today, knowledge=knowledge, flows=flows)


def _unpack(revision: str, root: Path) -> None:
    """The facts and the flows of `revision` into `root`. Raises ClickException when git does not give them."""
    try:
        top = _git("rev-parse", "--show-toplevel").decode().strip()
        archive = _git("-C", top, "archive", "--format=tar", "--end-of-options", revision, *_KEPT)
    except FileNotFoundError as error:
        raise click.ClickException("git is not installed; install it to compare revisions") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        message = f"{revision}: git does not give it ({said}); name a revision of this directory"
        raise click.ClickException(message) from error
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(root, filter="data")


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S603, S607
    return done.stdout


def _text(move: Move) -> str:
    named = sorted(move.countries)
    some = ", ".join(named[:_MOST_NAMED]) + (", …" if len(named) > _MOST_NAMED else "")
    nouns = "nationality" if len(named) == 1 else "nationalities"
    return f"{len(named)} {nouns}: {move.before} → {move.after} [{_situations(move)}; {move.ways:,} ways]: {some}"


def _situations(move: Move) -> str:
    """What was answered on the ways that moved: numbers by their bounds, the rest by what there was."""
    told = []
    for key, values in move.answers.items():
        numbers = [value for value in values if isinstance(value, int)]
        if numbers:
            told.append(f"{key} {min(numbers)}–{max(numbers)}" if len(numbers) > 1 else f"{key} {numbers[0]}")
        else:
            listed = ["–" if value is None else str(value) for value in values]
            more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
            told.append(f"{key} {', '.join(listed[:_MOST_NAMED])}{more}")
    return "; ".join(told)


def _object(move: Move) -> dict[str, object]:
    return {
        "before": move.before,
        "after": move.after,
        "countries": sorted(move.countries),
        "ways": move.ways,
        "answers": {key: list(values) for key, values in move.answers.items()},
    }
