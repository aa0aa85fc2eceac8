"""`visabot flow walk`: how many ways a flow has, and where they lead."""

from datetime import date

import click

from bot.cli.flow_names import flows_named
from bot.cli.lines import line_of
from bot.cli.options import json_option, today_option
from bot.loading import load_world
from dialogs.tree import Flow
from dialogs.walk import Survey, survey

__all__ = ["command"]


@click.command("walk")
@click.argument("name", metavar="[FLOW]", required=False)
@json_option
@today_option
def command(name: str | None, as_json: bool, today: date) -> int:
    """Walk every way through FLOW, or through all flows: each passport with each option, and days and numbers on both
    sides of the limits that the facts name. Exit 1 when a way does not end."""
    world = load_world(today)
    failed = False
    for flow in flows_named(world.flows, name):
        found = survey(flow, world)
        failed = failed or bool(found.problems)
        if as_json:
            click.echo(line_of(_object(flow, found)))
        else:
            _tell(flow, found)
    return 1 if failed else 0


def _tell(flow: Flow, found: Survey) -> None:
    rules = sum(len(question.next) for question in flow.questions.values())
    click.echo(
        f"{flow.id}: {found.paths:,} ways, {len(found.taken)} of {rules} rules taken, "
        f"at most {found.longest} questions, {len(found.problems)} dead ends"
    )
    for end, count in sorted(found.ends.items(), key=lambda pair: -pair[1]):
        passports = found.countries.get(end)
        of = "" if passports is None else f", {len(passports)} passports"
        click.echo(f"  {end}: {count:,} ways{of}")
    for problem in sorted(found.problems):
        click.echo(f"  dead end: {problem}")


def _object(flow: Flow, found: Survey) -> dict[str, object]:
    return {
        "flow": flow.id,
        "version": flow.version,
        "paths": found.paths,
        "longest": found.longest,
        "rules": sum(len(question.next) for question in flow.questions.values()),
        "rules_taken": len(found.taken),
        "outcomes": {
            end: {"paths": count, "countries": sorted(found.countries.get(end, ()))}
            for end, count in sorted(found.ends.items())
        },
        "dead_ends": sorted(found.problems),
    }
