"""Official addresses and numbers that the assistant may hand out."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.facts import Confidence

__all__ = ["Contact", "ContactKind"]


class ContactKind(StrEnum):
    """How a contact is reached."""

    PHONE = "phone"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Contact:
    """One official contact; `value` is a number to dial or an https address. Named under `contact.<id>`."""

    id: str
    kind: ContactKind
    value: str
    sources: tuple[str, ...]
    confidence: Confidence
