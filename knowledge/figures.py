"""One fact as answers see it: its figures, its dates, its proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from knowledge.facts import ALWAYS, Confidence, Validity

__all__ = ["Address", "FactRecord", "Figure", "Money", "Stamp"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, month or year as ISO 8601, as precisely as the source gives it."""

    iso: str


@dataclass(frozen=True, slots=True)
class Address:
    """An official contact: its id in `KnowledgeBase.contacts`."""

    contact: str


Figure = int | Decimal | Money | Stamp | Address
"""What an answer can show of a fact; readers see it in the format of their language."""


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One fact on one day. `figures` are the values that an answer may refer to, by field name.

    `served` is False for what travellers are never told. From `recheck_on` on, a fact is told only with the day
    `as_of` for which it was last confirmed. `doubt` is the fact that must be told wherever a figure of this one is.
    """

    name: str
    sources: tuple[str, ...]
    confidence: Confidence
    validity: Validity = ALWAYS
    conflicts: tuple[str, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    served: bool = True
    as_of: str | None = None
    recheck_on: date | None = None
    doubt: str | None = None
