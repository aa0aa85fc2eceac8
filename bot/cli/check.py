"""`visabot check`: whether the facts, the answers and the texts are fit to be served."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import click

from bot.cli.options import today_option
from bot.cli.upkeep import upkeep_of_the_product
from bot.loading import load_world
from dialogs.answer_checks import card_findings
from dialogs.uses import shown_facts
from dialogs.world import World
from knowledge.base import KnowledgeBase
from knowledge.check import check
from knowledge.checks.approval import Touch
from knowledge.checks.finding import Finding, Severity, in_order
from knowledge.ledger import fact_names
from knowledge.text_ids import text_ids

__all__ = ["command"]


@click.command(short_help="Check the facts, the answers and the texts.")
@today_option
@click.option("--all", "each", is_flag=True, help="Name every statement that was to be looked at again.")
@click.option("--fact", metavar="NAME", help="Tell what this fact touches instead, such as fee.duty_single.")
def command(today: date, each: bool, fact: str | None) -> int:
    """List what is worth a look: facts and answers that ended or end soon, that nobody uses, that changed since they
    were approved, texts that are missing, too long or wrong. Exit 1 on an error."""
    world = load_world(today)
    if fact is not None:
        _tell_touched(world.knowledge, fact)
        return 0
    upkeep = upkeep_of_the_product()
    findings = in_order(
        (
            *check(world.knowledge, upkeep, today, shown=shown_facts(world), each_recheck=each),
            *card_findings(world),
            *_missing_texts(world),
        )
    )
    for finding in findings:
        click.echo(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    click.echo(f"checked as of {today.isoformat()}: {errors} errors, {warnings} warnings, {len(findings)} findings")
    return 1 if errors else 0


def _tell_touched(kb: KnowledgeBase, fact: str) -> None:
    if fact not in set(fact_names(kb)):
        raise click.UsageError(f"--fact: {fact!r} is not a fact; give family and id, such as fee.duty_single")
    touch = Touch(kb)
    for answer in touch.answers(fact):
        click.echo(f"answer {answer}")
    for outcomes in touch.outcomes(fact):
        click.echo(f"outcomes {outcomes}")
    if not touch.answers(fact) and not touch.outcomes(fact):
        click.echo(f"{fact}: no answer names it, and no reviewed outcome rests on it")


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
