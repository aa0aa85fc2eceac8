"""Entry regimes: what a passport lets its holder do at the border, by dated rule."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from knowledge.facts import ALWAYS, Confidence, Validity

__all__ = ["PassportGroup", "Regime", "RegimeKind", "Scope", "SpecialRule", "Window"]


class RegimeKind(StrEnum):
    """How holders of an ordinary passport enter for a short stay."""

    CITIZEN = "citizen"
    VISA_FREE = "visa_free"
    EVISA = "evisa"
    VISA = "visa"


@dataclass(frozen=True, slots=True)
class PassportGroup:
    """A named set of passports that rules speak of."""

    countries: frozenset[str]
    sources: tuple[str, ...]
    confidence: Confidence

    def __contains__(self, country: str) -> bool:
        return country in self.countries


@dataclass(frozen=True, slots=True)
class Window:
    """A rolling limit: at most `days` days in any `period` days; `disputed` where sources differ."""

    days: int
    period: int
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Regime:
    """One rule for one passport, for the days of its `validity`.

    `days` is the longest single visa-free stay, None where no source gives a number or a visa is needed;
    `undisputed_days` is the smaller figure that every source allows, where they disagree.
    `windows` lists every rolling limit on record; with more than one, sources differ and the smaller is advised.
    `notes` are ids of catalogue texts (`regime_note.<id>`) that the traveller is told.
    `conflict` is the id of a disagreement between sources (`conflict.<id>` in the catalogues), if any.
    """

    country: str
    kind: RegimeKind
    days: int | None
    windows: tuple[Window, ...]
    basis: str
    sources: tuple[str, ...]
    confidence: Confidence
    validity: Validity = ALWAYS
    notes: tuple[str, ...] = ()
    conflict: str | None = None
    undisputed_days: int | None = None


class Scope(StrEnum):
    """Whom a special rule is about. `countries`: the passports it names; the others: every passport of that kind."""

    COUNTRIES = "countries"
    EVERYONE = "everyone"
    VISA_FREE = "visa_free"
    EVISA = "evisa"
    EVISA_LISTED = "evisa_listed"


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """A dated rule beside the regimes, such as the e-visa for business trips from Pakistan.

    `rule` says it in English for staff; the catalogues tell travellers under `special_rule.<id>`, with `figures` for
    placeholders. `countries` is empty unless `scope` is `countries`. `categories` are the visa categories meant.
    `since` is the start as the sources give it, when that is only a month or a year (`validity` then starts there).
    """

    id: str
    countries: frozenset[str]
    rule: str
    sources: tuple[str, ...]
    confidence: Confidence
    validity: Validity = ALWAYS
    scope: Scope = Scope.COUNTRIES
    categories: tuple[str, ...] = ()
    figures: tuple[tuple[str, Decimal], ...] = ()
    since: str | None = None
    conflict: str | None = None
