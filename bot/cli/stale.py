"""`visabot answers stale`: who must look at what by when."""

from datetime import date
from itertools import groupby

import click

from bot.cli.lines import line_of
from bot.cli.options import json_option, today_option
from bot.cli.upkeep import upkeep_of_the_product
from bot.loading import load_world
from knowledge.checks.answers import REVIEW_SOON_DAYS
from knowledge.checks.stale import Due, Reason, stale

__all__ = ["command"]

_SAID = {
    Reason.REVIEW: "look at the answer again",
    Reason.EXPIRES: "the answer expires",
    Reason.FACT_ENDS: "facts behind it end",
    Reason.FACT_CHANGED: "facts behind it changed since they were approved",
    Reason.RECHECK: "look at its sources again",
}


@click.command("stale")
@click.option(
    "--within",
    metavar="DAYS",
    type=click.IntRange(0, 3650),
    default=REVIEW_SOON_DAYS,
    show_default=True,
    help="Also what is due within so many days.",
)
@json_option
@today_option
def command(within: int, as_json: bool, today: date) -> None:
    """What must be looked at, by owner and in order of day: answers past or near their review, answers whose facts end
    or changed since they were approved, statements that grew old."""
    found = stale(load_world(today).knowledge, upkeep_of_the_product().approved, today, within)
    if as_json:
        for due in found:
            click.echo(line_of(_object(due, today)))
        return
    for owner, items in groupby(found, key=lambda due: due.owner):
        click.echo(f"{owner}:")
        for due in items:
            click.echo(f"  {_text(due, today)}")
    click.echo(f"as of {today.isoformat()}: {len(found)} to look at within {within} days")


def _text(due: Due, today: date) -> str:
    late = " (late)" if due.day < today else ""
    about = f": {', '.join(due.about)}" if due.about else ""
    return f"{due.day.isoformat()}{late}  {due.thing}  {_SAID[due.reason]}{about}"


def _object(due: Due, today: date) -> dict[str, object]:
    return {
        "owner": due.owner,
        "day": due.day.isoformat(),
        "late": due.day < today,
        "thing": due.thing,
        "reason": due.reason.value,
        "about": list(due.about),
    }
