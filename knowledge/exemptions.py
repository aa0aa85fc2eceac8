"""Who pays no state duty inside Kazakhstan, and no consular fee abroad."""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.facts import Confidence
from knowledge.fees import FeePlace
from knowledge.refusals import AskedFor

__all__ = ["FeeExemption"]


@dataclass(frozen=True, slots=True)
class FeeExemption:
    """One group, in English. `reciprocity`: only if the other state does the same. `only_for` limits what is free."""

    id: str
    place: FeePlace
    who: str
    sources: tuple[str, ...]
    confidence: Confidence
    figures: tuple[tuple[str, Decimal], ...] = ()
    reciprocity: bool = False
    only_for: AskedFor | None = None
