"""What the assistant says, as Bot API calls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.storage.calls import Call, answer_lane
from bot.telegram.html import as_html, utf16_length
from bot.telegram.keyboard import keyboard
from bot.telegram.uploads import as_upload
from dialogs.plain import to_plain
from dialogs.says import Attachment, Say, SayMode

__all__ = ["NOTICE_LENGTH", "TAP_SECONDS", "Pressed", "Target", "as_new_message", "render"]

_CAPTION_LENGTH = 1024
"""UTF-16 units under a document after parsing (https://core.telegram.org/bots/api#senddocument)."""

TAP_SECONDS = 150.0
"""How long Telegram takes an answer to a tap (tdlib/telegram-bot-api, Client.cpp)."""

NOTICE_LENGTH = 200
"""Characters of a note on a pressed button (https://core.telegram.org/bots/api#answercallbackquery)."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A tap that waits for its answer. `message_id` is None when the message with the button can't be changed.

    With `buried` newer messages of ours stand below it: what takes its place would not be seen, so it comes anew. With
    `late` Telegram takes no answer to the tap any more: what it would have told is said in a message.
    """

    query_id: str
    message_id: int | None
    buried: bool = False
    late: bool = False

    def changed_by(self, mode: SayMode) -> int | None:
        """The message that a Say of `mode` changes; None where it is a new message."""
        changes = mode is SayMode.CLOSE or (mode is SayMode.REPLACE and not self.buried)
        return self.message_id if changes else None


@dataclass(frozen=True, slots=True)
class Target:
    """Where the words go: a chat, and the tap they answer, if any. `bot_link` is the bot's own https address."""

    chat_id: int
    bot_link: str
    pressed: Pressed | None = None


def render(says: Sequence[Say], target: Target) -> list[Call]:
    """The calls that show `says`, in order. A tap is answered exactly once, by a call in a lane of its own."""
    calls: list[Call] = []
    notice: str | None = None
    answers = target.pressed is not None and not target.pressed.late
    for say in says:
        if say.mode is SayMode.NOTICE and answers and notice is None:
            note = to_plain(say)
            if len(note) <= NOTICE_LENGTH:
                notice = note
                continue
        calls.extend(_message(say, target) if say.attachment is None else _document(say, say.attachment, target))
    if target.pressed is not None and answers:
        calls.insert(0, _answer(target.chat_id, target.pressed, notice))
    return calls


def as_new_message(call: Call) -> Call:
    """The same words as a new message, for a message that cannot be changed any more."""
    payload = {key: value for key, value in call.payload.items() if key != "message_id"}
    return Call("sendMessage", call.chat_id, call.lane, payload)


def _message(say: Say, target: Target) -> list[Call]:
    texts = as_html(say.blocks)
    changed = None if target.pressed is None else target.pressed.changed_by(say.mode)
    if changed is not None and not texts:
        return [Call("editMessageReplyMarkup", target.chat_id, str(target.chat_id), {"message_id": changed})]
    markup = None if say.mode is SayMode.CLOSE else keyboard(say.buttons, target.bot_link)
    calls: list[Call] = []
    for number, text in enumerate(texts, 1):
        payload: dict[str, Any] = {
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if markup is not None and number == len(texts):
            payload["reply_markup"] = markup
        method = "sendMessage"
        if changed is not None and number == 1:
            method = "editMessageText"
            payload["message_id"] = changed
        calls.append(Call(method, target.chat_id, str(target.chat_id), payload))
    return calls


def _document(say: Say, file: Attachment, target: Target) -> list[Call]:
    """The file with the words as its caption; words that are too long for that go before it."""
    payload: dict[str, Any] = {"document": as_upload(file)}
    texts = as_html(say.blocks)
    before: list[Call] = []
    if len(texts) == 1 and utf16_length(to_plain(replace(say, buttons=(), attachment=None))) <= _CAPTION_LENGTH:
        payload |= {"caption": texts[0], "parse_mode": "HTML"}
    elif texts:
        before = _message(replace(say, buttons=(), mode=SayMode.SEND), target)
    markup = keyboard(say.buttons, target.bot_link)
    if markup is not None:
        payload["reply_markup"] = markup
    return [*before, Call("sendDocument", target.chat_id, str(target.chat_id), payload)]


def _answer(chat_id: int, pressed: Pressed, notice: str | None) -> Call:
    payload: dict[str, Any] = {"callback_query_id": pressed.query_id}
    if notice:
        payload["text"] = notice
    return Call("answerCallbackQuery", chat_id, answer_lane(pressed.query_id, chat_id), payload)
