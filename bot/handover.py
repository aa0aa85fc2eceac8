"""Conversations with a person: what the traveller writes reaches the staff chat, masked and without a name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.priority import Priority
from bot.staff_chat import StaffChat
from bot.storage.calls import Call, Placed
from bot.storage.cases import NewCase
from bot.storage.connection import Connection
from bot.storage.handovers import Handover, Handovers
from bot.storage.outbox import Outbox
from bot.storage.vault import Vault
from bot.telegram.render import Target, render
from dialogs.effects import CallPerson
from dialogs.formats import Voice
from dialogs.masking import masked_text
from dialogs.says import Bold, Button, Fact, Facts, Heading, Paragraph, PressButton, Say
from dialogs.texts import Texts
from knowledge.language import Language

__all__ = ["RELEASE", "STAFF_LANGUAGE", "WAIT_SECONDS", "Desk"]

WAIT_SECONDS = 3600.0
"""How long a conversation stays with staff after their last word. A choice of ours."""
RELEASE = "release:"
"""How the data of the button begins that gives a conversation back; its number follows."""
STAFF_LANGUAGE = Language.RU
"""What the staff chat reads beside the words of travellers."""

Rows = list[Placed]


class Desk:
    """The staff chat of one bot; without a chat nobody can be called.

    Every method works on the connection it is given, commits nothing, and gives the outbox rows it has added.
    """

    def __init__(self, bot_id: int, vault: Vault, chat: StaffChat, texts: Texts, bot_link: str) -> None:
        self._handovers = Handovers(bot_id, vault)
        self._outbox = Outbox(bot_id, vault)
        self._chat = chat
        self.voice = Voice(texts, STAFF_LANGUAGE)
        self._bot_link = bot_link

    @property
    def is_open(self) -> bool:
        """Whether there is a staff chat."""
        return self._chat.id is not None

    async def call(self, connection: Connection, chat_key: str, wanted: CallPerson, now: float) -> Rows:
        """Ask staff to take over. One who has called already does not stand in the line twice."""
        if self._chat.id is None:
            return []
        known = await self._handovers.of_chat(connection, chat_key)
        if known is not None:
            return await self._follow(connection, known, wanted.question, now)
        question = masked_text(wanted.question)
        number = await self._handovers.open(connection, chat_key, question, wanted.language, now, now + WAIT_SECONDS)
        return await self._post(connection, self._card(number, question, wanted), now, number)

    async def pass_on(
        self, connection: Connection, chat_key: str, text: str, language: Language | None, now: float
    ) -> Rows:
        """Words for staff; with nobody at the other end they ask for somebody."""
        known = await self._handovers.of_chat(connection, chat_key)
        if known is None:
            return await self.call(connection, chat_key, CallPerson(text, "", language or STAFF_LANGUAGE), now)
        return await self._follow(connection, known, text, now)

    async def end(self, connection: Connection, chat_key: str, now: float) -> Rows:
        """The traveller wants the assistant back."""
        known = await self._handovers.of_chat(connection, chat_key)
        return [] if known is None else await self.release(connection, known, "ended", now) or []

    async def forget(self, connection: Connection, chat_key: str, now: float) -> Rows:
        """The traveller is being erased: staff learn that nobody listens any more."""
        known = await self._handovers.of_chat(connection, chat_key)
        return [] if known is None else await self.tell(connection, "handover.erased", now, number=known.id)

    async def note_block(self, connection: Connection, chat_key: str, now: float) -> Rows:
        """The traveller has blocked the bot."""
        known = await self._handovers.of_chat(connection, chat_key)
        return [] if known is None else await self.tell(connection, "handover.blocked", now, about=known)

    async def note_failure(self, connection: Connection, outbox_id: int, chat_id: int, now: float) -> Rows:
        """A call could not be delivered: when it brought the words of staff, they are told."""
        known = None if self._chat.is_it(chat_id) else await self._handovers.of_call(connection, outbox_id)
        return [] if known is None else await self.tell(connection, "handover.undelivered", now, about=known)

    async def release(self, connection: Connection, handover: Handover, reason: str, now: float) -> Rows | None:
        """Give the conversation back to the assistant; None when it was given back already."""
        if not await self._handovers.release(connection, handover.id):
            return None
        return await self.tell(connection, f"handover.{reason}", now, about=handover)

    async def tell_received(self, connection: Connection, new: NewCase, now: float, *, corrected: bool = False) -> Rows:
        """An invitation came in, or one that was returned has been corrected."""
        words = self.voice.text(
            f"handover.case_{'corrected' if corrected else 'received'}",
            reference=new.reference,
            category=new.category,
            guests=new.guests,
            day=self.voice.date(new.first_day),
        )
        return await self._post(connection, Say((Paragraph((words,)),)), now, priority=Priority.ALERT)

    async def tell_erased(self, connection: Connection, references: Sequence[str], now: float) -> Rows:
        """The inviting party of these invitations wants to be forgotten."""
        if not references:
            return []
        words = self.voice.text("handover.case_erased", references=", ".join(references))
        return await self._post(connection, Say((Paragraph((words,)),)), now, priority=Priority.ALERT)

    async def post_alert(self, connection: Connection, say: Say, now: float) -> Rows:
        """Something about the bot itself."""
        return await self._post(connection, say, now, priority=Priority.ALERT)

    async def tell(
        self,
        connection: Connection,
        key: str,
        now: float,
        *,
        about: Handover | None = None,
        number: int | None = None,
        reply_to: int | None = None,
    ) -> Rows:
        """The text `key` for the staff chat: about a conversation, under its card; or as a reply to one of theirs."""
        shown = number if about is None else about.id
        words = self.voice.text(key) if shown is None else self.voice.text(key, number=shown)
        say = Say((Paragraph((words,)),))
        return await self._post(connection, say, now, None if about is None else about.id, reply_to)

    async def _follow(self, connection: Connection, known: Handover, text: str, now: float) -> Rows:
        line = (Bold(self.voice.text("handover.passed_on", number=known.id)), "\n", masked_text(text))
        return await self._post(connection, Say((Paragraph(line),), self._buttons(known.id)), now, known.id)

    async def _post(
        self,
        connection: Connection,
        say: Say,
        now: float,
        number: int | None = None,
        reply_to: int | None = None,
        priority: Priority = Priority.HUMAN,
    ) -> Rows:
        """Put a message out to the staff chat; with `number` it belongs to that conversation, under its card."""
        if self._chat.id is None:
            return []
        under = reply_to
        if under is None and number is not None:
            under = await self._handovers.card(connection, number, self._chat.id)
        calls = [_as_reply(call, under) for call in render((say,), Target(self._chat.id, self._bot_link))]
        rows = await self._outbox.add(connection, calls, None, now, priority)
        if number is not None:
            await self._handovers.add_messages(connection, number, [row.id for row in rows])
        return rows

    def _card(self, number: int, question: str, wanted: CallPerson) -> Say:
        told = (
            ("handover.label_language", self.voice.text(f"language.name.{wanted.language}")),
            ("handover.label_question", question),
            ("handover.label_shown", masked_text(wanted.shown)),
        )
        rows = tuple(Fact(self.voice.text(label), (value,)) for label, value in told if value)
        blocks = (
            Heading(self.voice.text("handover.card", number=number)),
            Facts(rows),
            Paragraph((self.voice.text("handover.how"),)),
        )
        return Say(blocks, self._buttons(number))

    def _buttons(self, number: int) -> tuple[tuple[Button, ...], ...]:
        return ((Button(self.voice.text("handover.release_button"), PressButton(f"{RELEASE}{number}")),),)


def _as_reply(call: Call, message_id: int | None) -> Call:
    if message_id is None:
        return call
    reply: dict[str, Any] = {"message_id": message_id, "allow_sending_without_reply": True}
    return replace(call, payload={**call.payload, "reply_parameters": reply})
