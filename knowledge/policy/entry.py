"""Entry without a visa: for whom, for what and for how long."""

from knowledge.advice import Advice, Alternative, Outcome
from knowledge.categories import Entries
from knowledge.policy.authority import ask_with_category
from knowledge.policy.case import Case
from knowledge.policy.deadlines import is_long_stay, registration_of_long_stay, visa_free_deadlines
from knowledge.policy.draft import Draft
from knowledge.policy.purposes import PurposeClass
from knowledge.regimes import Regime, RegimeKind, Window

__all__ = ["is_visa_free", "judge_visa_free", "safe_days", "smaller_windows", "visa_free_visit"]

_EXTENSION_INSIDE = "p17_business_extension"
_TRAVEL_AUTHORISATION = "qazeta_pilot"
_NO_PAID_WORK = "no_paid_work"
_STAYS_COUNT = "stays_count_together"
_LONG_STAY_PERMIT = "residence_permit_for_longer_stay"
_EAEU = "eaeu"
_RESIDENCE_INSIDE = "residence_visa_inside"


def is_visa_free(regime: Regime) -> bool:
    """Whether the regime lets the holder in without a visa for a short visit."""
    return regime.kind is RegimeKind.VISA_FREE


def safe_days(regime: Regime) -> int | None:
    """The longest visa-free stay that no source contradicts; None where no source gives a number."""
    if regime.days is None:
        return None
    return min(regime.days, regime.undisputed_days or regime.days, *(window.days for window in regime.windows))


def smaller_windows(regime: Regime) -> tuple[Window, ...]:
    """The rolling limits, the one to keep to first."""
    return tuple(sorted(regime.windows, key=lambda window: window.days / window.period))


def judge_visa_free(case: Case, draft: Draft) -> Advice | None:
    """The advice for a visa-free passport, or None when the trip needs a visa after all."""
    limit = safe_days(case.regime)
    if limit is None:
        draft.because("visa_free_days_unknown", country=case.regime.country)
        return ask_with_category(case, draft)
    if case.rule.kind is not PurposeClass.VISIT:
        return _beyond_a_visit(case, draft, limit)
    draft.because("passport_is_visa_free", country=case.regime.country, limit=limit)
    if case.trip.days <= limit:
        return _enter(case, draft, limit)
    draft.offer(visa_free_visit("shorter_stay", limit))
    if case.regime.days is not None and case.trip.days <= case.regime.days:
        draft.because("visa_free_days_disputed", days=case.trip.days, limit=limit, disputed=case.regime.days)
        return ask_with_category(case, draft)
    draft.because("longer_than_visa_free", days=case.trip.days, limit=limit)
    if case.regime.country in case.kb.groups[_EAEU]:
        draft.because("eaeu_treaty_not_held", country=case.regime.country)
        return ask_with_category(case, draft)
    _offer_extension_inside(case, draft)
    return None


def visa_free_visit(condition: str, limit: int) -> Alternative:
    """The way in without a visa, for a visit within the limit."""
    return Alternative(Outcome.VISA_FREE, None, condition, limit)


def _enter(case: Case, draft: Draft, limit: int) -> Advice:
    trip, regime = case.trip, case.regime
    draft.because("trip_within_visa_free_days", days=trip.days, limit=limit)
    _tell_total_limit(case, draft)
    draft.warn("no_paid_work")
    draft.cite(case.kb.special_rules[_NO_PAID_WORK].sources)
    _tell_long_stay(case, draft)
    steps = ["check_passport"]
    rule = case.kb.special_rules[_TRAVEL_AUTHORISATION]
    recommended = rule.validity.covers(case.day)
    if recommended:
        draft.warn("qazeta_recommended")
        steps.append("apply_qazeta")
        draft.cite(rule.sources)
    steps += ["stay_within_days", "host_reports_arrival"]
    return draft.conclude(
        Outcome.VISA_FREE,
        max_stay_days=limit,
        windows=smaller_windows(regime),
        steps=steps,
        deadlines=visa_free_deadlines(case, draft, limit, travel_authorisation=recommended),
    )


def _tell_total_limit(case: Case, draft: Draft) -> None:
    """Earlier stays are not asked about: the traveller is told how they count, and when none of them fits."""
    trip, windows = case.trip, case.regime.windows
    if not windows:
        draft.warn("total_limit_unknown")
        return
    if any(window.days <= trip.days for window in windows):
        draft.warn("no_days_left_for_earlier_stays")
    draft.warn("all_stays_count")
    if len(windows) > 1 or any(window.disputed for window in windows):
        draft.warn("smaller_limit_advised")
    if trip.entries is Entries.MULTIPLE and any(window.days < 2 * trip.days for window in windows):
        draft.warn("second_stay_must_be_shorter")
    rule = case.kb.special_rules[_STAYS_COUNT]
    if rule.validity.covers(case.day):
        draft.cite(rule.sources)


def _tell_long_stay(case: Case, draft: Draft) -> None:
    """What a stay of more than 30 days asks for: registration since 1 July 2026, a residence permit before.

    Citizens of the EAEU may stay their 90 days without a permit, so that only the registration is about them.
    """
    registration = registration_of_long_stay(case)
    outside_union = case.regime.country not in case.kb.groups[_EAEU]
    if registration is not None:
        draft.warn("registration_unless_treaty")
        draft.cite(registration.sources)
        if outside_union and registration.conflict is not None:
            draft.dispute(registration.conflict)
        return
    permit = case.kb.special_rules[_LONG_STAY_PERMIT]
    if outside_union and is_long_stay(case) and permit.validity.covers(case.day):
        draft.warn("residence_permit_for_longer_stay")
        draft.rest_on(permit.sources, permit.confidence)


def _beyond_a_visit(case: Case, draft: Draft, limit: int) -> Advice | None:
    country, rule = case.regime.country, case.rule
    draft.because("purpose_needs_a_visa", country=country, purpose=case.trip.purpose.value)
    if rule.kind is PurposeClass.PAID_WORK:
        draft.warn("no_visa_free_work")
        draft.cite(case.kb.special_rules[_NO_PAID_WORK].sources)
    if rule.visit_instead is not None:
        draft.offer(visa_free_visit(rule.visit_instead, limit))
    if country in case.kb.groups[_EAEU]:
        draft.because("eaeu_treaty_not_held", country=country)
        return ask_with_category(case, draft)
    if rule.kind is PurposeClass.CARRIAGE:
        draft.because("carriage_agreements_not_held", country=country)
        return ask_with_category(case, draft)
    inside = case.kb.special_rules[_RESIDENCE_INSIDE]
    if case.category.code in inside.categories and limit > dict(inside.figures)["too_short_days"]:
        draft.cite(inside.sources)
        draft.offer(
            Alternative(
                Outcome.VISA, case.category.code, "residence_visa_inside", case.category.variants[0].max_stay_days
            )
        )
    return None


def _offer_extension_inside(case: Case, draft: Draft) -> None:
    """Point 18 of Resolution 148: a business visa given inside the country after the stay of the unilateral list."""
    rule = case.kb.special_rules[_EXTENSION_INSIDE]
    if case.regime.country not in rule.countries or not rule.validity.covers(case.day):
        return
    if not set(rule.sources) & set(case.regime.sources):
        # The passport has since moved to another part of the resolution (Türkiye, 90 days).
        return
    draft.offer(Alternative(Outcome.VISA, "B3", "business_extension_inside"))
    draft.cite(rule.sources)
