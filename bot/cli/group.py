"""The commands, each loaded when it is called, and one line instead of a usage page when a call is wrong."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from bot.errors import StartError

__all__ = ["main", "visabot"]

_COMMANDS = {
    "run": "bot.cli.run",
    "country": "bot.cli.country",
    "evisa": "bot.cli.evisa",
    "advise": "bot.cli.advise",
    "timeline": "bot.cli.timeline",
    "ask": "bot.cli.ask",
    "answers": "bot.cli.answers",
    "check": "bot.cli.check",
    "flow": "bot.cli.flow",
    "invitations": "bot.cli.invitations",
    "db": "bot.cli.db",
}
"""Each module holds its click command as `command`. They are imported late: a look-up should not load a database."""

_BAD_USAGE = 2


class _Commands(click.Group):
    """A group that imports a command when it is asked for, and tells errors in one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _COMMANDS.get(cmd_name)
        if module is None:
            ctx.fail(f"{cmd_name!r} is not a command; use one of {', '.join(_COMMANDS)}")
        found: click.Command = import_module(module).command
        return found

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> NoReturn:
        """Run a command and exit: 0 when it could answer, 2 when the call or the installation is wrong."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, *more, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            _tell(_commands_of(error.ctx))
            sys.exit(_BAD_USAGE)
        except click.ClickException as error:
            _tell(" ".join(error.format_message().split()))
            sys.exit(_BAD_USAGE)
        except StartError as error:
            for problem in error.problems:
                _tell(problem)
            sys.exit(_BAD_USAGE)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(130)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        sys.exit(code if isinstance(code, int) else 0)


def _commands_of(context: click.Context | None) -> str:
    """What to say when a group is called without one of its commands."""
    names = context.command.list_commands(context) if context and isinstance(context.command, click.Group) else ()
    path = context.command_path if context else "visabot"
    return f"give a command: {', '.join(names)}; {path} --help tells more"


def _tell(problem: str) -> None:
    click.echo(f"visabot: {problem}", err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="visabot", message="%(prog)s %(version)s")
def visabot() -> None:
    """The visa assistant for Kazakhstan: run it, ask it, check it."""


def main() -> NoReturn:
    """The console script."""
    visabot.main(prog_name="visabot")
