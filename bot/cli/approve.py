"""`visabot answers approve`: a person has looked at the facts that changed and at what they touch."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.cli.upkeep import facts_directory
from bot.clock import day_in_kazakhstan, system_clock
from bot.errors import StartError
from bot.loading import load_world
from knowledge.base import KnowledgeBase
from knowledge.checks.approval import APPROVED, Change, Touch, approved_text, changes, read_approved
from knowledge.checks.digests import digests
from knowledge.errors import KnowledgeError
from knowledge.ledger import fact_names

__all__ = ["command", "is_a_terminal"]


@click.command("approve")
@click.argument("facts", nargs=-1, metavar="[FACT]...")
@click.option("--yes", is_flag=True, help="Approve without being asked; needed where nobody can be.")
def command(facts: tuple[str, ...], yes: bool) -> None:
    """Approve the facts as they are now, all of them or only FACT such as fee.duty_single.

    Lists what changed since the last approval with the answers and outcomes it touches, then asks.
    """
    knowledge = load_world(day_in_kazakhstan(system_clock())).knowledge
    path = facts_directory() / APPROVED
    approved = _approved(path)
    _refuse_unknown(facts, knowledge, approved)
    found = [change for change in changes(knowledge, approved) if not facts or change.fact in facts]
    if not found:
        click.echo("nothing changed since the last approval")
        return
    _list(found, knowledge)
    if not yes and not _confirmed(len(found)):
        return
    now = digests(knowledge)
    marks = dict(approved)
    for change in found:
        marks.pop(change.fact, None)
        if change.fact in now:
            marks[change.fact] = now[change.fact]
    _write(path, approved_text(marks))
    click.echo(f"approved: {len(found)} facts")


def _approved(path: Path) -> dict[str, str]:
    """The marks so far; none before the first approval."""
    if not path.exists():
        return {}
    try:
        return dict(read_approved(path.parent))
    except KnowledgeError as error:
        raise StartError.of(str(problem) for problem in error.problems) from error


def _refuse_unknown(facts: Sequence[str], knowledge: KnowledgeBase, approved: dict[str, str]) -> None:
    known = {*fact_names(knowledge), *approved}
    for name in facts:
        if name not in known:
            raise click.UsageError(f"{name!r} is not a fact; give family and id, such as fee.duty_single")


def _list(found: Sequence[Change], knowledge: KnowledgeBase) -> None:
    touch = Touch(knowledge)
    for change in found:
        click.echo(f"{change.kind.value}: {change.fact}: {touch(change.fact)}")


def _confirmed(number: int) -> bool:
    if not is_a_terminal():
        raise click.UsageError(f"{number} facts are not as they were approved; look at them, then add --yes")
    return click.confirm(f"Approve these {number} facts?")


def is_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise StartError(
            f"{path}: cannot be written ({error.strerror}); approve in a checkout of the project"
        ) from error
