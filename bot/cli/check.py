"""`visabot check`: whether the facts and texts are fit to be served."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import click

from bot.cli.options import today_option
from bot.loading import load_world
from dialogs.world import World
from knowledge.check import Finding, Severity, check
from knowledge.text_ids import text_ids

__all__ = ["command"]


@click.command(short_help="Check the facts and the texts.")
@today_option
def command(today: date) -> int:
    """List what is worth a look: facts that ended or end soon, missing sources and texts. Exit 1 on an error."""
    world = load_world(today)
    findings = (*check(world.knowledge, today), *_missing_texts(world))
    for finding in findings:
        click.echo(f"{finding.severity.value}: {finding.thing}: {finding.message}; {finding.repair}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    click.echo(f"checked as of {today.isoformat()}: {errors} errors, {warnings} warnings, {len(findings)} findings")
    return 1 if errors else 0


def _missing_texts(world: World) -> Iterator[Finding]:
    """Texts that a fact names and no language has: an error in a family that is shown, else a notice a family."""
    known = world.texts.ids()
    shown = {key.split(".")[0] for key in known}
    missing = sorted(text_ids(world.knowledge) - known)
    for key in missing:
        if key.split(".")[0] in shown:
            yield Finding(Severity.ERROR, key, "a fact names this text, but no language has it", "write it")
    for family, count in sorted(Counter(key.split(".")[0] for key in missing).items()):
        if family not in shown:
            message = f"facts name {count} texts of this family, and no language has one: they are not shown"
            yield Finding(Severity.NOTICE, family, message, "write them, or leave the family to staff")
