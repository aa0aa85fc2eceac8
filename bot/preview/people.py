"""The other side: what a person does in a messenger, as the updates that the bot gets to see."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from bot.preview.autolink import detect
from bot.preview.chats import Chats
from bot.preview.inline import posted
from bot.preview.journal import Chat, Message, Query
from bot.preview.keyboards import callback_data
from bot.preview.limits import INLINE_QUERY_LENGTH, TEXT_LENGTH, check_length
from bot.preview.media import KINDS, media
from bot.preview.membership import changed_membership
from bot.preview.misuse import MisuseError

__all__ = ["People"]


class People:
    """Users and groups around one bot."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._journal = chats.journal

    def create_user(self, first_name: str, language_code: str | None) -> Chat:
        """A new person, who has not written to the bot yet."""
        if not first_name.strip():
            raise MisuseError(400, "first_name: give the person a name")
        user_id = 1_000_000_000 + secrets.randbelow(6_000_000_000)
        user = {"id": user_id, "is_bot": False, "first_name": first_name.strip()}
        if language_code:
            user["language_code"] = language_code
        chat = {"id": user_id, "type": "private", "first_name": user["first_name"]}
        created = Chat(user_id, chat, user, 0, started=False, blocked=False)
        self._journal.save_chat(created)
        return created

    def say(
        self, chat_id: int, order: dict[str, Any], *, user_id: int | None = None, client_id: str | None = None
    ) -> list[Message]:
        """Send a text (`{"text": …}`) or another kind (`{"kind": "sticker", …}`); an album is several messages.

        A `client_id` that was used before in this chat changes nothing and returns the message it made.
        """
        chat = self._chat(chat_id)
        if client_id and (known := self._journal.message_of_client(chat_id, client_id)):
            return [known]
        contents = self._contents(order)
        user = self._sender(chat, user_id)
        if chat.blocked and chat.user:
            raise MisuseError(409, "the person blocked the bot: unblock first")
        if not chat.started:
            self._journal.save_chat(replace(chat, started=True))
        sent = []
        for place, content in enumerate(contents):
            if reply_to := order.get("reply_to"):
                original = self._message(chat_id, reply_to).body
                content["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
            sent.append(self._post(chat, user, content, client_id if place == 0 else None))
        return sent

    def edit(self, chat_id: int, message_id: int, text: str) -> Message:
        """Change the text of a person's own message."""
        self._chat(chat_id)
        message = self._message(chat_id, message_id)
        if message.outgoing or "text" not in message.body:
            raise MisuseError(409, f"message {message_id}: not a text of a person")
        body = {key: value for key, value in message.body.items() if key != "entities"}
        body |= {**self._text(text), "edit_date": int(self._chats.clock())}
        saved = self._chats.save(replace(message, body=body))
        self._chats.updates.add("edited_message", saved.body)
        return saved

    def press(
        self, chat_id: int, message_id: int, data: str, *, user_id: int | None = None, stale: bool = False
    ) -> str:
        """Press a button of a bot's message; `stale` presses one that is no longer there. Returns the query's id."""
        chat = self._chat(chat_id)
        user = self._sender(chat, user_id)
        message = self._message(chat_id, message_id)
        if not stale and data not in callback_data(message.body.get("reply_markup")):
            raise MisuseError(409, f"message {message_id} has no button with the data {data!r}")
        query = Query(str(secrets.randbits(62)), chat_id, message_id, self._chats.clock(), answered=False)
        self._journal.save_query(query)
        body = {
            "id": query.id,
            "from": user,
            "message": message.body,
            "chat_instance": str(-abs(chat_id) * 31),
            "data": data,
        }
        self._chats.updates.add("callback_query", body)
        return query.id

    def ask_inline(self, user_id: int, text: str, offset: str) -> str:
        """Type `@bot text` somewhere; returns the id of the inline query."""
        check_length(text, INLINE_QUERY_LENGTH, "query is too long")
        query = Query(str(secrets.randbits(62)), 0, 0, self._chats.clock(), answered=False)
        self._journal.save_query(query)
        body = {"id": query.id, "from": self._user(user_id), "query": text, "offset": offset, "chat_type": "sender"}
        self._chats.updates.add("inline_query", body)
        return query.id

    def choose(self, chat_id: int, query_id: str, result_id: str, *, user_id: int | None = None) -> Message:
        """Post a result of an inline query: a message of the person, via the bot, which sees it in its own chat."""
        chat = self._chat(chat_id)
        user = self._sender(chat, user_id)
        answer = self._chats.inline_answers.get(query_id)
        results = () if answer is None else answer.results
        chosen = next((result for result in results if result["id"] == result_id), None)
        if chosen is None:
            raise MisuseError(404, f"result {result_id!r}: not among the results of the query; ask again")
        if chosen.get("type") != "article":
            raise MisuseError(409, f"result {result_id!r}: this preview posts articles only")
        if not chat.started:
            self._journal.save_chat(replace(chat, started=True))
        return self._post(chat, user, {"via_bot": self._chats.bot, **posted(chosen)}, None)

    def _post(self, chat: Chat, user: dict[str, Any], content: dict[str, Any], client_id: str | None) -> Message:
        """A new message of a person, and the update that tells the bot."""
        now = int(self._chats.clock())
        body = {"message_id": self._chats.next_message_id(), "from": user, "chat": chat.chat, "date": now, **content}
        message = self._chats.save(Message(chat.id, body["message_id"], 0, False, False, client_id, body))
        self._chats.updates.add("message", message.body)
        return message

    def block(self, chat_id: int, blocked: bool) -> None:
        """Block the bot, or let it back in (in a group: remove it, or add it again)."""
        chat = self._chat(chat_id)
        if chat.blocked == blocked:
            return
        self._journal.save_chat(replace(chat, blocked=blocked))
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        user = chat.user or {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        changed_membership(self._chats, chat, user, before, after)

    def deactivate(self, user_id: int, deactivated: bool) -> None:
        """Take a person's account away, of which the bot is not told, or give it back."""
        self._user(user_id)
        self._journal.save_chat(replace(self._chat(user_id), deactivated=deactivated))

    def _contents(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        if "text" in order and "kind" not in order:
            return [self._text(order["text"])]
        if order.get("kind") not in KINDS:
            raise MisuseError(400, f"kind: {order.get('kind')!r} is none of text, {', '.join(KINDS)}")
        made, files = media(order, str(secrets.randbits(60)))
        for file in files:
            self._journal.save_file(file)
        for content in made:
            if caption := content.get("caption"):
                content["caption_entities"] = detect(caption, [])
        return made

    def _text(self, given: object) -> dict[str, Any]:
        text = given.strip() if isinstance(given, str) else ""
        if not text:
            raise MisuseError(400, "text: write at least one character")
        check_length(text, TEXT_LENGTH, "message is too long")
        entities = detect(text, [])
        return {"text": text, "entities": entities} if entities else {"text": text}

    def _chat(self, chat_id: int) -> Chat:
        chat = self._journal.chat(chat_id)
        if chat is None:
            raise MisuseError(404, f"chat {chat_id}: unknown; make a user first")
        return chat

    def _user(self, user_id: int) -> dict[str, Any]:
        user = self._chat(user_id).user
        if user is None:
            raise MisuseError(404, f"user {user_id}: is a group")
        return user

    def _sender(self, chat: Chat, user_id: int | None) -> dict[str, Any]:
        if chat.moved_to is not None:
            raise MisuseError(409, f"chat {chat.id}: became {chat.moved_to}; write there")
        if chat.user is None and user_id is None:
            raise MisuseError(400, "from: name the person who writes in the group")
        person = chat if user_id is None or chat.user is not None else self._chat(user_id)
        if person.user is None:
            raise MisuseError(404, f"user {person.id}: is a group")
        if person.deactivated:
            raise MisuseError(409, f"user {person.id}: the account is deactivated")
        return person.user

    def _message(self, chat_id: int, message_id: int) -> Message:
        message = self._journal.message(chat_id, message_id)
        if message is None or message.deleted:
            raise MisuseError(404, f"message {message_id}: not in chat {chat_id}")
        return message
