"""Entities that Telegram finds by itself in any text: commands, links, mail addresses, mentions."""

from __future__ import annotations

import re

from bot.preview.limits import utf16_length
from bot.preview.markup import Entity

__all__ = ["detect"]

_PATTERNS = re.compile(
    r"(?P<url>(?:https?://|\bwww\.)[^\s<>\"']*[^\s<>\"'.,:;!?)\]}»”]|\bt\.me/[A-Za-z0-9_+/?=&-]+)"
    r"|(?P<email>\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z0-9_]{4,32}\b)"
)


def detect(text: str, present: list[Entity]) -> list[Entity]:
    """`present` and what was found outside links, code and other found things, in order of appearance."""
    closed = [
        entity for entity in present if entity["type"] in ("text_link", "text_mention", "code", "pre", "date_time")
    ]
    found: list[Entity] = []
    for match in _PATTERNS.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(
            entity["offset"] < offset + length and offset < entity["offset"] + entity["length"] for entity in closed
        ):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return sorted([*present, *found], key=lambda entity: (entity["offset"], -entity["length"]))
