"""A Telegram message as an event of the dialogs, or the reason why it is none."""

import re

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import filters

from dialogs.events import Command, Event, Oddity, OddityKind, Press, Text

__all__ = ["Ignored", "as_event", "command_in", "message_to_change", "press"]

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.DOTALL)


class Ignored(str):
    """Why an update gets no answer."""

    __slots__ = ()


def as_event(message: Message, bot_username: str, *, edited: bool) -> Event | Ignored:
    """What a person did with a private message. What comes through other bots, such as translators, is the person's."""
    via = message.via_bot
    if via is not None and (via.username or "").lower() == bot_username.lower():
        return Ignored("a message that was chosen from the cards of this bot")
    if message.text is not None:
        command = command_in(message, bot_username)
        return command if command is not None else Text(message.text, edited=edited)
    if edited:
        return Ignored("an edit of something that is not text")
    kind = _kind(message)
    return kind if isinstance(kind, Ignored) else Oddity(kind)


def command_in(message: Message, bot_username: str) -> Command | None:
    """The command a message starts with; None when there is none or it is meant for another bot."""
    match = _COMMAND.fullmatch((message.text or "").strip())
    if match is None or (match["bot"] is not None and match["bot"].lower() != bot_username.lower()):
        return None
    return Command(match["name"].lower(), (match["argument"] or "").strip())


def press(query: CallbackQuery) -> Press | Ignored:
    """A tap; buttons of games carry no data."""
    return Ignored("a button without data") if query.data is None else Press(query.data)


def message_to_change(message: MaybeInaccessibleMessage | None) -> int | None:
    """The id of the message under the pressed button, while Telegram lets us change it."""
    return message.message_id if isinstance(message, Message) else None


def _kind(message: Message) -> OddityKind | Ignored:
    found = (
        (message.media_group_id, OddityKind.ALBUM),
        (message.sticker, OddityKind.STICKER),
        (message.voice or message.audio or message.video_note, OddityKind.VOICE),
        (message.photo, OddityKind.PHOTO),
        (message.venue or message.location, OddityKind.LOCATION),
        (message.contact, OddityKind.CONTACT),
        (message.poll, OddityKind.POLL),
        (message.document, OddityKind.DOCUMENT),
    )
    for content, kind in found:
        if content:
            return kind
    return Ignored("a service message") if _is_service(message) else OddityKind.OTHER


def _is_service(message: Message) -> bool:
    """Notices that Telegram writes by itself, such as a pinned message or a changed timer."""
    return bool(filters.StatusUpdate.ALL.check_update(Update(0, message=message)))
