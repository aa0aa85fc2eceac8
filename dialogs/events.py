"""What a person can do to the assistant, freed of Telegram."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Command", "Event", "Oddity", "OddityKind", "Press", "Text"]


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


Event = Text | Command | Press | Oddity
