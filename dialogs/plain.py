"""A Say as plain text, for the command line and for screen readers' eyes."""

import re

from dialogs.says import (
    Block,
    Bold,
    Bullets,
    Button,
    Facts,
    Folded,
    Heading,
    Line,
    Link,
    Moment,
    OpenLink,
    Paragraph,
    Say,
    Span,
)

__all__ = ["to_plain"]

_NUMBERED = re.compile(r"\d{1,2}\. ")


def to_plain(say: Say) -> str:
    """The words of a Say, the name of its file, and its buttons as a numbered list.

    The buttons stand in brackets where a number would be an answer itself.
    """
    parts = [_block(block) for block in say.blocks]
    if say.attachment is not None:
        parts.append(f"[{say.attachment.name}]")
    if say.buttons:
        parts.append(_buttons(say))
    return "\n\n".join(part for part in parts if part)


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return text
        case Paragraph(line):
            return _line(line)
        case Bullets(items, numbered, title):
            marks = (f"{number}." if numbered else "-" for number in range(1, len(items) + 1))
            lines = [f"{mark} {_line(item)}" for mark, item in zip(marks, items, strict=True)]
            return "\n".join(lines if title is None else [f"{title}:", *lines])
        case Facts(rows):
            return "\n".join(f"{row.label}: {_line(row.value)}" for row in rows)
        case Folded(title, lines):
            return "\n".join((f"{title}:", *(f"  {_line(line)}" for line in lines)))


def _line(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    match span:
        case Bold(text) | Moment(text):
            return text
        case Link(text, url):
            return text if text == url else f"{text} ({url})"
    return span


def _buttons(say: Say) -> str:
    flat = [button for row in say.buttons for button in row]
    if say.by_number and not any(_NUMBERED.match(button.label) for button in flat):
        return "\n".join(f"{number}. {_label(button)}" for number, button in enumerate(flat, 1))
    return "\n".join("  ".join(_bracketed(button) for button in row) for row in say.buttons)


def _bracketed(button: Button) -> str:
    return button.label if _NUMBERED.match(button.label) else f"[{_label(button)}]"


def _label(button: Button) -> str:
    return f"{button.label}: {button.action.url}" if isinstance(button.action, OpenLink) else button.label
