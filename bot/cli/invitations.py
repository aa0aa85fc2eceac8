"""`visabot invitations`: what was handed over and where it stands, beside the running bot."""

import json

import click

from bot.cli.invitation_data import COLUMNS, about, history, masked, named
from bot.cli.invitation_export import command as export
from bot.cli.lines import line_of
from bot.cli.open_store import with_store
from bot.cli.options import json_option
from bot.cli.set_status import command as set_status
from bot.storage.cases import Case, Cases
from bot.storage.store import Store
from dialogs.requests import Status

__all__ = ["command"]


@click.group(name="invitations", short_help="Invitations: list, show, set-status, export.")
def command() -> None:
    """Invitations that were handed over. Personal data is masked unless --full asks for it."""


command.add_command(set_status)
command.add_command(export)


@command.command("list")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only those that stand there.")
@json_option
def list_invitations(status: str | None, as_json: bool) -> None:
    """Reference, status, category, guests, first day, and the day since which it stands there."""
    for case in _all(status):
        seen = about(case)
        click.echo(line_of(seen) if as_json else "  ".join(str(seen[name]) for name in COLUMNS))


@command.command("show")
@click.argument("reference", metavar="REF")
@click.option("--full", is_flag=True, help="Show personal data too.")
def show(reference: str, full: bool) -> None:
    """Everything about one invitation, as JSON."""

    async def work(store: Store) -> dict[str, object]:
        cases = Cases(store.vault)
        case = await store.read(lambda connection: named(connection, cases, reference))
        payload = await store.read(lambda connection: cases.payload(connection, case))
        return {**about(case), "history": history(case), "data": payload if full else masked(payload)}

    click.echo(json.dumps(with_store(work), ensure_ascii=False, indent=2))


def _all(status: str | None) -> list[Case]:
    wanted = None if status is None else Status(status)

    async def work(store: Store) -> list[Case]:
        cases = Cases(store.vault)
        return await store.read(lambda connection: cases.all(connection, wanted))

    return with_store(work)
