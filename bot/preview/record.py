"""What happened, in order, for drills that count copies and look at order and gaps."""

from __future__ import annotations

import time
from collections import deque
from itertools import islice
from typing import Any

__all__ = ["Record", "sent_entry"]

_KEPT = 100_000


class Record:
    """The latest entries, each with its number `n` (from 1, without gaps) and `at_ms`.

    `at_ms` is the monotonic clock of this machine in milliseconds, which all its processes share. Entries live in
    memory; where more than `kept` were made, the oldest are gone, and the first `n` of an answer shows it.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=kept)
        self._last = 0

    def add(self, entry: dict[str, Any]) -> None:
        """Note what happened just now."""
        self._last += 1
        self._entries.append({"n": self._last, "at_ms": round(time.monotonic() * 1000, 3), **entry})

    def after(self, number: int, limit: int) -> list[dict[str, Any]]:
        """At most `limit` entries after number `number`, in order."""
        first = self._last - len(self._entries) + 1
        skipped = max(0, number + 1 - first)
        return list(islice(self._entries, skipped, skipped + max(0, limit)))


def sent_entry(method: str, given: dict[str, Any], result: Any) -> dict[str, Any]:
    """The entry of a call that took effect: from its result where that is a message, else from what was given."""
    message = result if isinstance(result, dict) and "message_id" in result else {}
    chat_id = str(message["chat"]["id"] if message else given.get("chat_id", ""))
    text = message.get("text", message.get("caption")) if message else given.get("text", given.get("action"))
    return {
        "method": method,
        "chat_id": int(chat_id) if chat_id.lstrip("-").isdecimal() else None,
        "message_id": message.get("message_id", given.get("message_id")),
        "text": text,
    }
