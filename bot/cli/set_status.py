"""`visabot invitations set-status`: the next step of an invitation, which its inviting party is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import click

from bot.cli.invitation_data import named
from bot.cli.open_store import with_store
from bot.cli.options import IsoDate
from bot.clock import day_in_kazakhstan, system_clock
from bot.loading import load_world
from bot.priority import Priority
from bot.storage.cases import Case, CaseChangedError, Cases
from bot.storage.connection import Connection
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.store import Store
from bot.telegram.render import Target, render
from dialogs.cards.request import status_card
from dialogs.formats import Voice
from dialogs.requests import Change, Status, may_follow
from dialogs.world import World
from knowledge.language import Language

__all__ = ["command"]

_DETAIL = MappingProxyType({Status.ISSUED: "number", Status.REFUSED: "ground", Status.RETURNED: "note"})
"""What a status must bring along."""

_NO_LINK = "https://t.me"
"""The card has no button that leads to the bot from elsewhere, so that its name does not matter here."""


@click.command("set-status")
@click.argument("reference", metavar="REF")
@click.argument("status", type=click.Choice([status.value for status in Status]))
@click.option("--number", default="", help="The number of the issued invitation.")
@click.option("--ground", default="", help="Why it was refused: the name of a ground in refusal_grounds, or words.")
@click.option("--note", default="", help="What the inviting party must mend; it reads this as it stands.")
@click.option("--on", type=IsoDate(), help="The day of the step, today unless given.")
def command(reference: str, status: str, number: str, ground: str, note: str, on: date | None) -> None:
    """Note that invitation REF stands at STATUS now, and tell its inviting party."""
    now = system_clock()
    today = day_in_kazakhstan(now)
    wanted = Status(status)
    change = Change(wanted, on or today, _detail(wanted, {"number": number, "ground": ground, "note": note}))
    if change.on > today:
        raise click.UsageError(f"--on {change.on}: is still to come; give today or a day gone by")
    world = load_world(today)

    async def work(store: Store) -> bool:
        async def job(connection: Connection) -> bool:
            cases = Cases(store.vault)
            case = await named(connection, cases, reference)
            _check(case, change)
            try:
                await cases.change(connection, case, change, "staff", now)
            except CaseChangedError:
                raise click.UsageError(f"{reference}: changed meanwhile; look at it again") from None
            return await _tell(connection, store, case, change, world, now)

        return await store.write(job)

    told = with_store(work)
    click.echo(f"{reference}: {status}; {'the inviting party is told' if told else 'not told: the bot is blocked'}")


def _detail(status: Status, given: Mapping[str, str]) -> str:
    needed = _DETAIL.get(status)
    for name, value in given.items():
        if value and name != needed:
            raise click.UsageError(f"--{name}: does not go with {status.value}; leave it out")
    detail = given[needed].strip() if needed else ""
    if needed and not detail:
        raise click.UsageError(f"--{needed}: is missing; {status.value} needs it")
    return detail


def _check(case: Case, change: Change) -> None:
    now = case.request.now
    following = may_follow(now.status)
    if change.status not in following:
        names = ", ".join(sorted(following)) or "nothing, it is at its end"
        raise click.UsageError(f"{change.status.value}: cannot follow {now.status.value}; what can: {names}")
    if change.on < now.on:
        raise click.UsageError(f"--on {change.on}: lies before {now.status.value} of {now.on}; give a later day")


async def _tell(connection: Connection, store: Store, case: Case, change: Change, world: World, now: float) -> bool:
    """Whether the inviting party will hear of it: the running bot finds the message within half a minute."""
    kept = await Sessions(case.bot_id, store.vault).get(connection, case.chat_key)
    if kept.blocked:
        return False
    session = kept.session
    request = replace(case.request, history=(*case.request.history, change))
    voice = Voice(world.texts, session.language or Language.EN)
    say = status_card(request, world.knowledge, voice, session.run, world.today)
    calls = render((say,), Target(int(case.chat_key), _NO_LINK))
    await Outbox(case.bot_id, store.vault).add(connection, calls, None, now, Priority.ALERT)
    return True
