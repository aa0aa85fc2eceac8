"""`visabot flow`: the tools of those who write flows."""

from importlib import import_module

import click

__all__ = ["command"]

_COMMANDS = {
    "lint": "bot.cli.flow_lint",
    "walk": "bot.cli.flow_walk",
    "talk": "bot.cli.flow_talk",
    "draw": "bot.cli.flow_draw",
    "diff": "bot.cli.flow_diff",
    "funnel": "bot.cli.flow_funnel",
}
"""Each module holds its click command as `command`, imported when it is asked for."""


class _FlowCommands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            ctx.fail(f"{cmd_name!r} is not a command; use one of {', '.join(_COMMANDS)}")
        found: click.Command = import_module(module).command
        return found


@click.group(name="flow", cls=_FlowCommands, short_help="The flows: lint, walk, talk, draw, diff, funnel.")
def command() -> None:
    """The conversations as data: check them, walk all their ways, play them, draw them, compare them."""
