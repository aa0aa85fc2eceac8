"""Carrying out what a turn asks for besides talking, in the transaction of the turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.clock import day_in_kazakhstan, moment_in_kazakhstan
from bot.guest_notice import guest_notice
from bot.handover import Desk
from bot.priority import Priority
from bot.storage.calls import Placed
from bot.storage.cases import Case, Cases, NewCase
from bot.storage.connection import Connection
from bot.storage.erasure import erase
from bot.storage.funnel import Funnel, Mark
from bot.storage.guest_links import GuestLinks
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.timers import Timers
from bot.storage.vault import Vault
from bot.telegram.render import Target, render
from dialogs.effects import (
    CallPerson,
    Count,
    Deliver,
    Effect,
    EndTalk,
    Erase,
    InviteGuest,
    PassOn,
    Remind,
    ReminderKind,
    RevokeLink,
    StopReminding,
    Submit,
    Withdraw,
)
from dialogs.requests import Change, Status, may_follow
from dialogs.session import Session
from dialogs.world import World

__all__ = ["Aftermath", "Hands", "moment_of"]

_MORNING = time(9)
_SOON_SECONDS = 60.0

Rows = list[Placed]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Where the effects come from: the chat, its session after the turn, the world of the turn, and the moment."""

    chat_key: str
    session: Session
    world: World
    now: float


class Hands:
    """Does what turns of one bot ask for. `facts` marks the knowledge that saved outcomes rest on.

    Every method works on the connection it is given, commits nothing, and gives the outbox rows it has added.
    """

    def __init__(self, bot_id: int, vault: Vault, desk: Desk, bot_link: str, facts: str) -> None:
        self._bot_id = bot_id
        self._vault = vault
        self._desk = desk
        self._bot_link = bot_link
        self._facts = facts
        self._cases = Cases(vault)
        self._links = GuestLinks(bot_id, vault)
        self._timers = Timers(bot_id)
        self._outbox = Outbox(bot_id, vault)
        self._sessions = Sessions(bot_id, vault)
        self._funnel = Funnel()

    @property
    def has_staff(self) -> bool:
        """Whether there is a chat of staff."""
        return self._desk.is_open

    async def carry_out(self, connection: Connection, effects: Sequence[Effect], after: Aftermath) -> Rows:
        """All of `effects`, in order."""
        rows: Rows = []
        for effect in effects:
            rows += await self._do(connection, effect, after)
        await self._funnel.count(connection, [_mark(effect, after) for effect in effects if isinstance(effect, Count)])
        return rows

    async def forget(self, connection: Connection, chat_key: str, now: float) -> Rows:
        """Erase the person; staff are told which invitations are gone."""
        handover = await self._desk.forget(connection, chat_key, now)
        references = await erase(connection, self._bot_id, self._vault, chat_key, now)
        return [*handover, *await self._desk.tell_erased(connection, references, now)]

    async def _do(self, connection: Connection, effect: Effect, after: Aftermath) -> Rows:
        chat_key, now = after.chat_key, after.now
        match effect:
            case Submit():
                return await self._submit(connection, effect, after)
            case Withdraw(reference):
                await self._withdraw(connection, reference, after)
            case InviteGuest(token, paper, person):
                await self._links.open(connection, token, chat_key, paper, person, now)
            case RevokeLink(paper, of_person):
                await self._links.revoke(connection, chat_key, paper, of_person)
            case Deliver():
                return await self._deliver(connection, effect, after)
            case Remind(kind, key, on):
                note = self._facts if kind is ReminderKind.RECHECK else None
                await self._timers.set(connection, chat_key, kind, key, moment_of(on, now), note)
            case StopReminding(which, key_or_all):
                await self._timers.drop(connection, chat_key, which, key_or_all)
            case CallPerson():
                return await self._desk.call(connection, chat_key, effect, now)
            case PassOn(text):
                return await self._desk.pass_on(connection, chat_key, text, after.session.language, now)
            case EndTalk():
                return await self._desk.end(connection, chat_key, now)
            case Erase() | Count():
                return []  # done before the session was written; counted together at the end
        return []

    async def _submit(self, connection: Connection, effect: Submit, after: Aftermath) -> Rows:
        new = _new_case(effect)
        today = day_in_kazakhstan(after.now)
        if await self._cases.add(connection, self._bot_id, after.chat_key, new, today, after.now):
            return await self._desk.tell_received(connection, new, after.now)
        case = await self._own_case(connection, effect.reference, after)
        if case is None or case.request.now.status is not Status.RETURNED:
            return []
        await self._cases.mend(connection, case, new, today, after.now)
        return await self._desk.tell_received(connection, new, after.now, corrected=True)

    async def _withdraw(self, connection: Connection, reference: str, after: Aftermath) -> None:
        case = await self._own_case(connection, reference, after)
        if case is None or Status.WITHDRAWN not in may_follow(case.request.now.status):
            return
        change = Change(Status.WITHDRAWN, day_in_kazakhstan(after.now))
        await self._cases.change(connection, case, change, "inviter", after.now)

    async def _own_case(self, connection: Connection, reference: str, after: Aftermath) -> Case | None:
        """The invitation, when it is of this person."""
        case = await self._cases.get(connection, reference)
        return case if case is not None and (case.bot_id, case.chat_key) == (self._bot_id, after.chat_key) else None

    async def _deliver(self, connection: Connection, effect: Deliver, after: Aftermath) -> Rows:
        filled = await self._links.fill(connection, effect.token, effect.answers, after.now)
        if filled is None:
            return []
        inviter, paper = filled
        kept = await self._sessions.get(connection, inviter)
        if kept.blocked:
            return []  # they see it when they write again
        calls = render((guest_notice(kept.session, paper, after.world.texts),), Target(int(inviter), self._bot_link))
        return await self._outbox.add(connection, calls, None, after.now, Priority.ALERT)


def _mark(effect: Count, after: Aftermath) -> Mark:
    flow = after.world.flows.get(effect.flow)
    version = 0 if flow is None else flow.version
    return Mark(day_in_kazakhstan(after.now), effect.flow, version, effect.question, effect.what)


def moment_of(on: date, now: float) -> float:
    """When a reminder for the day `on` is due: in the morning in Kazakhstan, or soon when that has gone by."""
    morning = moment_in_kazakhstan(on, _MORNING)
    return morning if morning > now else now + _SOON_SECONDS


def _new_case(effect: Submit) -> NewCase:
    trip: dict[str, Any] = effect.payload["trip"]
    first_day = date.fromisoformat(trip["period"]["first_day"])
    guests = len(effect.payload["guests"])
    return NewCase(effect.reference, effect.payload, trip["category"], guests, first_day, effect.answers)
