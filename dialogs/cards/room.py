"""How much a messenger shows in one message, and what gives way first when a card is too long."""

from collections.abc import Sequence

from dialogs.formats import Voice
from dialogs.says import Block, Bullets, Facts, Folded, Heading, Line, Link, Paragraph

__all__ = ["LONGEST_CARD", "LONGEST_MESSAGE", "fitted", "length", "utf16_length"]

LONGEST_MESSAGE = 4096
"""UTF-16 units of a message once its markup is read (https://core.telegram.org/bots/api#sendmessage)."""

LONGEST_CARD = 3900
"""UTF-16 units of a card: the rest of a message is left for a line above it."""

_FEWEST_SOURCES = 3
_LONGEST_TITLE = 110


def fitted(
    blocks: Sequence[Block], folded: Sequence[Folded], sources: Folded, voice: Voice, *, whole: bool = False
) -> tuple[Block, ...]:
    """The blocks, then the folded lists as far as there is room; of the sources at least the first ones are named.

    What a person must know stands in `blocks` and never gives way. With `whole` nothing does: no messenger shows it.
    """
    if whole:
        return (*blocks, *folded, sources)
    room = LONGEST_CARD - sum(length(block) for block in blocks)
    lines = [_shortened(line) for line in sources.lines]
    first = Folded(sources.title, tuple(lines[:_FEWEST_SOURCES]))
    room -= length(first) + _line_length((voice.text("card.more_sources", n=len(lines)),))
    kept: list[Folded] = []
    for part in folded:
        if length(part) <= room:
            kept.append(part)
            room -= length(part)
    shown = list(first.lines)
    for line in lines[_FEWEST_SOURCES:]:
        room -= _line_length(line)
        if room < 0:
            break
        shown.append(line)
    if len(shown) < len(lines):
        shown.append((voice.text("card.more_sources", n=len(lines) - len(shown)),))
    return (*blocks, *kept, Folded(sources.title, tuple(shown)))


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 units, as messengers count; half of a pair is one unit."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def length(block: Block) -> int:
    """The UTF-16 units of the words of a block, with room for the marks and line ends around them."""
    match block:
        case Heading(text):
            return utf16_length(text) + 2
        case Paragraph(line):
            return _line_length(line)
        case Bullets(items, _, title):
            return sum(_line_length(item) + 3 for item in items) + utf16_length(title or "") + 2
        case Facts(rows):
            return sum(utf16_length(row.label) + _line_length(row.value) + 2 for row in rows) + 1
        case Folded(title, lines):
            return utf16_length(title) + sum(_line_length(line) for line in lines) + 3


def _line_length(line: Line) -> int:
    return sum(utf16_length(span if isinstance(span, str) else span.text) for span in line) + 2


def _shortened(line: Line) -> Line:
    """A source with the start of its title: titles of laws run on; the link leads to the whole."""
    first, *rest = line
    title = first if isinstance(first, str) else first.text
    if len(title) <= _LONGEST_TITLE:
        return line
    start = f"{title[:_LONGEST_TITLE].rstrip(' ,.')}…"
    return (Link(start, first.url) if isinstance(first, Link) else start, *rest)
