"""python-telegram-bot's handlers: they turn an update into an event and call the assistant, nothing else."""

import logging

from telegram import ChatMember, ChatMemberUpdated, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.assistant import Assistant, Incoming
from bot.telegram.inline import InlineAsked
from bot.telegram.photos import Photos
from bot.telegram.reception import AnyApplication, AtHand, Context, language_of
from bot.telegram.render import Pressed, Target
from bot.telegram.translate import Ignored, as_event, command_in, message_to_change, press
from dialogs.events import Oddity, OddityKind, Scan
from dialogs.says import Button, OpenLink, Paragraph, Say
from dialogs.texts import Texts

__all__ = ["Handlers", "build_application"]

_log = logging.getLogger(__name__)

_IN = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)
_OUT = (ChatMember.LEFT, ChatMember.BANNED)


def build_application(bot: ExtBot[None], at_hand: AtHand) -> AnyApplication:
    """An application without updater, persistence and job queue: those parts are ours."""
    application: AnyApplication = Application.builder().bot(bot).updater(None).job_queue(None).build()
    application.add_error_handler(at_hand.remember_error)
    return application


class Handlers:
    """The handlers of one bot; `add_to` registers them. Exactly one takes each update."""

    def __init__(self, assistant: Assistant, texts: Texts, at_hand: AtHand, bot: ExtBot[None], photos: Photos) -> None:
        self._assistant = assistant
        self._texts = texts
        self._at_hand = at_hand
        self._bot = bot
        self._photos = photos

    def add_to(self, application: AnyApplication) -> None:
        """Register. The kind of update is named everywhere: a bare filter would match edits and channel posts too."""
        private, group = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
        kind = filters.UpdateType
        application.add_handler(MessageHandler(kind.MESSAGE & private, self.private_message))
        application.add_handler(MessageHandler(kind.EDITED_MESSAGE & private, self.private_message))
        application.add_handler(MessageHandler(kind.MESSAGE & group, self.group_message))
        application.add_handler(CallbackQueryHandler(self.pressed))
        application.add_handler(InlineQueryHandler(self.asked_elsewhere))
        application.add_handler(ChatMemberHandler(self.own_membership, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(TypeHandler(Update, self.anything_else))

    async def private_message(self, update: Update, _context: Context) -> None:
        """Words, commands, pictures and all else a person sends."""
        message = update.effective_message
        if message is None:
            return await self.anything_else(update, _context)
        event = as_event(message, self._bot.username, edited=update.edited_message is not None)
        incoming = self._incoming(update, message.chat_id)
        if isinstance(event, Ignored):
            return await self._assistant.ignore(incoming, event)
        if event == Oddity(OddityKind.PHOTO) and await self._photos.are_wanted(incoming.row.chat_key):
            await self._assistant.show_typing(incoming)
            lines = await self._photos.lines_in(message.photo)
            if lines is None:
                return await self._assistant.tell(incoming, "zone.photo_unread")
            event = Scan(lines)
        return await self._assistant.handle(incoming, event)

    async def pressed(self, update: Update, _context: Context) -> None:
        """A tap on a button."""
        query = update.callback_query
        if query is None:
            return await self.anything_else(update, _context)
        chat_id = query.message.chat.id if query.message is not None else query.from_user.id
        incoming = self._incoming(update, chat_id, Pressed(query.id, message_to_change(query.message)))
        event = press(query)
        if isinstance(event, Ignored):
            return await self._assistant.ignore(incoming, event)
        return await self._assistant.handle(incoming, event)

    async def asked_elsewhere(self, update: Update, _context: Context) -> None:
        """Words after the name of the bot in any chat: they are answered with cards to choose from."""
        query = update.inline_query
        if query is None:
            return await self.anything_else(update, _context)
        asked = InlineAsked(query.id, query.from_user.id, query.query, language_of(query.from_user.language_code))
        return await self._assistant.suggest(self._at_hand.rows[update.update_id], asked, self._bot.link)

    async def group_message(self, update: Update, _context: Context) -> None:
        """A command in a group is told where we work; the rest of the talk is none of our business."""
        message = update.effective_message
        if message is None or command_in(message, self._bot.username) is None:
            return await self._ignore(update, "a message in a group")
        return await self._assistant.hint(self._incoming(update, message.chat_id), self._group_hint(message))

    async def own_membership(self, update: Update, _context: Context) -> None:
        """A person blocked the bot or let it in again; a group took it in or put it out."""
        change = update.my_chat_member
        if change is None:
            return await self.anything_else(update, _context)
        before, after = change.old_chat_member.status, change.new_chat_member.status
        incoming = self._incoming(update, change.chat.id)
        if change.chat.type == "private":
            return await self._assistant.note_block(incoming, after in _OUT)
        if change.chat.type in ("group", "supergroup") and before in _OUT and after in _IN:
            _log.info(
                "added to the group %d; with STAFF_CHAT_ID=%d it is the chat of staff", change.chat.id, change.chat.id
            )
            return await self._assistant.hint(incoming, self._group_hint(change))
        return await self._ignore(update, f"membership in a {change.chat.type}: {before} to {after}")

    async def anything_else(self, update: Update, _context: Context) -> None:
        """Channel posts and kinds that this version does not know."""
        kinds = [kind for kind in self._at_hand.rows[update.update_id].raw if kind != "update_id"]
        await self._ignore(update, f"an update of the kind {', '.join(kinds) or 'none'}")

    async def _ignore(self, update: Update, reason: str) -> None:
        chat = update.effective_chat
        await self._assistant.ignore(self._incoming(update, chat.id if chat else 0), reason)

    def _incoming(self, update: Update, chat_id: int, pressed: Pressed | None = None) -> Incoming:
        return Incoming(self._at_hand.rows[update.update_id], Target(chat_id, self._bot.link, pressed))

    def _group_hint(self, seen: Message | ChatMemberUpdated) -> Say:
        language = language_of(seen.from_user.language_code if seen.from_user else None)
        button = Button(self._texts.get(language, "bot.open_private_chat"), OpenLink(f"{self._bot.link}?start=lang"))
        return Say((Paragraph((self._texts.get(language, "bot.works_in_private"),)),), ((button,),))
