"""`visabot invitations export`: all of them for other programs; personal data only when asked for."""

import csv
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from bot.cli.invitation_data import COLUMNS, about, history
from bot.cli.lines import line_of
from bot.cli.open_store import with_store
from bot.storage.cases import Case, Cases
from bot.storage.store import Store

__all__ = ["command"]

_FORMATS = ("json", "csv")
_GUESTS = "guests"
_NUMBER = re.compile(r"[+-][\d .,]+")

Row = dict[str, Any]


@click.command("export")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True)
@click.option("--full", is_flag=True, help="With personal data; in CSV a line for each guest.")
def command(form: str, full: bool) -> None:
    """Every invitation: JSON lines with the way so far, or CSV."""
    found = with_store(_with_data if full else _without_data)
    if full:
        click.echo("This holds personal data: keep it where only staff can read it, and delete it after use.", err=True)
    if form == "json":
        for case, data in found:
            click.echo(line_of({**about(case), "history": history(case), **({"data": data} if full else {})}))
        return
    rows = [row for case, data in found for row in _rows(case, data)]
    columns = dict.fromkeys((*COLUMNS, *(name for row in rows for name in row)))
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)


async def _without_data(store: Store) -> Sequence[tuple[Case, Mapping[str, Any]]]:
    return [(case, {}) for case in await store.read(Cases(store.vault).all)]


async def _with_data(store: Store) -> Sequence[tuple[Case, Mapping[str, Any]]]:
    cases = Cases(store.vault)
    found = []
    for case in await store.read(cases.all):
        data = await store.read(lambda connection, case=case: cases.payload(connection, case))  # type: ignore[misc]
        found.append((case, data))
    return found


def _rows(case: Case, data: Mapping[str, Any]) -> Iterator[Row]:
    """The invitation with each of its guests; alone where there are no data (any more)."""
    common = {**about(case), **dict(_flat({name: value for name, value in data.items() if name != _GUESTS}))}
    guests: Sequence[Row] = data.get(_GUESTS) or ({},)
    for guest in guests:
        yield {**common, **dict(_flat({"guest": guest}))}


def _flat(data: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Each value under its path, such as `trip.period.first_day`."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def _harmless(value: object) -> object:
    """The value as a table shows it: what people wrote must not become a formula of a spreadsheet."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
