"""A call whose words Telegram calls too long, as several calls.

`bot.telegram.html` cuts before a message is queued; what still turns out too long has its markup read back into blocks
and goes the same way, in smaller and smaller pieces. Marks that the assistant does not write (italics, code) are lost.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from bot.storage.calls import Call
from bot.telegram.html import Limits, as_html
from bot.telegram.plain import words_of
from dialogs.says import Block, Bold, Folded, Line, Link, Moment, Paragraph, Span

__all__ = ["MARKUP_LENGTH", "split"]

MARKUP_LENGTH = 9500
"""Bytes of all entities of a message, about (https://github.com/tdlib/telegram-bot-api/issues/165)."""

_WORD_METHODS = ("sendMessage", "editMessageText")
_HALVINGS = 5  # from 4,096 units and 100 entities down to 128 and 3: shorter than anything is ever called too long
_TAG = re.compile(r"<[^>]*>")
_UNIX = re.compile(r"-?\d{1,12}")


def split(call: Call) -> tuple[Call, ...]:
    """The calls that say the same, in order, with the buttons on the last; the call alone where it cannot be split.

    The words are cut between paragraphs, lines, sentences or words, in that order, and not inside of formatted words
    that fit into a message. A caption that is too long goes before its file. An edit changes its message to the first
    part, and the others are new messages.
    """
    words = words_of(call)
    if words is None:
        return (call,)
    blocks = _read(call.payload[words], html=call.payload.get("parse_mode") == "HTML")
    if words == "caption":
        file = replace(
            call, rest=(), payload=_without(call, "caption", "parse_mode", "caption_entities", "reply_parameters")
        )
        said = replace(
            call, method="sendMessage", payload=_without(call, "caption", "caption_entities", *_file_of(call))
        )
        return (*_messages(said, as_html(blocks)), file) if call.method.startswith("send") else (call,)
    if call.method not in _WORD_METHODS:
        return (call,)
    for halvings in range(_HALVINGS + 1):
        whole = Limits()
        texts = as_html(blocks, Limits(whole.units >> halvings, whole.entities >> halvings))
        if len(texts) > 1 and all(_markup(text) <= MARKUP_LENGTH for text in texts):
            return tuple(_messages(call, texts))
    return (call,)


def _messages(call: Call, texts: list[str]) -> Iterator[Call]:
    """A call for each text: what is answered or changed goes with the first, the buttons with the last."""
    common = _without(call, "text", "entities", "message_id", "reply_parameters", "reply_markup")
    for number, text in enumerate(texts, 1):
        payload: dict[str, Any] = {**common, "text": text, "parse_mode": "HTML"}
        first, last = number == 1, number == len(texts)
        kept = ("message_id", "reply_parameters") * first + ("reply_markup",) * last
        payload |= {name: call.payload[name] for name in kept if name in call.payload}
        yield replace(call, method=call.method if first else "sendMessage", payload=payload, rest=())


def _without(call: Call, *names: str) -> dict[str, Any]:
    return {name: value for name, value in call.payload.items() if name not in names}


def _file_of(call: Call) -> tuple[str, ...]:
    """What belongs to the file and its buttons, not to the words."""
    return (call.method.removeprefix("send").lower(), "reply_markup")


def _markup(text: str) -> int:
    return sum(len(tag.encode()) for tag in _TAG.findall(text))


def _read(text: str, *, html: bool) -> list[Block]:
    if not html:
        return list(_paragraphs([text]))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.end()


def _paragraphs(spans: list[Span]) -> Iterator[Block]:
    for line in _cut(spans, "\n\n"):
        yield Paragraph(line)


def _cut(spans: list[Span], at: str) -> Iterator[Line]:
    """The spans between the places where `at` stands outside of formatted words."""
    line: list[Span] = []
    for span in spans:
        if isinstance(span, str):
            first, *others = span.split(at)
            line.append(first)
            for other in others:
                yield tuple(line)
                line = [other]
        else:
            line.append(span)
    yield tuple(line)


class _Reader(HTMLParser):
    """Reads the HTML that `bot.telegram.html` writes, and takes any other for its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def end(self) -> list[Block]:
        """The blocks that were read."""
        self._leave()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._leave()
        else:
            self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._fold()
        elif self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag, attributes in reversed(self._open):
            span = _formatted(tag, attributes, data)
            if span is not None:
                self._spans.append(span)
                return
        self._spans.append(data)

    def _leave(self) -> None:
        self._blocks.extend(_paragraphs(self._spans))
        self._spans = []

    def _fold(self) -> None:
        first, *rest = _cut(self._spans, "\n")
        match tuple(span for span in first if span != ""):
            case (Bold(title),):
                self._blocks.append(Folded(title, tuple(rest)))
            case _:
                self._blocks.append(Folded("", (first, *rest)))
        self._spans = []


def _formatted(tag: str, attributes: dict[str, str | None], text: str) -> Span | None:
    match tag:
        case "b" | "strong":
            return Bold(text)
        case "a" if url := attributes.get("href"):
            return Link(text, url)
        case "tg-time" if _UNIX.fullmatch(unix := attributes.get("unix") or ""):
            return Moment(text, int(unix))
        case _:
            return None
