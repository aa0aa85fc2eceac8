"""The update that tells a bot how it stands in a chat."""

from __future__ import annotations

from typing import Any

from bot.preview.chats import Chats
from bot.preview.journal import Chat

__all__ = ["changed_membership"]


def changed_membership(chats: Chats, chat: Chat, user: dict[str, Any], before: str, after: str) -> None:
    """Queue a `my_chat_member` update: `user` moved the bot from one status to another."""
    states = [
        {"user": chats.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        for status in (before, after)
    ]
    body = {
        "chat": chat.chat,
        "from": user,
        "date": int(chats.clock()),
        "old_chat_member": states[0],
        "new_chat_member": states[1],
    }
    chats.updates.add("my_chat_member", body)
