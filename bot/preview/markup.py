"""Telegram's HTML → plain text and message entities, refusing what Telegram refuses.

The rules and the error texts are those of the Bot API (https://core.telegram.org/bots/api#html-style). One rule is
stricter on purpose: a bare ampersand is an error here, whereas Telegram shows it as it is, because an unescaped
ampersand means that somebody's words reached the markup unescaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.preview.limits import ENTITIES, bad_request, checked_url, utf16_length

__all__ = ["Entity", "FormattedText", "parse_html", "settle"]

Entity = dict[str, Any]
"""A Bot API MessageEntity: type, offset and length in UTF-16 units, and what the type adds."""

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_STYLES, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]{1,6})|#(?P<dec>[0-9]{1,7})|(?P<name>lt|gt|amp|quot));")
_PLAIN = re.compile(r"[^<&]+")
_SPACE = re.compile(r"[ \t\r\n\0\v]*")
_TO_TAG_END = re.compile(r"[^ \t\r\n\0\v>]*")
_ATTRIBUTE_NAME = re.compile(r"""[^ \t\r\n\0\v=>/"']*""")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_VERBATIM = ("code", "pre")
_QUOTES = ("blockquote", "expandable_blockquote")
# Where two entities cover the same text, the outer one comes first.
_NESTING = ("blockquote", "expandable_blockquote", "text_link", "text_mention")


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text as a reader sees it, with its entities in order of appearance."""

    text: str
    entities: list[Entity]


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass(slots=True)
class _Parser:
    source: str
    at: int = 0
    units: int = 0
    out: list[str] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> FormattedText:
        while self.at < len(self.source):
            if plain := _PLAIN.match(self.source, self.at):
                self.at = plain.end()
                self._put(plain.group())
            elif self._peek() == "&":
                self._put(self._reference())
            elif self._peek(1) == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return FormattedText("".join(self.out), self.entities)

    def _peek(self, ahead: int = 0) -> str:
        return self.source[self.at + ahead : self.at + ahead + 1]

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.units += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Go on behind what the pattern matches here, and return it."""
        found = pattern.match(self.source, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found.group()

    def _reference(self) -> str:
        match = _REFERENCE.match(self.source, self.at)
        code = 0 if match is None else int(match["hex"] or "0", 16) or int(match["dec"] or "0")
        if match is None or not (match["name"] or 0 < code < 0x10FFFF):
            raise _unparsed(f'Unescaped "&" at byte offset {self._byte(self.at)}')
        if 0xD800 <= code <= 0xDFFF:
            raise _unparsed(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        self.at = match.end()
        return _NAMED[match["name"]] if match["name"] else chr(code)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._skip(_TO_TAG_END).lower()
        if not self._peek():
            raise _unparsed(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in _TAGS:
            raise _unparsed(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self._skip(_SPACE)
            if self._peek() == ">":
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.stack.append(_Open(tag, attributes, self.units, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._skip(_ATTRIBUTE_NAME)
        if not name:
            reason = "Empty attribute name in the tag" if self._peek() else "Unclosed start tag"
            raise _unparsed(f'{reason} "{tag}" at byte offset {self._byte(begin)}')
        self._skip(_SPACE)
        if self._peek() != "=":
            return name, ""
        self.at += 1
        self._skip(_SPACE)
        quote = self._peek()
        if quote not in ("'", '"') or not quote:
            token = self.at
            value = self._skip(_TO_TAG_END).lower()
            if not re.fullmatch(r"[a-z0-9.-]*", value):
                raise _unparsed(f"Unexpected end of name token at byte offset {self._byte(token)}")
        else:
            self.at += 1
            characters: list[str] = []
            while self._peek() not in ("", quote):
                if self._peek() == "&":
                    characters.append(self._reference())
                else:
                    characters.append(self._peek())
                    self.at += 1
            self.at += 1
            value = "".join(characters)
        if self.at >= len(self.source):
            raise _unparsed(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return name, value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise _unparsed(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        tag = self._skip(_TO_TAG_END).lower()
        self._skip(_SPACE)
        if self._peek() != ">":
            raise _unparsed(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            raise _unparsed(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place: Entity = {"offset": opened.offset, "length": self.units - opened.offset}
        attributes = opened.attributes
        match opened.tag:
            case "a":
                self._link(attributes.get("href") or "".join(self.out[opened.start :]), place)
            case "pre" | "code":
                self._code(opened, place)
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
                self.entities.append({"type": kind, **place})
            case "tg-emoji":
                number = attributes.get("emoji-id", "")
                if not number.isdecimal() or int(number) == 0:
                    raise _unparsed("Invalid custom emoji identifier specified")
                self.entities.append({"type": "custom_emoji", **place, "custom_emoji_id": number})
            case "tg-time":
                self._time(attributes, place)
            case _:
                self.entities.append({"type": _STYLES[opened.tag], **place})

    def _link(self, address: str, place: Entity) -> None:
        mention = re.fullmatch(r"tg://user\?id=(\d+)", address)
        if mention:
            self.entities.append({"type": "text_mention", **place, "user": {"id": int(mention[1])}})
        elif url := checked_url(address):
            self.entities.append({"type": "text_link", **place, "url": url})

    def _code(self, opened: _Open, place: Entity) -> None:
        """`<pre><code class="language-x">` in either order is one block with a language."""
        language = opened.attributes.get("class", "").removeprefix("language-")
        last = self.entities[-1] if self.entities else {}
        same_place = all(last.get(key) == place[key] for key in place)
        if opened.tag == "pre" and same_place and last.get("type") == "code" and last.get("language"):
            last["type"] = "pre"
        elif opened.tag == "code" and same_place and last.get("type") == "pre" and language:
            last["language"] = language
        else:
            entity = {"type": opened.tag, **place}
            self.entities.append({**entity, "language": language} if language else entity)

    def _time(self, attributes: dict[str, str], place: Entity) -> None:
        unix, form = attributes.get("unix", ""), attributes.get("format", "")
        if not re.fullmatch(r"-?\d{1,12}", unix):
            raise _unparsed("Invalid Unix time specified")
        if not _TIME_FORMAT.fullmatch(form):
            raise _unparsed("Invalid date-time format specified")
        entity = {"type": "date_time", **place, "unix_time": int(unix)}
        self.entities.append({**entity, "date_time_format": form} if form else entity)


def _unparsed(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> FormattedText:
    """Text and entities of a message in Telegram's HTML.

    Raises `RefusalError` in Telegram's words, with the byte offset, where the markup does not parse.
    """
    parsed = _Parser(source).parse()
    for entity in parsed.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return settle(parsed)


def settle(formatted: FormattedText) -> FormattedText:
    """The text as Telegram keeps it: trimmed, entities sorted, legally nested, at most 100."""
    lead = utf16_length(formatted.text) - utf16_length(formatted.text.lstrip())
    text = formatted.text.strip()
    end = utf16_length(text)
    shifted: list[Entity] = []
    for entity in formatted.entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], end)
        if stop > start:
            shifted.append({**entity, "offset": start, "length": stop - start})
    return FormattedText(text, _nested(shifted)[:ENTITIES])


def _nested(entities: list[Entity]) -> list[Entity]:
    """Nothing lies inside or around code and pre (an outer entity is cut there); quotes do not nest."""
    verbatim = [entity for entity in entities if entity["type"] in _VERBATIM]
    quotes = [entity for entity in entities if entity["type"] in _QUOTES]
    kept: list[Entity] = list(verbatim)
    for entity in entities:
        if entity["type"] in _VERBATIM:
            continue
        if entity["type"] in _QUOTES:
            if not any(_inside(entity, quote) for quote in quotes if quote is not entity):
                kept.append(entity)
            continue
        start, end = entity["offset"], entity["offset"] + entity["length"]
        for block in sorted(verbatim, key=_order):
            if block["offset"] + block["length"] <= start or block["offset"] >= end:
                continue
            if block["offset"] > start:
                kept.append({**entity, "offset": start, "length": block["offset"] - start})
            start = block["offset"] + block["length"]
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return sorted(kept, key=_order)


def _inside(inner: Entity, outer: Entity) -> bool:
    ends = inner["offset"] + inner["length"], outer["offset"] + outer["length"]
    return bool(outer["offset"] <= inner["offset"] and ends[0] <= ends[1])


def _order(entity: Entity) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], _NESTING.index(kind) if kind in _NESTING else len(_NESTING)
