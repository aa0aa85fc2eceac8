"""`visabot flow lint`: whether the flows are fit to be talked through."""

from datetime import date

import click

from bot.cli.flow_names import flow_named
from bot.cli.lines import line_of
from bot.cli.options import json_option, today_option
from bot.loading import load_world
from dialogs.lint import lint
from knowledge.checks.finding import Severity

__all__ = ["command"]


@click.command("lint")
@click.argument("names", metavar="[FLOW]...", nargs=-1)
@json_option
@today_option
def command(names: tuple[str, ...], as_json: bool, today: date) -> int:
    """Walk every way and list what is wrong: ways without an end, rules and outcomes that no way reaches, cards that
    fail or are too long, names and texts that are missing or unused, long buttons, words that mean two things, days in
    code, migrations that cannot work. Exit 1 on an error. Takes about a minute for all flows."""
    world = load_world(today)
    for name in names:
        flow_named(world.flows, name)
    findings = lint(world, names)
    for finding in findings:
        if as_json:
            click.echo(
                line_of(
                    {
                        "severity": finding.severity.value,
                        "thing": finding.thing,
                        "message": finding.message,
                        "repair": finding.repair,
                    }
                )
            )
        else:
            click.echo(finding)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if not as_json:
        click.echo(
            f"{', '.join(names) or 'all flows'} as of {today.isoformat()}: {errors} errors, {len(findings)} findings"
        )
    return 1 if errors else 0
