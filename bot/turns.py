"""A turn and all that follows from it: session, words and effects, on one connection and before its commit."""

import secrets
from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.clock import Clock, day_in_kazakhstan
from bot.effects import Aftermath, Hands
from bot.expiry import expires_at
from bot.priority import Priority
from bot.storage.calls import Placed
from bot.storage.cases import Cases
from bot.storage.connection import Connection
from bot.storage.guest_links import GuestLinks
from bot.storage.outbox import Outbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.vault import Vault
from bot.telegram.render import Target, render
from dialogs.effects import Effect, Erase, ReminderKind
from dialogs.events import Alarm, Command, Event, Press, Released
from dialogs.guests import Delivered, token_in
from dialogs.people import OPEN_LINK
from dialogs.requests import Status
from dialogs.says import Say
from dialogs.session import Session, View
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["TakenTurn", "TurnFunction", "Turns", "fresh_characters"]


class TakenTurn(Protocol):
    """What a turn gives: `dialogs.engine.Turn`."""

    @property
    def session(self) -> Session:
        """The session after the event."""

    @property
    def says(self) -> Sequence[Say]:
        """What to say, in order."""

    @property
    def effects(self) -> Sequence[Effect]:
        """What else to do, in order."""


class TurnFunction(Protocol):
    """The engine: `dialogs.engine.turn`."""

    def __call__(self, session: Session, event: Event, world: World) -> TakenTurn:
        """What comes of the event."""


def fresh_characters() -> str:
    """32 random letters and digits (160 bits): nobody can guess them."""
    return b32encode(secrets.token_bytes(20)).decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose turn it is, and when."""

    chat_key: str
    now: float


class Turns:
    """Takes turns of the conversations of one bot. Nothing is committed; what goes wrong is raised."""

    def __init__(
        self,
        bot_id: int,
        vault: Vault,
        turn: TurnFunction,
        world: World,
        hands: Hands,
        clock: Clock,
        fresh: Callable[[], str] = fresh_characters,
    ) -> None:
        self._sessions = Sessions(bot_id, vault)
        self._outbox = Outbox(bot_id, vault)
        self._cases = Cases(vault)
        self._links = GuestLinks(bot_id, vault)
        self._bot_id = bot_id
        self._turn = turn
        self._world = world
        self._hands = hands
        self._clock = clock
        self._fresh = fresh

    async def take(
        self, connection: Connection, chat_key: str, event: Event, target: Target, inbox_id: int | None = None
    ) -> list[Placed]:
        """The turn that `event` asks for; gives the outbox rows (ids and lanes) of all that comes of it."""
        place = _Place(chat_key, self._clock())
        kept = await self._sessions.get(connection, chat_key)
        session = kept.session
        world = await self._world_of(connection, place, session, event)
        taken = self._turn(session, event, world)
        if any(isinstance(effect, Erase) for effect in taken.effects):
            forgotten = await self._hands.forget(connection, chat_key, place.now)
            kept = Kept()
        else:
            forgotten = []
        if taken.session != Session() or kept.version:
            await self._put(connection, place, taken.session, kept, by_person=not isinstance(event, Alarm | Released))
        await self._note_taken(connection, taken.session, world.delivered)
        calls = render(taken.says, target)
        rows = await self._outbox.add(connection, calls, inbox_id, place.now, _priority_of(event))
        after = Aftermath(chat_key, taken.session, world, place.now)
        return [*rows, *forgotten, *await self._hands.carry_out(connection, taken.effects, after)]

    async def _put(
        self, connection: Connection, place: _Place, session: Session, kept: Kept, *, by_person: bool
    ) -> None:
        touched_at = place.now if by_person or not kept.version else kept.touched_at
        end, data = expires_at(session, touched_at), session.to_json()
        await self._sessions.put(connection, place.chat_key, data, kept, touched_at, end, by_person=by_person)

    async def _world_of(self, connection: Connection, place: _Place, session: Session, event: Event) -> World:
        world = replace(
            self._world, today=day_in_kazakhstan(place.now), fresh=self._fresh(), staff=self._hands.has_staff
        )
        if session.requests:
            mine = await self._cases.of_person(connection, self._bot_id, place.chat_key)
            world = replace(world, requests=tuple(case.request for case in mine))
            if any(request.now.status is Status.RETURNED for request in world.requests):
                returned = await self._cases.returned(connection, self._bot_id, place.chat_key)
                world = replace(world, returned=returned)
            if _looks_at_own_data(session, event):
                payloads = {case.request.reference: await self._cases.payload(connection, case) for case in mine}
                world = replace(world, payloads=payloads)
        token = _guest_token(session, event)
        if token is not None:
            world = replace(world, invited=await self._links.look_up(connection, token, place.now))
        return replace(world, delivered=await self._links.filled(connection, place.chat_key))

    async def _note_taken(self, connection: Connection, session: Session, delivered: Sequence[Delivered]) -> None:
        for part in delivered:
            if _has_taken(session, part):
                await self._links.take(connection, part.token)


def _priority_of(event: Event) -> Priority:
    """How urgent words about an event are: what somebody waits for goes first."""
    if not isinstance(event, Alarm):
        return Priority.REPLY
    return Priority.BROADCAST if event.kind is ReminderKind.RECHECK else Priority.ALERT


def _guest_token(session: Session, event: Event) -> str | None:
    """The guest link that matters in this turn: opened now, waiting for a language, or being answered."""
    opened = session.waiting if session.language is None and not isinstance(event, Command) else event
    if isinstance(opened, Command) and opened.name == "start" and (token := token_in(opened.argument)) is not None:
        return token
    return session.link


def _looks_at_own_data(session: Session, event: Event) -> bool:
    """Whether the turn may show what is kept: its button stands on the page about privacy, and can be typed there."""
    if session.view is View.PRIVACY:
        return True
    tap = Tap.decode(event.data) if isinstance(event, Press) else None
    return tap is not None and tap.action is Action.DATA


def _has_taken(session: Session, part: Delivered) -> bool:
    """Whether no paper of the session waits for what the guest filled in: it holds that part, or is gone."""
    papers = {paper.id: paper.answers for paper in session.papers}
    if session.flow is not None:
        papers[session.paper] = session.answers
    return f"{OPEN_LINK}{part.token}" not in dict(papers.get(part.paper, ())).values()
