"""`visabot flow funnel`: at which question people leave a dialog, counted without a word about any of them."""

from datetime import date
from typing import Any

import click

from bot.cli.lines import line_of
from bot.cli.open_store import with_store
from bot.cli.options import IsoDate, json_option
from bot.storage.funnel import Funnel, Step
from bot.storage.store import Store

__all__ = ["command"]


@click.command("funnel")
@click.argument("flow", required=False)
@click.option("--since", type=IsoDate(), help="From this day on.")
@click.option("--until", type=IsoDate(), help="Up to this day.")
@json_option
def command(flow: str | None, since: date | None, until: date | None, as_json: bool) -> None:
    """For each question (of FLOW): how often it was asked, how it was left, and how often it is still open."""

    async def work(store: Store) -> list[Step]:
        return await store.read(lambda connection: Funnel().report(connection, flow, since, until))

    for step in with_store(work):
        click.echo(line_of(_object(step)) if as_json else _text(step))


def _object(step: Step) -> dict[str, Any]:
    return {
        "flow": step.flow,
        "version": step.version,
        "question": step.question,
        "asked": step.asked,
        "reached": step.reached,
        "left": dict(step.left),
        "open": step.still_open,
    }


def _text(step: Step) -> str:
    place = f"{step.flow} {step.version}  {step.question:30}"
    if step.reached:
        return f"{place} reached {step.reached}"
    ways = ", ".join(f"{what} {count}" for what, count in step.left.items())
    return f"{place} asked {step.asked}  open {step.still_open} {_share(step)}  {ways}".rstrip()


def _share(step: Step) -> str:
    return f"({step.still_open / step.asked:.0%})" if step.asked else "(–)"
