"""What becomes of an update: a turn, a card for another chat, a hint, or an end without words."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.clock import Clock, day_in_kazakhstan
from bot.handover import Desk
from bot.priority import Priority
from bot.storage.calls import Call, Placed
from bot.storage.connection import Connection
from bot.storage.inbox import Inbox, Stored
from bot.storage.incidents import IncidentKind, Incidents
from bot.storage.outbox import Outbox
from bot.storage.sessions import Sessions
from bot.storage.store import Store
from bot.storage.tables import InboxState
from bot.telegram.inline import InlineAsked, inline_answer
from bot.telegram.render import TAP_SECONDS, Target, render
from bot.turns import Turns
from dialogs.events import Event
from dialogs.inline import inline_cards
from dialogs.says import Paragraph, Say
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Assistant", "Incoming"]

_log = logging.getLogger(__name__)

_ONE_HINT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update that is being dealt with, and where its answer goes."""

    row: Stored
    target: Target


class Assistant:
    """Answers updates. `send` is told which outbox rows a commit has added (their ids and lanes)."""

    def __init__(
        self,
        store: Store,
        bot_id: int,
        turns: Turns,
        desk: Desk,
        world: World,
        clock: Clock,
        send: Callable[[Sequence[Placed]], None],
    ) -> None:
        self._store = store
        self._inbox = Inbox(bot_id, store.vault)
        self._outbox = Outbox(bot_id, store.vault)
        self._incidents = Incidents(bot_id)
        self._sessions = Sessions(bot_id, store.vault)
        self._turns = turns
        self._desk = desk
        self._world = world
        self._clock = clock
        self._send = send

    async def handle(self, incoming: Incoming, event: Event) -> None:
        """Take the turn that `event` asks for. Whatever goes wrong is raised, and then nothing is written."""

        async def job(connection: Connection) -> list[Placed]:
            row = incoming.row
            if row.media_group is not None and not await self._inbox.is_first_of_album(connection, row):
                await self._inbox.finish(connection, row.id, "part of an album that was answered already")
                return []
            if not await self._inbox.finish(connection, row.id):
                return []
            target = await self._seen(connection, row, incoming.target)
            return await self._turns.take(connection, row.chat_key, event, target, row.id)

        self._send(await self._store.write(job))

    async def _seen(self, connection: Connection, row: Stored, target: Target) -> Target:
        """The target, told whether the pressed message still is our newest in its chat, and whether the tap is old."""
        pressed = target.pressed
        if pressed is None:
            return target
        late = self._clock() - row.received_at > TAP_SECONDS
        buried = pressed.message_id is not None and await self._outbox.sent_after(
            connection, target.chat_id, pressed.message_id
        )
        return replace(target, pressed=replace(pressed, buried=buried, late=late))

    async def suggest(self, row: Stored, asked: InlineAsked, bot_link: str) -> None:
        """Answer what somebody types in another chat with cards; nothing of it is remembered."""
        now = self._clock()
        kept = await self._store.read(lambda connection: self._sessions.get(connection, str(asked.user_id)))
        own = kept.session.language or asked.language
        world = replace(self._world, today=day_in_kazakhstan(now))
        call = inline_answer(inline_cards(asked.text, world, own), asked, world.texts.get(own, "inline.open"), bot_link)

        async def job(connection: Connection) -> list[Placed]:
            if not await self._inbox.finish(connection, row.id):
                return []
            return await self._outbox.add(connection, [call], row.id, now)

        self._send(await self._store.write(job))

    async def ignore(self, incoming: Incoming, reason: str) -> None:
        """Finish an update that gets no words; a tap is still answered."""
        _log.info("update row %d: no answer: %s", incoming.row.id, reason)

        async def job(connection: Connection) -> list[Placed]:
            if not await self._inbox.finish(connection, incoming.row.id, reason):
                return []
            return await self._outbox.add(connection, render((), incoming.target), incoming.row.id, self._clock())

        self._send(await self._store.write(job))

    async def hint(self, incoming: Incoming, say: Say) -> None:
        """Say something to a group, at most once an hour."""

        async def job(connection: Connection) -> list[Placed]:
            now = self._clock()
            chat_id = incoming.target.chat_id
            if await self._outbox.wrote_since(connection, chat_id, now - _ONE_HINT_SECONDS):
                await self._inbox.finish(connection, incoming.row.id, "a group that was told already")
                return []
            if not await self._inbox.finish(connection, incoming.row.id):
                return []
            return await self._outbox.add(connection, render((say,), incoming.target), incoming.row.id, now)

        self._send(await self._store.write(job))

    async def show_typing(self, incoming: Incoming) -> None:
        """Let the person see that something is being done that takes a while."""
        chat_id = incoming.target.chat_id
        call = Call("sendChatAction", chat_id, f"typing {chat_id}", {"action": "typing"})

        async def job(connection: Connection) -> list[Placed]:
            return await self._outbox.add(connection, [call], None, self._clock(), Priority.TYPING)

        self._send(await self._store.write(job))

    async def tell(self, incoming: Incoming, key: str) -> None:
        """Say the text `key` to a person; the conversation stands where it stood."""

        async def job(connection: Connection) -> list[Placed]:
            if not await self._inbox.finish(connection, incoming.row.id):
                return []
            kept = await self._sessions.get(connection, incoming.row.chat_key)
            say = Say((Paragraph((self._world.texts.get(kept.session.language or Language.EN, key),)),))
            calls = render((say,), incoming.target)
            return await self._outbox.add(connection, calls, incoming.row.id, self._clock())

        self._send(await self._store.write(job))

    async def note_block(self, incoming: Incoming, blocked: bool) -> None:
        """Remember whether the person lets us write."""

        async def job(connection: Connection) -> list[Placed]:
            chat_key, now = incoming.row.chat_key, self._clock()
            await self._sessions.note_block(connection, chat_key, blocked, now)
            note = "the person blocked the bot" if blocked else "the person lets the bot write again"
            await self._inbox.finish(connection, incoming.row.id, note)
            if blocked:
                await self._outbox.give_up_chat(connection, incoming.target.chat_id, note)
            return await self._desk.note_block(connection, chat_key, now) if blocked else []

        self._send(await self._store.write(job))

    async def give_up(self, row: Stored, target: Target | None, note: str, fallback: Language) -> None:
        """Quarantine an update that cannot be dealt with, and tell the person in their language."""

        async def job(connection: Connection) -> list[Placed]:
            if not await self._inbox.finish(connection, row.id, note, InboxState.QUARANTINED):
                return []
            await self._incidents.note(connection, IncidentKind.QUARANTINED)
            if target is None:
                return []
            kept = await self._sessions.get(connection, row.chat_key)
            language = kept.session.language or fallback
            say = Say((Paragraph((self._world.texts.get(language, "bot.went_wrong"),)),))
            return await self._outbox.add(connection, render((say,), target), row.id, self._clock())

        _log.error("update row %d is quarantined: %s", row.id, note)
        self._send(await self._store.write(job))
