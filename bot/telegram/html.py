"""The typed tree as Telegram HTML, cut into messages that Telegram takes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import chain

from dialogs.cards.room import LONGEST_MESSAGE, utf16_length
from dialogs.says import Block, Bold, Bullets, Facts, Folded, Heading, Line, Link, Moment, Paragraph, Span

__all__ = ["ENTITIES", "Limits", "as_html", "utf16_length"]

ENTITIES = 100
"""Formatted pieces of a message; Telegram ignores what is on top."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold: UTF-16 units once its markup is read, and formatted pieces (at least 2)."""

    units: int = LONGEST_MESSAGE
    entities: int = ENTITIES


_TELEGRAMS = Limits()

# A place to cut: after a line, a sentence, a word; the first kind that leaves at least half a message is taken.
_CUTS = (re.compile(r"\n"), re.compile(r"(?<=[.!?…;])\s"), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that stand together; `quote` folds them away. Its size is counted once."""

    lines: tuple[Line, ...]
    quote: bool = False
    length: int = field(init=False)
    entities: int = field(init=False)

    def __post_init__(self) -> None:
        spans = [span for line in self.lines for span in line]
        words = utf16_length("".join(map(_text, spans)))
        object.__setattr__(self, "length", words + len(self.lines) - 1)
        object.__setattr__(self, "entities", self.quote + sum(not isinstance(span, str) for span in spans))

    @property
    def html(self) -> str:
        inner = "\n".join("".join(_span_html(span) for span in line) for line in self.lines)
        return f"<blockquote expandable>{inner}</blockquote>" if self.quote else inner


def as_html(blocks: Iterable[Block], limits: Limits = _TELEGRAMS) -> list[str]:
    """The messages that show `blocks`, in order; none for no words.

    Each keeps the limits: 4,096 UTF-16 units after parsing and 100 entities, or fewer. They are cut between blocks; a
    block that is too long for one message is cut between its lines, a line between its sentences or words.
    """
    messages: list[list[_Piece]] = []
    length = entities = 0
    for piece in _fitting(_pieces(blocks), limits):
        more = piece.length + (2 if messages else 0)
        if not messages or length + more > limits.units or entities + piece.entities > limits.entities:
            messages.append([])
            length, entities, more = 0, 0, piece.length
        messages[-1].append(piece)
        length += more
        entities += piece.entities
    return ["\n\n".join(piece.html for piece in message) for message in messages]


def _pieces(blocks: Iterable[Block]) -> Iterator[_Piece]:
    for block in blocks:
        lines = tuple(line for line in _lines(block) if any(_text(span).strip() for span in line))
        if lines:
            yield _Piece(lines, isinstance(block, Folded))


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading(text):
            yield (Bold(text),)
        case Paragraph(line):
            yield line
        case Bullets(items, numbered, title):
            if title is not None:
                yield (Bold(title),)
            for number, item in enumerate(items, 1):
                yield (f"{number}. " if numbered else "• ", *item)
        case Facts(rows):
            for row in rows:
                yield (Bold(f"{row.label}:"), " ", *row.value)
        case Folded(title, lines):
            yield (Bold(title),)
            yield from lines


def _fitting(pieces: Iterable[_Piece], limits: Limits) -> Iterator[_Piece]:
    """The pieces, cut where one alone would not fit into a message."""
    for piece in pieces:
        if piece.length <= limits.units and piece.entities <= limits.entities:
            yield piece
            continue
        lines: list[Line] = []
        for line in chain.from_iterable(_cut_line(line, limits) for line in piece.lines):
            grown = _Piece((*lines, line), piece.quote)
            if lines and (grown.length > limits.units or grown.entities > limits.entities):
                yield _Piece(tuple(lines), piece.quote)
                lines = []
            lines.append(line)
        yield _Piece(tuple(lines), piece.quote)


def _cut_line(line: Line, limits: Limits) -> Iterator[Line]:
    """The line in parts that fit. A formatted span is cut only when it alone is too long, and stays formatted."""
    part: list[Span] = []
    room, marks = limits.units, limits.entities - 1
    for span in line:
        rest: Span | None = span
        while rest is not None:
            whole = utf16_length(_text(rest)) <= room
            if marks == 0 and not isinstance(rest, str):
                now, rest = None, rest
            elif whole:
                now, rest = rest, None
            elif isinstance(rest, str) or not part:
                now, rest = _cut_span(rest, room, must=not part)
            else:
                now = None
            if now is not None:
                part.append(now)
                room -= utf16_length(_text(now))
                marks -= not isinstance(now, str)
            if rest is not None and not _text(rest):
                break
            if rest is not None:
                yield tuple(part)
                part, room, marks = [], limits.units, limits.entities - 1
    if part:
        yield tuple(part)


def _cut_span(span: Span, room: int, *, must: bool) -> tuple[Span | None, Span]:
    """What fits into `room` units, and the rest. Without `must`, nothing may fit."""
    text = _text(span)
    most = _index(text, room)
    for cut in _CUTS:
        ends = [match.start() for match in cut.finditer(text, 0, most + 1) if 0 < match.start() <= most]
        if ends and (ends[-1] > most // 2 or not must):
            return _like(span, text[: ends[-1]]), _like(span, text[ends[-1] :].lstrip())
    return (_like(span, text[:most]), _like(span, text[most:])) if must else (None, span)


def _index(text: str, units: int) -> int:
    """How many characters of `text` fit into `units` UTF-16 units."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > units:
            return index
    return len(text)


def _like(span: Span, text: str) -> Span:
    match span:
        case Bold():
            return Bold(text)
        case Link(_, url):
            return Link(text, url)
        case Moment(_, unix):
            return Moment(text, unix)
        case _:
            return text


def _text(span: Span) -> str:
    return span if isinstance(span, str) else span.text


def _span_html(span: Span) -> str:
    match span:
        case Bold(text):
            return f"<b>{escape(text, quote=False)}</b>"
        case Link(text, url):
            return f'<a href="{escape(url)}">{escape(text, quote=False)}</a>'
        case Moment(text, unix):
            # Without a format the words stay as they are written; a client with another clock would shift the day.
            return f'<tg-time unix="{unix}">{escape(text, quote=False)}</tg-time>'
        case _:
            return escape(span, quote=False)
