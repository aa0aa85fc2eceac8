"""A call without its markup: every word stays, and so does the address of every link."""

import re
from dataclasses import replace
from html import unescape

from bot.storage.calls import Call

__all__ = ["as_plain_text", "words_of"]

_LINK = re.compile(r"<a\s[^<>]*?href=\"([^\"<>]*)\"[^<>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)

# Telegram's own tags alone: the markup is broken, so that any other "<" is something that was said.
_TAG = re.compile(
    r"</?(?:a|b|blockquote|code|del|em|i|ins|pre|s|span|strike|strong|tg-emoji|tg-spoiler|tg-time|u)(?=[\s>])[^<>]*>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")

_MARKUP = ("parse_mode", "entities", "caption_entities")


def words_of(call: Call) -> str | None:
    """The parameter that holds the words of a message; None for a call that shows none."""
    return next((name for name in ("text", "caption") if isinstance(call.payload.get(name), str)), None)


def as_plain_text(call: Call) -> Call | None:
    """The same words without markup; None where there is no markup to take away."""
    words = words_of(call)
    if words is None or not any(name in call.payload for name in _MARKUP):
        return None
    payload = {name: value for name, value in call.payload.items() if name not in _MARKUP}
    if call.payload.get("parse_mode") == "HTML":
        text = _LINK.sub(r"\2 (\1)", call.payload[words])
        payload[words] = _REFERENCE.sub(lambda reference: unescape(reference[0]), _TAG.sub("", text))
    return replace(call, payload=payload)
