"""The staff chat as python-telegram-bot's handler: all that happens there, before any other handler sees it."""

from telegram import Message, Update
from telegram.ext import BaseHandler

from bot.assistant import Assistant, Incoming
from bot.handover import RELEASE
from bot.staff_chat import StaffChat
from bot.staff_room import StaffRoom
from bot.telegram.reception import AtHand, Context
from bot.telegram.render import Pressed, Target
from bot.telegram.translate import command_in, message_to_change

__all__ = ["StaffChatHandler"]


class StaffChatHandler(BaseHandler[Update, Context, None]):
    """Replies to our messages go to travellers; commands and buttons give conversations back; other talk is theirs."""

    def __init__(self, chat: StaffChat, room: StaffRoom, assistant: Assistant, at_hand: AtHand, bot_link: str) -> None:
        super().__init__(self._see_to)
        self._chat = chat
        self._room = room
        self._assistant = assistant
        self._at_hand = at_hand
        self._bot_link = bot_link

    def check_update(self, update: object) -> bool:
        """Whether it happened in the staff chat."""
        if not isinstance(update, Update) or update.inline_query is not None:
            return False
        chat = update.effective_chat
        return chat is not None and self._chat.is_it(chat.id)

    async def _see_to(self, update: Update, _context: Context) -> None:
        query, message = update.callback_query, update.effective_message
        pressed = None if query is None else Pressed(query.id, message_to_change(query.message))
        incoming = Incoming(self._at_hand.rows[update.update_id], Target(self._chat.id or 0, self._bot_link, pressed))
        if query is not None:
            number = (query.data or "").removeprefix(RELEASE)
            if number.isascii() and number.isdigit():
                return await self._room.pressed(incoming, int(number))
            return await self._assistant.ignore(incoming, "a button of the staff chat that is none of ours")
        if message is not None and message.migrate_to_chat_id is not None:
            return await self._room.moved(incoming, message.chat_id, message.migrate_to_chat_id)
        if message is None or (update.message is None and update.edited_message is None):
            return await self._assistant.ignore(incoming, "something else in the staff chat")
        return await self._written(incoming, message, edited=update.edited_message is not None)

    async def _written(self, incoming: Incoming, message: Message, *, edited: bool) -> None:
        username = self._bot_link.rpartition("/")[2]
        original = message.reply_to_message
        to_us = original is not None and original.from_user is not None and original.from_user.username == username
        command = command_in(message, username)
        if command is not None and command.name != "release":
            return await self._room.explain(incoming, message.message_id, "handover.how")
        if original is None or not to_us:
            if command is not None:
                return await self._room.explain(incoming, message.message_id, "handover.how")
            return await self._assistant.ignore(incoming, "talk of staff")
        if edited:
            return await self._room.explain(incoming, message.message_id, "handover.edited")
        if command is not None:
            return await self._room.release(incoming, message.message_id, original.message_id)
        return await self._room.reply(incoming, message.message_id, original.message_id, message.text)
