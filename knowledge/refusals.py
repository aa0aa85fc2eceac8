"""Why an invitation or a visa is refused."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from knowledge.facts import Confidence

__all__ = ["AskedFor", "RefusalGround"]


class AskedFor(StrEnum):
    """What a person asks for."""

    INVITATION = "invitation"
    VISA = "visa"


@dataclass(frozen=True, slots=True)
class RefusalGround:
    """One ground in English, with its numbers. `intake_only`: the papers are not taken, nothing is refused yet."""

    id: str
    text: str
    applies_to: frozenset[AskedFor]
    sources: tuple[str, ...]
    confidence: Confidence
    figures: tuple[tuple[str, Decimal], ...] = ()
    intake_only: bool = False
