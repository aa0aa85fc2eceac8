"""Raw updates: which chat they belong to. This must work for updates that nothing else here can read."""

from collections.abc import Mapping
from typing import Any

from bot.storage.inbox import Received, inline_key

__all__ = ["ALLOWED_UPDATES", "chat_id_of", "language_code_of", "query_id_of", "received"]

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
"""The kinds we ask for. Business and guest updates are left out: they have other rules of answering."""

_INLINE = "inline_query"


def received(raw: Mapping[str, Any]) -> Received:
    """The update with the key of its order: its chat, else its user, else one for all the rest.

    Inline queries keep an order of their own: what is typed elsewhere must not wait for the chat with the assistant.

    Raises ValueError when there is no update id.
    """
    update_id = raw.get("update_id")
    if not isinstance(update_id, int):
        raise ValueError("an update without update_id")
    chat, user = _part(raw, "chat"), _part(raw, "from")
    key = chat.get("id", user.get("id", "-"))
    if _INLINE in raw:
        key = inline_key(key)
    group = _payload(raw).get("media_group_id")
    return Received(update_id, str(key)[:32], None if group is None else str(group)[:64], _kept(raw))


def chat_id_of(raw: Mapping[str, Any]) -> int | None:
    """The private chat in which the person can be answered, or None: who types elsewhere may have no chat with us."""
    if _INLINE in raw:
        return None
    chat, user = _part(raw, "chat"), _part(raw, "from")
    if chat and chat.get("type") != "private":
        return None
    number = chat.get("id", user.get("id"))
    return number if isinstance(number, int) else None


def query_id_of(raw: Mapping[str, Any]) -> str | None:
    """The id of the tap that waits for an answer, if the update is one."""
    query = raw.get("callback_query")
    return str(query["id"]) if isinstance(query, Mapping) and "id" in query else None


def language_code_of(raw: Mapping[str, Any]) -> str | None:
    """The language of the person's Telegram, such as `ru` or `pt-br`; often absent."""
    code = _part(raw, "from").get("language_code")
    return code if isinstance(code, str) else None


def _kept(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The update as it is stored: of the message under a pressed button, which is ours, only which it is."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, Mapping) else None
    if not isinstance(query, Mapping) or not isinstance(message, Mapping):
        return raw
    told = {name: message[name] for name in _OF_OUR_MESSAGE if name in message}
    return {**raw, "callback_query": {**query, "message": told}}


_OF_OUR_MESSAGE = ("message_id", "message_thread_id", "date", "chat")


def _payload(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((value for value in raw.values() if isinstance(value, Mapping)), {})


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    payload = _payload(raw)
    message = payload.get("message")
    for place in (payload, message):
        if isinstance(place, Mapping) and isinstance(part := place.get(name), Mapping):
            return part
    return {}
