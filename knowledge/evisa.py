"""Who may be issued an e-visa, by edition of the list, and what that means for one passport today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.facts import Confidence, Source
from knowledge.fees import Fee
from knowledge.regimes import Regime, SpecialRule

__all__ = ["EvisaChange", "EvisaCheck", "EvisaDifference", "EvisaEdition", "EvisaVerdict", "ListedName"]

_EDITION = "evisa-list-"


@dataclass(frozen=True, slots=True)
class ListedName:
    """One row of a list: its number and the name as the source spells it (None where the source gives codes only)."""

    country: str
    number: int | None
    name: str | None


@dataclass(frozen=True, slots=True)
class EvisaEdition:
    """One dated list. `named_under` maps a passport to the row that names it (Hong Kong under China in 2026).

    `categories` are the codes the portal issues by this edition, empty where it gives none. `limited` pairs a passport
    with the special rule that limits its row.
    """

    id: str
    as_of: date
    source: str
    rows: tuple[ListedName, ...]
    named_under: tuple[tuple[str, str], ...] = ()
    confidence: Confidence = Confidence.HIGH
    categories: tuple[str, ...] = ()
    limited: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The id without what all editions share, such as `2026`."""
        return self.id.removeprefix(_EDITION)

    def names(self, country: str) -> bool:
        """Whether this edition names the passport, in a row of its own or under another row."""
        return any(row.country == country for row in self.rows) or any(
            named == country for named, _ in self.named_under
        )


class EvisaChange(StrEnum):
    """How the row of a passport changed from one edition to the next."""

    REMOVED = "removed"
    ADDED = "added"
    NAMED_UNDER = "named_under"


@dataclass(frozen=True, slots=True)
class EvisaDifference:
    """A difference between two editions. `conflict` names the disagreement when the newer one is not settled."""

    change: EvisaChange
    countries: tuple[str, ...]
    older: str
    newer: str
    sources: tuple[str, ...]
    confidence: Confidence
    conflict: str | None = None

    @property
    def name(self) -> str:
        """The newer edition and the kind of change, such as `2026_removed`."""
        return f"{self.newer.removeprefix(_EDITION)}_{self.change}"


class EvisaVerdict(StrEnum):
    """`limited`: open for one category until a day; `differs`: the editions disagree; `unknown`: none is old enough."""

    YES = "yes"
    NO = "no"
    DIFFERS = "differs"
    LIMITED = "limited"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EvisaCheck:
    """The answer to "can this passport get an e-visa".

    `listed` tells for each edition known on the day, oldest first, whether it names the passport.
    `visa_free` is the regime in force when the holder surely needs no visa for a short stay, its days cut to those that
    all sources allow: within them an e-visa is not needed. `limit` is the special rule behind `limited`. `conditions`,
    `warnings` and `conflicts` are catalogue ids (`evisa_condition.*`, `warning.*`, `conflict.*`); `categories` are the
    codes the portal surely issues to this passport, empty where the editions differ.
    """

    country: str
    verdict: EvisaVerdict
    listed: tuple[tuple[str, bool], ...]
    citizen: bool
    visa_free: Regime | None
    limit: SpecialRule | None
    categories: tuple[str, ...]
    conditions: tuple[str, ...]
    fees: tuple[Fee, ...]
    warnings: tuple[str, ...]
    confidence: Confidence
    sources: tuple[Source, ...]
    conflicts: tuple[str, ...] = ()
