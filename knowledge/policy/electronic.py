"""What the editions of the e-visa list say about a passport, and whether an e-visa fits a trip."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.base import KnowledgeBase
from knowledge.categories import Category, Entries
from knowledge.evisa import EvisaDifference, EvisaEdition, EvisaVerdict
from knowledge.regimes import Regime, SpecialRule
from knowledge.trip import Border, Trip

__all__ = [
    "Blocker",
    "Listing",
    "blockers",
    "evisa_stay",
    "issued_electronically",
    "listing",
    "regime_dispute",
    "unsettled_differences",
]

# Annex 1 of the order marks B9-1 as an e-visa, its Annex 8 leaves it out: never promised.
_DISPUTED_CATEGORIES = frozenset({"B9-1"})


@dataclass(frozen=True, slots=True)
class Listing:
    """The standing of one passport on the list.

    `editions` are those that are not later than the days asked for, oldest first; without any the verdict is `unknown`.
    Otherwise it follows the newest one; `listed` tells for each of them whether it names the passport. `limit` is the
    special rule that opens the e-visa for some categories only; after its end the verdict is `no`.
    """

    verdict: EvisaVerdict
    listed: tuple[tuple[str, bool], ...]
    editions: tuple[EvisaEdition, ...]
    limit: SpecialRule | None = None

    @property
    def newest(self) -> EvisaEdition:
        """The edition that decides; raises IndexError where the verdict is `unknown`."""
        return self.editions[-1]

    def opens(self, category: str) -> bool:
        """Whether the list surely lets this passport have an e-visa of `category` on the days it was asked for."""
        if self.verdict is EvisaVerdict.LIMITED:
            return self.limit is not None and category in self.limit.categories
        return self.verdict is EvisaVerdict.YES


class Blocker(StrEnum):
    """Why a passport that is on the list cannot use an e-visa for this trip."""

    CATEGORY = "category"
    ENTRIES = "entries"
    BORDER = "border"
    DAYS = "days"


def listing(kb: KnowledgeBase, country: str, *days: date) -> Listing:
    """What the editions say about `country`; a dated rule must hold on all of `days` (of asking and of arrival).

    Editions later than the first of the days are left out, and the newest that is left decides. A passport that it
    dropped, or that it names only under another row and no older edition names, is `differs`: one unofficial copy is
    too little for a yes or a no.
    """
    editions = tuple(edition for edition in kb.evisa_editions if edition.as_of <= min(days))
    if not editions:
        return Listing(EvisaVerdict.UNKNOWN, (), ())
    listed = tuple((edition.id, edition.names(country)) for edition in editions)
    newest = editions[-1]
    limit_id = dict(newest.limited).get(country)
    if limit_id is not None:
        limit = kb.special_rules[limit_id]
        holds = all(limit.validity.covers(day) for day in days)
        return Listing(EvisaVerdict.LIMITED if holds else EvisaVerdict.NO, listed, editions, limit)
    older = any(named for _, named in listed[:-1])
    if any(row.country == country for row in newest.rows):
        verdict = EvisaVerdict.YES
    elif newest.names(country):
        verdict = EvisaVerdict.YES if older else EvisaVerdict.DIFFERS
    else:
        verdict = EvisaVerdict.DIFFERS if older else EvisaVerdict.NO
    return Listing(verdict, listed, editions)


def unsettled_differences(kb: KnowledgeBase, country: str, standing: Listing) -> tuple[EvisaDifference, ...]:
    """The unsettled differences between the editions of `standing` that touch `country`."""
    known = {edition.id for edition in standing.editions}
    return tuple(
        row
        for row in kb.evisa_differences
        if row.newer in known and country in row.countries and row.conflict is not None
    )


def regime_dispute(kb: KnowledgeBase, regime: Regime, standing: Listing) -> str | None:
    """The conflict behind a regime, unless it came with an edition later than those of `standing`."""
    known = {edition.id for edition in standing.editions}
    changed_later = any(regime.country in row.countries and row.newer not in known for row in kb.evisa_differences)
    return None if changed_later else regime.conflict


def issued_electronically(category: Category) -> bool:
    """Whether the portal surely issues this category."""
    return category.evisa and category.code not in _DISPUTED_CATEGORIES


def evisa_stay(category: Category) -> int | None:
    """The longest stay on an e-visa of this category: that of its single-entry form. None where it has no e-visa."""
    if not issued_electronically(category):
        return None
    return max((form.max_stay_days for form in category.variants if form.entries is Entries.SINGLE), default=None)


def blockers(category: Category, trip: Trip) -> frozenset[Blocker]:
    """What keeps an e-visa of `category` from this trip: e-visas are for one entry, by air, within their stay."""
    stay = evisa_stay(category)
    if stay is None:
        return frozenset({Blocker.CATEGORY})
    found = {
        Blocker.ENTRIES: trip.entries is not Entries.SINGLE,
        Blocker.BORDER: trip.border is not Border.AIR,
        Blocker.DAYS: trip.days > stay,
    }
    return frozenset(blocker for blocker, stands in found.items() if stands)
