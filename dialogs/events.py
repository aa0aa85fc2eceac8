"""What can happen to a conversation, freed of Telegram."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Alarm", "Command", "Event", "Oddity", "OddityKind", "Press", "Released", "Scan", "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A typed message; `edited` when the person changed an older message instead of writing a new one."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command without its slash, in lower case, and what stood behind it (`/start evisa_IN`)."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A tap on an inline button: the data that the button carried."""

    data: str


class OddityKind(StrEnum):
    """Messages the assistant cannot read; each gets a reply that says so and what to do instead."""

    STICKER = "sticker"
    VOICE = "voice"
    PHOTO = "photo"
    ALBUM = "album"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Oddity:
    """A message of a kind that has no words for us."""

    kind: OddityKind


@dataclass(frozen=True, slots=True)
class Scan:
    """A photo of a passport's page, read on this machine and thrown away: the lines that were found in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A timer that the person asked for has run out; `kind` and `key` are those of its `Remind`."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Released:
    """The assistant has the conversation back: staff have let it go, or nobody answered in time."""

    in_vain: bool = False


Event = Text | Command | Press | Oddity | Scan | Alarm | Released
"""What a person can do, and what time and staff do to a conversation."""
