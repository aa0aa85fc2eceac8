"""Groups around the bot: made by a person, and become a supergroup."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from bot.preview.chats import Chats
from bot.preview.journal import Chat, Message
from bot.preview.membership import changed_membership
from bot.preview.misuse import MisuseError

__all__ = ["Groups"]

_KINDS = ("supergroup", "group")


class Groups:
    """Groups that the bot is in."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._journal = chats.journal

    def create(self, title: str, user_id: int, kind: str = "supergroup", *, forum: bool = False) -> Chat:
        """A new group of a `kind`, supergroup or group, with the bot in it, made by a person; a forum has topics."""
        if kind not in _KINDS:
            raise MisuseError(400, f"type: {kind!r} is none of {', '.join(_KINDS)}")
        if forum and kind != "supergroup":
            raise MisuseError(400, "is_forum: only a supergroup has topics")
        chat_id = _new_id(kind)
        chat = {"id": chat_id, "type": kind, "title": title} | ({"is_forum": True} if forum else {})
        created = Chat(chat_id, chat, None, 0, started=True, blocked=False)
        user = self._user(user_id)
        self._journal.save_chat(created)
        changed_membership(self._chats, created, user, "left", "member")
        return created

    def upgrade(self, chat_id: int, user_id: int) -> Chat:
        """Make a supergroup of a group: it gets a new id, each chat a message that names the other."""
        group = self._journal.chat(chat_id)
        if group is None or group.chat["type"] != "group" or group.moved_to is not None:
            raise MisuseError(409, f"chat {chat_id}: only a group becomes a supergroup, and only once")
        user = self._user(user_id)
        new_id = _new_id("supergroup")
        chat = {"id": new_id, "type": "supergroup", "title": group.chat["title"]}
        created = Chat(new_id, chat, None, 0, started=True, blocked=group.blocked)
        self._journal.save_chat(created)
        self._journal.save_chat(replace(group, moved_to=created.id))
        self._tell(group, user, {"migrate_to_chat_id": created.id})
        self._tell(created, user, {"migrate_from_chat_id": group.id})
        return created

    def _tell(self, chat: Chat, user: dict[str, Any], what: dict[str, int]) -> None:
        number = self._chats.next_message_id()
        body = {"message_id": number, "from": user, "chat": chat.chat, "date": int(self._chats.clock()), **what}
        self._chats.updates.add("message", self._chats.save(Message(chat.id, number, 0, False, False, None, body)).body)

    def _user(self, user_id: int) -> dict[str, Any]:
        person = self._journal.chat(user_id)
        if person is None or person.user is None:
            raise MisuseError(404, f"user {user_id}: unknown; make a user first")
        return person.user


def _new_id(kind: str) -> int:
    number = 1_000_000_000 + secrets.randbelow(2_000_000_000)
    return -(1_000_000_000_000 + number) if kind == "supergroup" else -number
