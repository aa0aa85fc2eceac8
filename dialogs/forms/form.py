"""The form of typed data: how a text is read into a value, checked when stored, shown, and shown masked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

__all__ = ["Form", "Mistake", "Reading", "Unsure", "Written", "veiled"]

_DOTS = "•••••"
_SHORTEST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Written:
    """The text is this value, in the spelling that is kept."""

    value: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The text may be this value: the person has to say so. The text `form.<key>` tells why."""

    value: str
    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Mistake:
    """The text is no such value: the text `form.<key>` says what is wrong with it and shows the right form."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


Reading = Written | Unsure | Mistake


class Form(Protocol):
    """One form of typed data. No text makes it raise."""

    def read(self, text: str, /) -> Reading:
        """What a typed text means."""
        ...

    def is_valid(self, value: str, /) -> bool:
        """Whether a stored value is one that `read` could have given."""
        ...

    def shown(self, value: str, /) -> str:
        """A value, spaced for reading."""
        ...

    def masked(self, value: str, /) -> str:
        """A value as it is shown outside its own conversation: only its ends can be seen."""
        ...


def veiled(value: str, first: int = 1, last: int = 2) -> str:
    """`value` with all but its ends hidden, and so its length; a short one is hidden whole."""
    if len(value) < max(_SHORTEST_SHOWN, 2 * (first + last)):
        return _DOTS
    return f"{value[:first]}{_DOTS}{value[len(value) - last :]}"
