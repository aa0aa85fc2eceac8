"""The methods of the Bot API that this server knows, by their names in lower case."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.preview.autolink import detect
from bot.preview.chats import Chats
from bot.preview.forms import Arguments
from bot.preview.inline import check_answer
from bot.preview.journal import File
from bot.preview.keyboards import check_markup
from bot.preview.limits import (
    CAPTION_LENGTH,
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    SHORT_DESCRIPTION_LENGTH,
    TEXT_LENGTH,
    bad_request,
    check_length,
    checked_url,
)
from bot.preview.markup import FormattedText, parse_html, settle
from bot.preview.profile import Profile, scope_key
from bot.preview.rates import Kind, Rates
from bot.preview.webhook import Webhooks

__all__ = ["Methods"]

_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
_TEXTS = {
    "name": NAME_LENGTH,
    "description": DESCRIPTION_LENGTH,
    "short_description": SHORT_DESCRIPTION_LENGTH,
}
_PARSE_BYTES = 1 << 15
_DOWNLOAD_BYTES = 20 * 1024 * 1024


class Methods:
    """Each method takes the arguments of a call and returns its result, or raises `RefusalError`."""

    def __init__(self, chats: Chats, profile: Profile, rates: Rates, webhooks: Webhooks) -> None:
        self._chats = chats
        self._profile = profile
        self._rates = rates
        self.by_name: dict[str, Callable[[Arguments], Any]] = {
            "getme": self._get_me,
            "sendmessage": self._send_message,
            "senddocument": self._send_document,
            "editmessagetext": self._edit_text,
            "editmessagereplymarkup": self._edit_markup,
            "deletemessage": self._delete_message,
            "answercallbackquery": self._answer_callback,
            "answerinlinequery": self._answer_inline,
            "sendchataction": self._send_action,
            "getchat": self._get_chat,
            "getfile": self._get_file,
            "setmycommands": self._set_commands,
            "getmycommands": self._get_commands,
            "deletemycommands": self._delete_commands,
            "setchatmenubutton": self._set_menu_button,
            "getchatmenubutton": lambda _: self._chats.journal.get("menu_button", {"type": "default"}),
            "setwebhook": webhooks.set,
            "deletewebhook": webhooks.delete,
            "getwebhookinfo": webhooks.info,
        }
        for field in _TEXTS:
            method = f"my{field.replace('_', '')}"
            self.by_name[f"set{method}"] = partial(self._set_text, field)
            self.by_name[f"get{method}"] = partial(self._get_text, field)

    def _get_me(self, _: Arguments) -> dict[str, Any]:
        return {
            **self._chats.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _spend(self, chat_id: int, kind: Kind = "message") -> None:
        self._chats.open(chat_id)
        self._rates.spend(chat_id, self._chats.clock(), kind)

    def _topic(self, arguments: Arguments, chat_id: int) -> dict[str, Any]:
        """The topic that a message goes to; a chat without topics has none to find."""
        topic = arguments.integer("message_thread_id", 0)
        if topic == 0:
            return {}
        if not self._chats.find(chat_id).chat.get("is_forum"):
            raise bad_request("message thread not found")
        return {"message_thread_id": topic, "is_topic_message": True}

    def _reply_to(self, arguments: Arguments, chat_id: int) -> int | None:
        given = arguments.structure("reply_parameters", "reply parameters")
        if given is None:
            return None
        number = given.get("message_id") if isinstance(given, dict) else None
        if not isinstance(number, int):
            raise bad_request("can't parse reply parameters: message_id must be a Number")
        original = self._chats.journal.message(chat_id, number)
        if given.get("allow_sending_without_reply") and (original is None or original.deleted):
            return None
        return number

    def _send_message(self, arguments: Arguments) -> dict[str, Any]:
        chat_id = arguments.chat_id()
        content = _text_content(arguments)
        markup = check_markup(arguments.structure("reply_markup", "reply keyboard markup"), inline_only=False)
        self._spend(chat_id)
        content |= self._topic(arguments, chat_id)
        return self._chats.send(chat_id, content, markup, self._reply_to(arguments, chat_id))

    def _send_document(self, arguments: Arguments) -> dict[str, Any]:
        chat_id = arguments.chat_id()
        self._chats.open(chat_id)
        file = self._document(arguments)
        content: dict[str, Any] = {
            "document": {
                "file_id": file.id,
                "file_unique_id": file.id[-12:],
                "file_name": file.name,
                "mime_type": file.mime,
                "file_size": len(file.content),
            }
        }
        caption = _formatted(arguments, "caption", "caption_entities")
        check_length(caption.text, CAPTION_LENGTH, "message caption is too long")
        if caption.text:
            content["caption"] = caption.text
            if entities := detect(caption.text, caption.entities):
                content["caption_entities"] = entities
        markup = check_markup(arguments.structure("reply_markup", "reply keyboard markup"), inline_only=False)
        self._spend(chat_id)
        content |= self._topic(arguments, chat_id)
        return self._chats.send(chat_id, content, markup, self._reply_to(arguments, chat_id))

    def _document(self, arguments: Arguments) -> File:
        given = arguments.text("document")
        upload = arguments.uploads.get(given.removeprefix("attach://") if given else "document")
        if upload is not None:
            if not upload.content:
                raise bad_request("file must be non-empty")
            file = File(f"BQAC{secrets.token_urlsafe(24)}", upload.name, upload.mime, upload.content)
            self._chats.journal.save_file(file)
            return file
        if not given:
            raise bad_request("there is no document in the request")
        if checked_url(given) and "." in given:
            raise bad_request("failed to get HTTP URL content")
        known = self._chats.journal.file(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known

    def _edited(self, arguments: Arguments) -> tuple[int, int]:
        if arguments.text("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        chat_id = arguments.chat_id()
        return chat_id, arguments.message_id("message identifier is not specified")

    def _edit_text(self, arguments: Arguments) -> dict[str, Any]:
        chat_id, message_id = self._edited(arguments)
        content = _text_content(arguments)
        markup = check_markup(arguments.structure("reply_markup", "reply keyboard markup"), inline_only=True)
        self._spend(chat_id)
        return self._chats.edit(chat_id, message_id, content, markup)

    def _edit_markup(self, arguments: Arguments) -> dict[str, Any]:
        chat_id, message_id = self._edited(arguments)
        markup = check_markup(arguments.structure("reply_markup", "reply keyboard markup"), inline_only=True)
        self._spend(chat_id)
        return self._chats.edit(chat_id, message_id, {}, markup)

    def _delete_message(self, arguments: Arguments) -> bool:
        self._chats.delete(arguments.chat_id(), arguments.message_id("message identifier is not specified"))
        return True

    def _answer_callback(self, arguments: Arguments) -> bool:
        arguments.integer("cache_time", 0)
        url = arguments.text("url") or None
        if url is not None and checked_url(url) is None:
            raise bad_request("URL_INVALID")
        query_id = arguments.text("callback_query_id")
        self._chats.answer(query_id, arguments.text("text"), arguments.flag("show_alert"), url)
        return True

    def _answer_inline(self, arguments: Arguments) -> bool:
        self._chats.answer_inline(arguments.text("inline_query_id"), check_answer(arguments))
        return True

    def _send_action(self, arguments: Arguments) -> bool:
        chat_id = arguments.chat_id()
        action = arguments.text("action").lower()
        if action not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self._spend(chat_id, "action")
        self._chats.passing(chat_id, "action", action=action)
        return True

    def _get_chat(self, arguments: Arguments) -> dict[str, Any]:
        chat = self._chats.find(arguments.chat_id())
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return {
            **chat.chat,
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }

    def _get_file(self, arguments: Arguments) -> dict[str, Any]:
        file_id = arguments.text("file_id")
        if not file_id:
            raise bad_request("file_id not specified")
        file = self._chats.journal.file(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > _DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return {
            "file_id": file.id,
            "file_unique_id": file.id[-12:],
            "file_size": len(file.content),
            "file_path": f"files/{file.id}",
        }

    def _set_commands(self, arguments: Arguments) -> bool:
        scope = scope_key(arguments.structure("scope", "BotCommandScope"))
        commands = arguments.structure("commands", "commands")
        self._profile.set_commands(commands or [], scope, arguments.text("language_code"))
        return True

    def _get_commands(self, arguments: Arguments) -> list[dict[str, str]]:
        scope = scope_key(arguments.structure("scope", "BotCommandScope"))
        return self._profile.commands(scope, arguments.text("language_code"))

    def _delete_commands(self, arguments: Arguments) -> bool:
        scope = scope_key(arguments.structure("scope", "BotCommandScope"))
        self._profile.set_commands([], scope, arguments.text("language_code"))
        return True

    def _set_text(self, field: str, arguments: Arguments) -> bool:
        text, language = arguments.text(field), arguments.text("language_code")
        self._profile.set_text(field, text, _TEXTS[field], language)
        return True

    def _get_text(self, field: str, arguments: Arguments) -> dict[str, str]:
        return {field: self._profile.text(field, arguments.text("language_code"))}

    def _set_menu_button(self, arguments: Arguments) -> bool:
        button = arguments.structure("menu_button", "menu button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
            raise bad_request("can't parse menu button: MenuButton has unsupported type")
        self._chats.journal.put("menu_button", button)
        return True


def _formatted(arguments: Arguments, name: str, entities_name: str) -> FormattedText:
    source = arguments.text(name)
    if len(source.encode()) > _PARSE_BYTES:
        raise bad_request("text is too long")
    mode = arguments.text("parse_mode").lower()
    if mode == "html":
        return parse_html(source)
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f"parse_mode {mode}: this preview reads HTML only")
    if mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    entities = arguments.structure(entities_name, "entities") or []
    for entity in entities if isinstance(entities, list) else [None]:
        fields = entity if isinstance(entity, dict) else {}
        if not isinstance(fields.get("type"), str) or not all(
            isinstance(fields.get(name), int) for name in ("offset", "length")
        ):
            raise bad_request("can't parse MessageEntity: expected an Object with type, offset and length")
    return settle(FormattedText(source, entities))


def _text_content(arguments: Arguments) -> dict[str, Any]:
    """`text` and `entities` of a message, or the refusal of a text that is empty or too long."""
    formatted = _formatted(arguments, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    check_length(formatted.text, TEXT_LENGTH, "message is too long")
    content: dict[str, Any] = {"text": formatted.text}
    if entities := detect(formatted.text, formatted.entities):
        content["entities"] = entities
    return content
