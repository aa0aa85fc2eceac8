"""What the assistant says, as a typed tree. Renderers turn it into Telegram HTML or plain text.

Texts in the tree are final words in the traveller's language; markup is added by renderers only.
"""

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Attachment",
    "Block",
    "Bold",
    "Bullets",
    "Button",
    "CopyText",
    "Fact",
    "Facts",
    "Folded",
    "Heading",
    "Line",
    "Link",
    "Moment",
    "OpenAssistant",
    "OpenLink",
    "Paragraph",
    "PressButton",
    "Say",
    "SayMode",
    "ShareText",
    "Span",
]


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that matter most."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address on the allow-list of official domains."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Words for a moment, given in seconds since the epoch: a messenger may offer a reminder; the words stay."""

    text: str
    unix: int


Span = str | Bold | Link | Moment
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of a card: the verdict or the name of the step."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under its title, if it has one; `numbered` when the order matters or a number is an answer."""

    items: tuple[Line, ...]
    numbered: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value."""

    label: str
    value: Line


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values, one a line."""

    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks shown closed under a title, such as the sources (an expandable quote in Telegram)."""

    title: str
    lines: tuple[Line, ...]


Block = Heading | Paragraph | Bullets | Facts | Folded


@dataclass(frozen=True, slots=True)
class PressButton:
    """Sends `data` back to the assistant; at most 64 bytes of UTF-8."""

    data: str


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Opens an official address."""

    url: str


@dataclass(frozen=True, slots=True)
class OpenAssistant:
    """Leads from another chat to the assistant, which then begins with `start` (`dialogs.deeplink`)."""

    start: str


@dataclass(frozen=True, slots=True)
class ShareText:
    """Lets the person send `text` to a chat of their choice, with a link that starts the assistant with `start`."""

    text: str
    start: str = ""


@dataclass(frozen=True, slots=True)
class CopyText:
    """Copies `text` (1 to 256 characters) with one tap."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; its label can also be typed, and so can its number."""

    label: str
    action: PressButton | OpenLink | OpenAssistant | ShareText | CopyText


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file to keep. `name` ends in the usual ending of its kind; `mime` is its media type."""

    name: str
    mime: str
    content: bytes


class SayMode(StrEnum):
    """How a Say enters the chat.

    `send`: a new message. `replace`: takes the place of the message whose button was pressed (a new message when
    there was none, or when newer ones stand below it). `close`: replaces the text and buttons of the pressed message
    with what is left to see of it. `notice`: a short note on the pressed button (at most 200 characters), a new message
    when nothing was pressed.
    """

    SEND = "send"
    REPLACE = "replace"
    CLOSE = "close"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Say:
    """One message of the assistant.

    `by_number` tells that a typed number means a button; false where a number is an answer itself, such as days.
    A Say with an `attachment` is always a new message.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    mode: SayMode = SayMode.SEND
    by_number: bool = True
    attachment: Attachment | None = None
