"""Passport → can its holder get an e-visa, by every edition of the list."""

from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaCheck, EvisaVerdict
from knowledge.facts import ENDS_SOON_DAYS, Confidence, weakest
from knowledge.fees import Fee
from knowledge.policy.case import regime_on
from knowledge.policy.electronic import Listing, issued_electronically, listing, regime_dispute, unsettled_differences
from knowledge.policy.entry import is_visa_free, safe_days
from knowledge.policy.visa import PASSPORT_IN_HAND, passport_in_hand_decides
from knowledge.regimes import Regime, RegimeKind, Scope

__all__ = ["check_evisa"]

_CONDITIONS = (
    "approved_invitation",
    "single_entry",
    "international_airports",
    "one_person",
    "data_match_passport",
    "passport_clean_pages",
    "passport_validity",
    "passport_undamaged",
    "print",
    "not_extendable",
    "fee_not_refunded",
)
_OUT_OF_REACH = frozenset({EvisaVerdict.NO, EvisaVerdict.UNKNOWN})
_FEES = ("consular_evisa", "evisa_2020_single", "evisa_2020_multiple", "evisa_2020_long")


def check_evisa(kb: KnowledgeBase, country: str, today: date) -> EvisaCheck:
    """What the lists known on the day `today` say of an ordinary passport of `country`.

    A passport that enters without a visa keeps its verdict; `visa_free` then says that a short stay needs none.
    Raises UnknownCountryError when no regime is on record for the country.
    """
    regime = regime_on(kb, country, today)
    standing = listing(kb, country, today)
    if regime is not None and regime.kind is RegimeKind.CITIZEN:
        return _citizen(kb, regime, standing)
    open_for = _categories(kb, standing)
    reachable = standing.verdict not in _OUT_OF_REACH
    looked_in = standing.editions or kb.evisa_editions[:1]
    sources = [looked_in[-1].source, *(edition.source for edition in looked_in)]
    disputes = unsettled_differences(kb, country, standing)
    confidences = [_confidence(standing), *(row.confidence for row in disputes)]
    if standing.limit is not None:
        sources = [*standing.limit.sources, *sources]
        confidences.append(standing.limit.confidence)
    if regime is not None:
        sources += regime.sources
        confidences.append(regime.confidence)
    if reachable:
        sources += [
            source for rule in kb.special_rules.values() if rule.scope is Scope.EVISA for source in rule.sources[:1]
        ]
    conflicts = [row.conflict for row in disputes if row.conflict is not None]
    doubt = None if regime is None else regime_dispute(kb, regime, standing)
    if doubt is not None:
        conflicts.append(doubt)
    disputed = bool(conflicts)  # old rows of the fee table are told, but they leave no doubt about the e-visa itself
    fees = _fees(kb, standing, today) if reachable else ()
    conflicts += [fee.conflict_id for fee in fees if fee.conflict_id is not None]
    confidence = weakest(confidences)
    return EvisaCheck(
        country=country,
        verdict=standing.verdict,
        listed=standing.listed,
        citizen=False,
        visa_free=_sure_visa_free(regime),
        limit=standing.limit if standing.verdict is EvisaVerdict.LIMITED else None,
        categories=open_for,
        conditions=_CONDITIONS if reachable else (),
        fees=fees,
        warnings=_warnings(standing, regime, confidence, today, disputed=disputed),
        confidence=confidence,
        sources=tuple(kb.sources[source] for source in dict.fromkeys(sources)),
        conflicts=tuple(dict.fromkeys(conflicts)),
    )


def _sure_visa_free(regime: Regime | None) -> Regime | None:
    days = safe_days(regime) if regime is not None and is_visa_free(regime) else None
    return replace(regime, days=days) if regime is not None and days is not None else None


def _citizen(kb: KnowledgeBase, regime: Regime, standing: Listing) -> EvisaCheck:
    return EvisaCheck(
        country=regime.country,
        verdict=EvisaVerdict.NO,
        listed=standing.listed,
        citizen=True,
        visa_free=None,
        limit=None,
        categories=(),
        conditions=(),
        fees=(),
        warnings=(),
        confidence=regime.confidence,
        sources=tuple(kb.sources[source] for source in regime.sources),
    )


def _categories(kb: KnowledgeBase, standing: Listing) -> tuple[str, ...]:
    if standing.verdict in (EvisaVerdict.DIFFERS, EvisaVerdict.UNKNOWN):
        return ()
    return tuple(
        code
        for code in standing.newest.categories
        if standing.opens(code) and issued_electronically(kb.categories[code])
    )


def _confidence(standing: Listing) -> Confidence:
    if standing.verdict in (EvisaVerdict.DIFFERS, EvisaVerdict.UNKNOWN):
        return Confidence.LOW
    return standing.newest.confidence


def _fees(kb: KnowledgeBase, standing: Listing, today: date) -> tuple[Fee, ...]:
    """The rows of the table; where one single-entry category is open, none that speaks of another e-visa."""
    rows = [kb.fees[name].on(today) for name in _FEES]
    return tuple(row for row in rows if standing.verdict is not EvisaVerdict.LIMITED or not row.conflict)


def _warnings(
    standing: Listing, regime: Regime | None, confidence: Confidence, today: date, *, disputed: bool
) -> tuple[str, ...]:
    warnings = ["low_confidence"] if confidence is Confidence.LOW else []
    if disputed:
        warnings.append("sources_disagree")
    match standing.verdict:
        case EvisaVerdict.DIFFERS:
            warnings.append("evisa_editions_differ")
        case EvisaVerdict.LIMITED:
            warnings.append("evisa_one_category_only")
            if standing.limit is not None and standing.limit.validity.ends_within(ENDS_SOON_DAYS, today):
                warnings.append("evisa_rule_ends_soon")
        case EvisaVerdict.NO if standing.limit is not None:
            warnings.append("evisa_rule_has_ended")
        case EvisaVerdict.UNKNOWN:
            warnings.append("no_evisa_list_for_that_day")
        case _:
            pass
    if regime is not None and is_visa_free(regime):
        warnings.append("visa_free_no_evisa_needed" if regime.days is not None else "visa_free_days_unknown")
    if regime is not None and passport_in_hand_decides(regime):
        warnings.append(PASSPORT_IN_HAND)
    if standing.verdict is EvisaVerdict.YES and standing.newest.categories:
        warnings.append("evisa_b9_1_disputed")
    if standing.verdict not in _OUT_OF_REACH:
        warnings += ["evisa_airports_disputed", "evisa_fee_dated"]
    if standing.verdict is not EvisaVerdict.UNKNOWN:
        warnings.append("unofficial_copy")
    return tuple(warnings)
