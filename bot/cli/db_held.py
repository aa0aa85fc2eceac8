"""`visabot db held`: what a restore held back, and what becomes of it."""

from collections.abc import Awaitable, Callable

import click

from bot.cli.lines import line_of
from bot.cli.moments import said
from bot.cli.open_store import with_store
from bot.cli.options import json_option
from bot.clock import system_clock
from bot.storage.connection import Connection
from bot.storage.held import Held, drop_held, held_back, let_go
from bot.storage.store import Store

__all__ = ["command"]

_ALL = "all"


@click.group("held", short_help="What a restore held back: list, send, drop.")
def command() -> None:
    """What a restore held back. It also works while the bot runs, and is dropped after 30 days."""


@command.command("list")
@json_option
def list_held(as_json: bool) -> None:
    """What is held: its name, the chat, what it is, and since when."""
    for held in _held():
        seen = {"name": _name_of(held), "chat": held.chat_key, "about": held.about, "since": said(held.since)}
        click.echo(line_of(seen) if as_json else "  ".join(part for part in seen.values() if part))


@command.command("send")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def send(names: tuple[str, ...]) -> None:
    """Let these (or `all`) happen now: calls are made, messages answered, reminders given."""
    count = _do(names, lambda connection, held: let_go(connection, held, system_clock()))
    click.echo(f"{count} on their way; the running bot takes them up within a minute")


@command.command("drop")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def drop(names: tuple[str, ...]) -> None:
    """Let these (or `all`) never happen."""
    click.echo(f"{_do(names, drop_held)} dropped")


def _held() -> list[Held]:
    async def work(store: Store) -> list[Held]:
        return await store.read(held_back)

    return with_store(work)


def _do(names: tuple[str, ...], what: Callable[[Connection, Held], Awaitable[bool]]) -> int:
    async def work(store: Store) -> int:
        async def job(connection: Connection) -> int:
            wanted = _chosen(names, await held_back(connection))
            return sum([await what(connection, held) for held in wanted])

        return await store.write(job)

    return with_store(work)


def _chosen(names: tuple[str, ...], held: list[Held]) -> list[Held]:
    if names == (_ALL,):
        return held
    known = {_name_of(one): one for one in held}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(f"{unknown[0]}: is not held; `visabot db held list` names what is")
    return [known[name] for name in dict.fromkeys(names)]


def _name_of(held: Held) -> str:
    return f"{held.kind}:{held.id}"
