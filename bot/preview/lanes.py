"""Which updates a webhook gets in their order, and which may overtake each other."""

from __future__ import annotations

from typing import Any

__all__ = ["Lane", "lane_of"]

Lane = tuple[str, int]
"""A queue of updates that are delivered one after the other."""

_LANES = {
    "message": ("message", "chat"),
    "edited_message": ("message", "chat"),
    "channel_post": ("message", "chat"),
    "edited_channel_post": ("message", "chat"),
    "business_message": ("business", "chat"),
    "edited_business_message": ("business", "chat"),
    "guest_message": ("guest", "chat"),
    "inline_query": ("inline", "from"),
    "chosen_inline_result": ("chosen", "from"),
    "callback_query": ("callback", "from"),
    "my_chat_member": ("member", "chat"),
}


def lane_of(update: dict[str, Any]) -> Lane:
    """Messages go by chat, presses and inline queries by person; whatever names neither is alone in its lane."""
    kind = next(name for name in update if name != "update_id")
    name, owner = _LANES[kind]
    body = update[kind]
    who = body.get(owner) if isinstance(body, dict) else None
    if isinstance(who, dict) and isinstance(who.get("id"), int):
        return name, who["id"]
    return "alone", update["update_id"]
