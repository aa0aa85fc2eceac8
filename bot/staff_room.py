"""What staff write in their chat: it reaches the traveller, or they are told why it does not."""

import logging
import math
from collections.abc import Awaitable, Callable, Sequence

from bot.assistant import Incoming
from bot.clock import Clock
from bot.handover import WAIT_SECONDS, Desk
from bot.logs import describe
from bot.priority import Priority
from bot.staff_chat import StaffChat
from bot.storage.calls import Placed
from bot.storage.connection import Connection
from bot.storage.handovers import Handover, Handovers
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.sessions import ChangedMeanwhileError, Sessions
from bot.storage.store import Store
from bot.storage.tables import HandoverState
from bot.storage.writer import StoreUnavailableError
from bot.telegram.render import Target, render
from bot.turns import Turns
from dialogs.events import Released
from dialogs.formats import Voice
from dialogs.says import Button, Heading, Paragraph, PressButton, Say, SayMode
from dialogs.texts import Texts
from dialogs.wire import Action, Tap

__all__ = ["StaffRoom"]

_log = logging.getLogger(__name__)

Rows = list[Placed]

_AT_ONCE = 20


class StaffRoom:
    """The staff chat of one bot from the side of staff. `send` is told which outbox rows a commit has added."""

    def __init__(
        self,
        store: Store,
        bot_id: int,
        desk: Desk,
        staff_chat: StaffChat,
        turns: Turns,
        texts: Texts,
        bot_link: str,
        clock: Clock,
        send: Callable[[Sequence[Placed]], None],
    ) -> None:
        self._store = store
        self._inbox = Inbox(bot_id, store.vault)
        self._outbox = Outbox(bot_id, store.vault)
        self._sessions = Sessions(bot_id, store.vault)
        self._handovers = Handovers(bot_id, store.vault)
        self._desk = desk
        self._staff_chat = staff_chat
        self._turns = turns
        self._texts = texts
        self._bot_link = bot_link
        self._clock = clock
        self._send = send

    async def reply(self, incoming: Incoming, message_id: int, to: int, text: str | None) -> None:
        """A member of the staff replies to our message `to`; `text` is None when the reply is no text."""

        async def job(connection: Connection, now: float) -> Rows:
            handover = await self._handovers.of_message(connection, incoming.target.chat_id, to)
            problem = await self._problem(connection, handover, text)
            if problem is not None or handover is None or text is None:
                return await self._desk.tell(connection, f"handover.{problem}", now, reply_to=message_id)
            await self._handovers.talk(connection, handover.id, now + WAIT_SECONDS)
            calls = render((self._words(handover, text),), Target(int(handover.chat_key), self._bot_link))
            rows = await self._outbox.add(connection, calls, incoming.row.id, now, Priority.HUMAN)
            await self._handovers.add_messages(connection, handover.id, [row.id for row in rows])
            return rows

        await self._finish(incoming, job)

    async def release(self, incoming: Incoming, message_id: int, to: int) -> None:
        """`/release` as a reply to our message `to`."""

        async def job(connection: Connection, now: float) -> Rows:
            handover = await self._handovers.of_message(connection, incoming.target.chat_id, to)
            rows = None if handover is None else await self._give_back(connection, handover, "released", now)
            if rows is not None:
                return rows
            problem = "unknown" if handover is None else "over"
            return await self._desk.tell(connection, f"handover.{problem}", now, reply_to=message_id)

        await self._finish(incoming, job)

    async def pressed(self, incoming: Incoming, number: int) -> None:
        """The button that gives conversation `number` back."""

        async def job(connection: Connection, now: float) -> Rows:
            handover = await self._handovers.numbered(connection, number)
            rows = None if handover is None else await self._give_back(connection, handover, "released", now)
            says = [Say((), mode=SayMode.CLOSE)]
            if rows is None:
                says.append(Say((Paragraph((self._desk.voice.text("handover.over"),)),), mode=SayMode.NOTICE))
            answered = await self._outbox.add(connection, render(says, incoming.target), incoming.row.id, now)
            return [*answered, *(rows or ())]

        await self._finish(incoming, job)

    async def explain(self, incoming: Incoming, message_id: int, key: str) -> None:
        """Answer a message of staff with the text `key`."""

        async def job(connection: Connection, now: float) -> Rows:
            return await self._desk.tell(connection, key, now, reply_to=message_id)

        await self._finish(incoming, job)

    async def moved(self, incoming: Incoming, old: int, new: int) -> None:
        """The group has become a supergroup with another id."""

        async def job(connection: Connection, _now: float) -> Rows:
            await self._staff_chat.follow(connection, old, new)
            await self._outbox.migrate(connection, old, new)
            return []

        await self._finish(incoming, job)

    async def end_silent_ones(self) -> int:
        """Give back conversations in which staff have not written for too long; gives how many.

        Without a staff chat (any more) nobody can write: all of them come back.
        """
        until = self._clock() if self._desk.is_open else math.inf
        silent = await self._store.read(lambda connection: self._handovers.run_out(connection, until, _AT_ONCE))
        return sum([await self._end(handover.id, until) for handover in silent])

    async def _end(self, number: int, until: float) -> bool:
        async def job(connection: Connection) -> Rows:
            handover = await self._handovers.numbered(connection, number)
            if handover is None or handover.until > until:
                return []  # staff wrote just now
            return await self._give_back(connection, handover, "run_out", self._clock()) or []

        try:
            self._send(await self._store.write(job))
        except (StoreUnavailableError, ChangedMeanwhileError) as error:
            _log.warning("handover %d: %s; trying again", number, describe(error))
            return False
        except Exception as error:
            _log.error("handover %d: %s; it ends without a word to the traveller", number, describe(error))
            await self._store.write(lambda connection: self._handovers.release(connection, number))
        return True

    async def next_end(self) -> float | None:
        """When the next conversation has been silent for too long."""
        return await self._store.read(self._handovers.next_end)

    async def _finish(self, incoming: Incoming, job: Callable[[Connection, float], Awaitable[Rows]]) -> None:
        async def whole(connection: Connection) -> Rows:
            if not await self._inbox.finish(connection, incoming.row.id):
                return []
            return await job(connection, self._clock())

        self._send(await self._store.write(whole))

    async def _problem(self, connection: Connection, handover: Handover | None, text: str | None) -> str | None:
        """The end of the text that tells why a reply does not reach the traveller; None when it does."""
        if handover is None:
            return "unknown"
        if not handover.is_open:
            return "over"
        if text is None:
            return "not_text"
        kept = await self._sessions.get(connection, handover.chat_key)
        return "unreachable" if kept.blocked else None

    async def _give_back(self, connection: Connection, handover: Handover, reason: str, now: float) -> Rows | None:
        """None when the assistant has it already; else the traveller hears from the assistant whom they talk to."""
        told = await self._desk.release(connection, handover, reason, now)
        if told is None:
            return None
        target = Target(int(handover.chat_key), self._bot_link)
        event = Released(in_vain=handover.state is HandoverState.WAITING or not self._desk.is_open)
        return [*told, *await self._turns.take(connection, handover.chat_key, event, target)]

    def _words(self, handover: Handover, text: str) -> Say:
        voice = Voice(self._texts, handover.language)
        end = Button(voice.text("handover.end_talk"), PressButton(Tap(0, Action.TALK_OVER).encode()))
        return Say((Heading(voice.text("handover.staff_writes")), Paragraph((text,))), ((end,),))
