"""Buttons as Telegram's inline keyboard."""

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.telegram.html import utf16_length
from dialogs.says import Button, CopyText, OpenAssistant, OpenLink, PressButton, ShareText

__all__ = ["LABEL_LENGTH", "keyboard"]

LABEL_LENGTH = 64
PER_ROW = 8
DATA_BYTES = 64
COPY_LENGTH = 256
SHARE_URL_LENGTH = 2000
"""Telegram names no limit for a button's address; common clients and servers take this much."""

_log = logging.getLogger(__name__)


def keyboard(buttons: Sequence[Sequence[Button]], bot_link: str) -> dict[str, Any] | None:
    """The `reply_markup` that shows `buttons`; None for none. `bot_link` is what a shared text leads back to.

    Raises ValueError for data that Telegram would refuse: that is a fault of the flow. A link that is not https is
    left out with a line in the log.
    """
    rows: list[list[dict[str, Any]]] = []
    for row in buttons:
        shown = [button for button in (_button(button, bot_link) for button in row) if button is not None]
        rows.extend(shown[start : start + PER_ROW] for start in range(0, len(shown), PER_ROW))
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button, bot_link: str) -> dict[str, Any] | None:
    label = button.label if len(button.label) <= LABEL_LENGTH else f"{button.label[: LABEL_LENGTH - 1].rstrip()}…"
    match button.action:
        case PressButton(data):
            size = len(data.encode())
            if not 1 <= size <= DATA_BYTES:
                raise ValueError(f"button data {data!r} has {size} bytes; use 1 to {DATA_BYTES}")
            return {"text": label, "callback_data": data}
        case OpenLink(url):
            if not url.startswith("https://"):
                _log.error("button link %r is not https and is left out; correct it in the facts", url)
                return None
            return {"text": label, "url": url}
        case OpenAssistant(start):
            return {"text": label, "url": f"{bot_link}?start={start}"}
        case CopyText(text):
            if not 1 <= utf16_length(text) <= COPY_LENGTH:
                raise ValueError(f"copy text of {utf16_length(text)} characters; use 1 to {COPY_LENGTH}")
            return {"text": label, "copy_text": {"text": text}}
        case ShareText(text, start):
            return {"text": label, "url": _share_url(text, f"{bot_link}?start={start}" if start else bot_link)}


def _share_url(text: str, link: str) -> str:
    """Telegram's share page, which works without inline mode; a text too long for an address is cut at a line."""
    start = f"https://t.me/share/url?url={quote(link, safe='')}&text="
    lines = text.split("\n")
    while len(lines) > 1 and len(start) + len(quote("\n".join(lines), safe="")) > SHARE_URL_LENGTH:
        lines.pop()
    shared = "\n".join(lines)
    while len(start) + len(quote(shared, safe="")) > SHARE_URL_LENGTH:
        shared = shared[:-1]
    return start + quote(shared, safe="")
