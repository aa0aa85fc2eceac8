"""Trip → advice: the order of thought from the passport to one verdict with its proof."""

from datetime import date

from knowledge.advice import Advice, Alternative, Outcome
from knowledge.base import KnowledgeBase
from knowledge.policy.authority import ask_authority, ask_with_category, visa_of_purpose
from knowledge.policy.case import Case, regime_on
from knowledge.policy.draft import Draft
from knowledge.policy.entry import is_visa_free, judge_visa_free
from knowledge.policy.purposes import PURPOSE_RULES, PurposeClass, PurposeRule
from knowledge.policy.visa import judge_visa, passport_in_hand_decides
from knowledge.regimes import RegimeKind
from knowledge.trip import PassportType, Purpose, Trip

__all__ = ["advise"]

# Rules change: an arrival further ahead than this is to be asked about again.
_FAR_AHEAD_DAYS = 365
_OFFICIAL_TRIP = {PassportType.DIPLOMATIC: Purpose.DIPLOMATIC, PassportType.SERVICE: Purpose.SERVICE}


def advise(kb: KnowledgeBase, trip: Trip, today: date, rule: PurposeRule | None = None) -> Advice:
    """What the holder of this passport needs for this trip, asked on `today`.

    `rule` takes the place of what the purpose asks for where more is known of the traveller, such as a profession.

    Raises UnknownCountryError when no regime is on record for the citizenship; every other trip has an answer.
    """
    draft = Draft(kb)
    _tell_time(trip, today, draft)
    regime = regime_on(kb, trip.citizenship, trip.arrival or today)
    if regime is None:
        return _no_rule_then(kb, trip, today, draft)
    draft.rest_on_regime(regime)
    if regime.kind is RegimeKind.CITIZEN:
        draft.because("own_citizen", country=trip.citizenship)
        return draft.conclude(Outcome.CITIZEN)
    case = Case.of(kb, trip, today, regime, rule)
    if trip.passport is not PassportType.ORDINARY:
        return _official_passport(case, draft)
    if not regime.sources:
        return _unsourced_passport(case, draft)
    if is_visa_free(regime):
        advice = judge_visa_free(case, draft)
        if advice is not None:
            return advice
    elif not passport_in_hand_decides(regime):
        draft.because("passport_needs_a_visa", country=trip.citizenship)
    return judge_visa(case, draft)


def _tell_time(trip: Trip, today: date, draft: Draft) -> None:
    if trip.arrival is None:
        return
    if trip.arrival < today:
        draft.warn("arrival_in_the_past")
    elif (trip.arrival - today).days > _FAR_AHEAD_DAYS:
        draft.warn("arrival_far_ahead")


def _no_rule_then(kb: KnowledgeBase, trip: Trip, today: date, draft: Draft) -> Advice:
    draft.because("no_rule_for_that_day", country=trip.citizenship, date=(trip.arrival or today).isoformat())
    for regime in kb.regimes[trip.citizenship]:
        draft.rest_on(regime.sources, regime.confidence)
    return ask_authority(draft)


def _official_passport(case: Case, draft: Draft) -> Advice:
    """The regimes are for ordinary passports; agreements on the others are held only in part."""
    draft.because(f"{case.trip.passport}_passport_not_covered")
    draft.warn("official_passport_rules_differ")
    draft.rest_on(case.category.sources, case.category.confidence)
    if case.rule.kind is PurposeClass.OFFICIAL:
        draft.offer(visa_of_purpose(case))
    else:
        official = PURPOSE_RULES[_OFFICIAL_TRIP[case.trip.passport]]
        draft.offer(Alternative(Outcome.VISA, official.category, "official_trip"))
    return ask_authority(draft)


def _unsourced_passport(case: Case, draft: Draft) -> Advice:
    """No source names the passport: what we looked in is cited, the verdict is left to an authority."""
    draft.because("no_source_names_the_passport", country=case.trip.citizenship)
    draft.cite((case.kb.evisa_editions[-1].source,))
    return ask_with_category(case, draft)
