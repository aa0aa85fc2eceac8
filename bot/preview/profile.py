"""What a bot says about itself: commands by scope and language, name and descriptions by language."""

from __future__ import annotations

import re
from typing import Any

from bot.preview.journal import Journal
from bot.preview.limits import COMMANDS, bad_request, check_command, check_length

__all__ = ["Profile", "scope_key"]

_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


def scope_key(scope: object) -> str:
    """A BotCommandScope as one word; raises `RefusalError` for a scope that Telegram does not know."""
    if scope is None:
        return "default"
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SCOPES:
        return str(kind)
    if not isinstance(scope, dict) or kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    member = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{scope['chat_id']}{member}"


class Profile:
    """Kept in the journal, one value per field, scope and language; the language "" is everybody else's."""

    def __init__(self, journal: Journal, first_name: str) -> None:
        self._journal = journal
        self._first_name = first_name

    def set_commands(self, commands: object, scope: str, language: str) -> None:
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > COMMANDS:
            raise bad_request("too many commands specified")
        kept: list[dict[str, str]] = []
        for command in commands:
            entry = command if isinstance(command, dict) else {}
            name, description = entry.get("command"), entry.get("description")
            if not isinstance(name, str) or not isinstance(description, str):
                raise bad_request(
                    "can't parse BotCommand: command and description must be of type String"
                    if entry
                    else "can't parse BotCommand: expected an Object"
                )
            name = name.removeprefix("/")
            check_command(name, description)
            kept.append({"command": name, "description": description})
        self._put("commands", f"{scope}|{_language(language)}", kept)

    def commands(self, scope: str, language: str) -> list[dict[str, str]]:
        """Exactly what was set for this scope and language."""
        found: list[dict[str, str]] = self._all("commands").get(f"{scope}|{_language(language)}", [])
        return found

    def menu(self, chat_id: int | None, language: str) -> list[dict[str, str]]:
        """The commands that a person sees in a private chat: the narrowest scope that has any."""
        scopes = (
            ["all_private_chats", "default"] if chat_id is None else [f"chat:{chat_id}", "all_private_chats", "default"]
        )
        known = self._all("commands")
        for scope in scopes:
            for tongue in (language, ""):
                if found := known.get(f"{scope}|{tongue}"):
                    return list(found)
        return []

    def set_text(self, field: str, text: str, most: int, language: str) -> None:
        """Set the name, the description or the short description."""
        check_length(text, most, f"{field.replace('_', ' ')} is too long")
        self._put(field, _language(language), text)

    def text(self, field: str, language: str) -> str:
        """The text in a language, or in the common one."""
        known = self._all(field)
        fallback = self._first_name if field == "name" else ""
        return str(known.get(_language(language)) or known.get("") or fallback)

    def _all(self, field: str) -> dict[str, Any]:
        known: dict[str, Any] = self._journal.get(f"profile.{field}", {})
        return known

    def _put(self, field: str, key: str, value: object) -> None:
        known = {**self._all(field), key: value}
        self._journal.put(f"profile.{field}", {name: kept for name, kept in known.items() if kept})


def _language(code: str) -> str:
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
