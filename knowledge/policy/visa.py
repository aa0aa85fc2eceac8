"""The trip needs a visa: an e-visa where the list, the category and the trip allow it, else a visa at a mission."""

from knowledge.advice import Advice, Alternative, Outcome
from knowledge.categories import Entries
from knowledge.evisa import EvisaVerdict
from knowledge.policy.authority import ask_authority, ask_with_category
from knowledge.policy.case import Case
from knowledge.policy.deadlines import visa_deadlines
from knowledge.policy.draft import Draft
from knowledge.policy.electronic import Blocker, Listing, blockers, evisa_stay, issued_electronically, listing
from knowledge.policy.mission import Form, fitting_form, invitation_needed, longest_stay, on_contract, petition_allowed
from knowledge.policy.papers import documents, evisa_fees, visa_fees
from knowledge.policy.purposes import OtherCategory, PurposeClass
from knowledge.policy.standing import tell_blockers, tell_standing
from knowledge.regimes import Regime

__all__ = ["PASSPORT_IN_HAND", "judge_visa", "passport_in_hand_decides"]

# The warning for Aruba and the Faroe Islands; their regimes name the conflict.
PASSPORT_IN_HAND = "passport_in_hand_decides"
_TERRITORY_LISTED = "dependency_on_evisa_list"
_NEO_NOMAD = "neo_nomad"
_TOURISM = "B12"
_TRANSIT = "B13"

_EVISA_WARNINGS = ("evisa_air_only", "evisa_airports_disputed", "evisa_one_person", "evisa_data_must_match")
_EVISA_RULES = ("evisa_invitation", "evisa_air_only", "evisa_single_entry")


def judge_visa(case: Case, draft: Draft) -> Advice:
    """The visa for this trip, and how it is issued."""
    category, trip = case.category, case.trip
    draft.because("category_of_purpose", purpose=trip.purpose.value, category=category.code)
    draft.rest_on(category.sources, category.confidence)
    draft.lead_with(category.sources)
    draft.conflicts.update(dict.fromkeys(category.conflicts))
    standing = listing(case.kb, trip.citizenship, case.today, case.day)
    tell_standing(case, draft, standing)
    if standing.verdict is EvisaVerdict.UNKNOWN and issued_electronically(category):
        return ask_with_category(case, draft)
    blocked = blockers(category, trip)
    if passport_in_hand_decides(case.regime):
        return _passport_in_hand(case, draft, standing, blocked)
    if standing.opens(category.code) and not blocked:
        return _by_portal(case, draft)
    tell_blockers(case, draft, standing, blocked)
    form = fitting_form(category, trip, case.rule.audience)
    if form is None:
        return _too_long(case, draft)
    return _at_mission(case, draft, form)


def passport_in_hand_decides(regime: Regime) -> bool:
    """Whether a territory is on the e-visa list while passports of the kingdom it belongs to are visa-free."""
    return regime.conflict == _TERRITORY_LISTED


def _passport_in_hand(case: Case, draft: Draft, standing: Listing, blocked: frozenset[Blocker]) -> Advice:
    """A listed territory of a visa-free kingdom: an authority must say which rule its passport falls under."""
    draft.warn(PASSPORT_IN_HAND)
    if standing.opens(case.category.code) and not blocked:
        draft.offer(Alternative(Outcome.EVISA, case.category.code, "evisa_as_listed", evisa_stay(case.category)))
    else:
        tell_blockers(case, draft, standing, blocked)
    if case.rule.kind is PurposeClass.VISIT:
        draft.offer(Alternative(Outcome.VISA_FREE, None, "dutch_or_danish_passport"))
    if fitting_form(case.category, case.trip, case.rule.audience) is None:
        return _too_long(case, draft)
    return ask_with_category(case, draft)


def _by_portal(case: Case, draft: Draft) -> Advice:
    category, trip = case.category, case.trip
    stay = evisa_stay(category)
    draft.because("evisa_fits", category=category.code, days=trip.days, limit=stay or 0)
    draft.warn(*_EVISA_WARNINGS, "unofficial_copy", *case.rule.warnings)
    petition = petition_allowed(case.kb, category, trip.citizenship, Entries.SINGLE)
    instead = "petition_at_mission" if petition else "at_mission"
    draft.offer(Alternative(Outcome.VISA, category.code, instead, stay))
    _offer_others(case, draft)
    for rule in _EVISA_RULES:
        draft.cite(case.kb.special_rules[rule].sources[:1])
    return draft.conclude(
        Outcome.EVISA,
        category=category.code,
        max_stay_days=stay,
        needs_invitation=True,
        documents=documents(case, Entries.SINGLE, draft),
        steps=(
            "get_invitation_number",
            "apply_on_portal",
            "pay_on_portal",
            "print_evisa",
            "enter_by_airport",
            "host_reports_arrival",
        ),
        deadlines=visa_deadlines(case, draft, invitation=True, electronic=True),
        fees=evisa_fees(case),
    )


def _at_mission(case: Case, draft: Draft, form: Form) -> Advice:
    kb, category, trip = case.kb, case.category, case.trip
    entries, limit = form.variant.entries, form.variant.max_stay_days
    draft.because("visa_at_mission", category=category.code, days=trip.days, limit=limit)
    draft.warn(*form.warnings, "unofficial_copy", "fingerprints", "consular_fee_unknown", *case.rule.warnings)
    petition = petition_allowed(kb, category, trip.citizenship, entries)
    if petition:
        draft.because("own_petition_allowed", country=trip.citizenship, category=category.code)
        draft.rest_on(kb.petition_sources, kb.petition_confidence)
        _tell_neo_nomad(case, draft)
    invitation = invitation_needed(kb, category, trip.citizenship, entries)
    if invitation:
        draft.because("invitation_needed", category=category.code)
        first = "get_invitation_number"
    elif on_contract(category, entries):
        draft.because("contract_is_the_ground", category=category.code)
        draft.warn("multiple_entry_on_contract")
        first = "prepare_contract"
    else:
        first = "write_petition" if petition else "prepare_petition"
    _offer_others(case, draft)
    return draft.conclude(
        Outcome.VISA,
        category=category.code,
        max_stay_days=limit,
        needs_invitation=invitation,
        documents=documents(case, entries, draft),
        steps=(first, "apply_at_mission", "pay_consular_fee", "check_sticker", "host_reports_arrival"),
        deadlines=visa_deadlines(case, draft, invitation=invitation, petition=petition),
        fees=visa_fees(case, entries, invitation=invitation),
    )


def _tell_neo_nomad(case: Case, draft: Draft) -> None:
    """Sources count the countries without an invitation differently, and do not say which one is in doubt."""
    rule = case.kb.special_rules[_NEO_NOMAD]
    if case.category.code in rule.categories and rule.conflict is not None:
        draft.dispute(rule.conflict)


def _too_long(case: Case, draft: Draft) -> Advice:
    trip, code = case.trip, case.category.code
    limit = longest_stay(case.category, case.rule.audience)
    draft.because("longer_than_category", days=trip.days, limit=limit, category=code)
    draft.warn("unofficial_copy")
    draft.offer(Alternative(Outcome.VISA, code, "visa_shorter_stay", limit))
    tourism = case.kb.categories[_TOURISM]
    if code == _TRANSIT and trip.days <= longest_stay(tourism, None):
        draft.offer(Alternative(Outcome.VISA, _TOURISM, "tourism_instead", longest_stay(tourism, None)))
    for other in case.rule.others:
        _offer_other(case, draft, other)
    return ask_authority(draft)


def _offer_others(case: Case, draft: Draft) -> None:
    # For short visits the neighbours are noise unless the stay is too long; for the rest they are often the better fit.
    if case.rule.kind is PurposeClass.VISIT:
        return
    for other in case.rule.others:
        _offer_other(case, draft, other)


def _offer_other(case: Case, draft: Draft, other: OtherCategory) -> None:
    code, condition = other.category, other.condition
    category = case.kb.categories[code]
    longest = longest_stay(category, other.audience)
    if longest < case.trip.days:
        return
    if category.evisa and not issued_electronically(category):
        # Issued first as an e-visa only, by a channel that the order itself disputes.
        if listing(case.kb, case.trip.citizenship, case.today, case.day).verdict is EvisaVerdict.YES:
            draft.offer(Alternative(Outcome.ASK_AUTHORITY, code, condition, longest))
        return
    draft.offer(Alternative(Outcome.VISA, code, condition, longest))
