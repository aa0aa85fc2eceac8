"""Chats as the bot acts on them: send, edit, delete, answer, each with Telegram's refusals."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.preview.inline import InlineAnswer
from bot.preview.journal import Chat, Journal, Message
from bot.preview.limits import CALLBACK_ANSWER_LENGTH, RefusalError, bad_request, check_length
from bot.preview.signals import Signal
from bot.preview.updates import Updates

__all__ = ["Chats"]

_PASSING_KEPT = 100
_DELETE_WITHIN = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_MOVED = "group chat was upgraded to a supergroup chat"
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Chats:
    """The chats of one bot, their messages, and what people see of them.

    A change in a chat has a number (`seq`). `changes` returns what happened after a number: messages as they are now,
    and passing things (typing, answers to buttons), which a restart forgets.
    """

    def __init__(self, journal: Journal, updates: Updates, bot: dict[str, Any], clock: Callable[[], float]) -> None:
        self.journal = journal
        self.updates = updates
        self.bot = bot
        self.clock = clock
        self.callback_age = 150.0
        """Seconds after which a pressed button can no longer be answered."""
        self.inline_answers: dict[str, InlineAnswer] = {}
        """The latest answers to inline queries; as what passes, a restart forgets them."""
        self._passing: defaultdict[int, deque[dict[str, Any]]] = defaultdict(lambda: deque(maxlen=_PASSING_KEPT))
        self._signals: defaultdict[int, Signal] = defaultdict(Signal)

    def signal(self, chat_id: int) -> Signal:
        """Fires at each change in the chat."""
        return self._signals[chat_id]

    def changes(self, chat_id: int, after: int) -> list[dict[str, Any]]:
        """Messages and passing things after change `after`, in order."""
        messages = [
            {
                "seq": message.seq,
                "kind": "message",
                "outgoing": message.outgoing,
                "deleted": message.deleted,
                "client_id": message.client_id,
                "message": message.body,
            }
            for message in self.journal.messages_after(chat_id, after)
        ]
        passing = [event for event in self._passing[chat_id] if event["seq"] > after]
        return sorted([*messages, *passing], key=lambda event: int(event["seq"]))

    def find(self, chat_id: int) -> Chat:
        """The chat; raises Telegram's `chat not found`."""
        chat = self.journal.chat(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open(self, chat_id: int) -> Chat:
        """The chat, if the bot may write in it: a person wrote first, and did not block the bot."""
        chat = self.find(chat_id)
        if not chat.started:
            raise bad_request("chat not found")
        if chat.deactivated:
            raise RefusalError(403, "Forbidden: user is deactivated")
        if chat.moved_to is not None:
            raise RefusalError(400, f"Bad Request: {_MOVED}", {"migrate_to_chat_id": chat.moved_to})
        if chat.blocked:
            who = "blocked by the user" if chat.user else f"kicked from the {chat.chat['type']} chat"
            raise RefusalError(403, f"Forbidden: bot was {who}")
        return chat

    def next_message_id(self) -> int:
        return self.journal.next_id("next_message_id", 1)

    def save(self, message: Message) -> Message:
        """Write a new or changed message as the latest change of its chat."""
        saved = replace(message, seq=self.journal.next_seq(message.chat_id))
        self.journal.save_message(saved)
        self._signals[message.chat_id].fire()
        return saved

    def passing(self, chat_id: int, kind: str, **what: Any) -> None:
        """Something to see now and not to keep."""
        self._passing[chat_id].append({"seq": self.journal.next_seq(chat_id), "kind": kind, **what})
        self._signals[chat_id].fire()

    def send(
        self, chat_id: int, content: dict[str, Any], markup: dict[str, Any] | None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """A new message of the bot."""
        chat = self.open(chat_id)
        body = {
            "message_id": self.next_message_id(),
            "from": self.bot,
            "chat": chat.chat,
            "date": int(self.clock()),
            **content,
        }
        if reply_to is not None:
            original = self.journal.message(chat_id, reply_to)
            if original is None or original.deleted:
                raise bad_request("message to be replied not found")
            body["reply_to_message"] = {key: value for key, value in original.body.items() if key != "reply_to_message"}
        if markup:
            body["reply_markup"] = markup
        message = Message(chat_id, body["message_id"], 0, True, False, None, body)
        return _as_sent(self.save(message).body)

    def edit(
        self, chat_id: int, message_id: int, content: dict[str, Any], markup: dict[str, Any] | None
    ) -> dict[str, Any]:
        """New text (or, with empty `content`, only new buttons) for a message of the bot."""
        self.open(chat_id)
        message = self.journal.message(chat_id, message_id)
        if message is None or message.deleted:
            raise bad_request("message to edit not found")
        if not message.outgoing:
            raise bad_request("message can't be edited")
        if "text" in content and "text" not in message.body:
            raise bad_request("there is no text in the message to edit")
        body = {key: value for key, value in message.body.items() if key not in ("reply_markup", "edit_date")}
        if content:
            body.pop("entities", None)
        body |= content
        if markup:
            body["reply_markup"] = markup
        if body == {key: value for key, value in message.body.items() if key != "edit_date"}:
            raise bad_request(_NOT_MODIFIED)
        body["edit_date"] = int(self.clock())
        return _as_sent(self.save(replace(message, body=body)).body)

    def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away on both sides; not after 48 hours."""
        self.open(chat_id)
        message = self.journal.message(chat_id, message_id)
        if message is None or message.deleted:
            raise bad_request("message to delete not found")
        if self.clock() - message.body["date"] > _DELETE_WITHIN:
            raise bad_request("message can't be deleted")
        self.save(replace(message, deleted=True))

    def answer_inline(self, query_id: str, answer: InlineAnswer) -> None:
        """Keep the answer to an inline query for the person who asked."""
        query = self.journal.query(query_id)
        if query is None or query.chat_id != 0 or self.clock() - query.asked > self.callback_age:
            raise bad_request(_TOO_OLD)
        self.journal.save_query(replace(query, answered=True))
        self.inline_answers[query_id] = answer
        while len(self.inline_answers) > _PASSING_KEPT:
            del self.inline_answers[next(iter(self.inline_answers))]
        self.signal(0).fire()

    def answer(self, query_id: str, text: str, alert: bool, url: str | None) -> None:
        """Answer a pressed button, once and while it is fresh."""
        query = self.journal.query(query_id)
        if query is None or query.chat_id == 0 or query.answered or self.clock() - query.asked > self.callback_age:
            raise bad_request(_TOO_OLD)
        check_length(text, CALLBACK_ANSWER_LENGTH, "MESSAGE_TOO_LONG")
        self.journal.save_query(replace(query, answered=True))
        self.passing(
            query.chat_id,
            "answer",
            callback_query_id=query_id,
            message_id=query.message_id,
            text=text,
            show_alert=alert,
            url=url,
        )


def _as_sent(body: dict[str, Any]) -> dict[str, Any]:
    """The message as a method returns it: of all reply markups only an inline keyboard comes back."""
    if "inline_keyboard" in body.get("reply_markup", {}):
        return body
    return {key: value for key, value in body.items() if key != "reply_markup"}
