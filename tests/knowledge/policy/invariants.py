"""What must hold for every advice, said without the policy's own tables."""

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.advice import Advice, Outcome
from knowledge.base import KnowledgeBase
from knowledge.categories import CategoryKind, Entries, Issuer
from knowledge.facts import Confidence
from knowledge.regimes import Regime, RegimeKind
from knowledge.trip import Border, PassportType, Purpose, Trip

__all__ = ["CATEGORIES", "broken_rules"]

VISITS = {
    Purpose.TOURISM,
    Purpose.PRIVATE,
    Purpose.BUSINESS,
    Purpose.MEDICAL,
    Purpose.CONFERENCE,
    Purpose.TRANSIT,
}
PAID_WORK = {Purpose.WORK, Purpose.SEASONAL_WORK, Purpose.SELF_EMPLOYMENT}
CATEGORIES = {
    Purpose.TOURISM: "B12",
    Purpose.BUSINESS: "B3",
    Purpose.PRIVATE: "B10",
    Purpose.MEDICAL: "C12",
    Purpose.WORK: "C3",
    Purpose.SEASONAL_WORK: "C6",
    Purpose.SELF_EMPLOYMENT: "C4",
    Purpose.STUDY: "C9",
    Purpose.INTERNSHIP: "B7",
    Purpose.FAMILY: "C2",
    Purpose.PERMANENT_RESIDENCE: "B8",
    Purpose.TRANSIT: "B13",
    Purpose.CONFERENCE: "B1",
    Purpose.INVESTMENT: "A5",
    Purpose.JOURNALISM: "A3",
    Purpose.RELIGIOUS: "B6",
    Purpose.MISSIONARY: "C7",
    Purpose.ADOPTION: "B11",
    Purpose.HUMANITARIAN: "C8",
    Purpose.REMOTE_WORK: "B12-1",
    Purpose.CREW: "B5",
    Purpose.HAULAGE: "B4",
    Purpose.DIPLOMATIC: "A1",
    Purpose.SERVICE: "A3",
    Purpose.ETHNIC_KAZAKH_RETURN: "C1",
}
IN_HAND = {"AW", "FO"}
MOST_DAYS_TOLD = 6  # with an invitation: two to send it, two of its decision, the report, the passport
LONG_STAY = 30
UNSURE_EVISA = {"BD", "GH", "NG", "TW"}
SECOND_LIST = date(2026, 2, 5)
EAEU = {"RU", "BY", "AM", "KG"}
PAKISTAN_END = date(2026, 12, 31)


def broken_rules(kb: KnowledgeBase, trip: Trip, today: date, advice: Advice) -> list[str]:
    """Every rule that this advice breaks, in words; empty for a sound one."""
    regime = next((rule for rule in kb.regimes[trip.citizenship] if rule.validity.covers(trip.arrival or today)), None)
    found = [*_proof(advice), *_alternatives(kb, trip, regime, advice), *_days(trip, today, advice)]
    match advice.outcome:
        case Outcome.VISA_FREE:
            found += _visa_free(trip, regime, advice)
        case Outcome.EVISA:
            found += _evisa(kb, trip, today, advice)
        case Outcome.VISA:
            found += _visa(kb, trip, regime, advice)
        case Outcome.CITIZEN | Outcome.ASK_AUTHORITY:
            if advice.category is not None or advice.max_stay_days is not None or advice.needs_invitation is not None:
                found.append("a verdict without a visa names one")
            if advice.outcome is Outcome.ASK_AUTHORITY and advice.confidence is Confidence.HIGH:
                found.append("sure that it does not know")
    if (advice.outcome is Outcome.CITIZEN) != (trip.citizenship == "KZ"):
        found.append("citizens are citizens, and nobody else")
    return found


def _proof(advice: Advice) -> Iterator[str]:
    if not advice.path:
        yield "no reason"
    if not advice.sources:
        yield "no source"
    if len({source.id for source in advice.sources}) != len(advice.sources):
        yield "a source stands twice"
    if advice.confidence is Confidence.LOW and "low_confidence" not in advice.warnings:
        yield "low confidence is not said"
    if advice.conflicts and "sources_disagree" not in advice.warnings:
        yield "a conflict is not said"
    if len(set(advice.warnings)) != len(advice.warnings):
        yield "a warning stands twice"


def _visa_free(trip: Trip, regime: Regime | None, advice: Advice) -> Iterator[str]:
    if regime is None or regime.kind is not RegimeKind.VISA_FREE or regime.days is None:
        yield "visa-free without a rule that says so"
        return
    if trip.purpose not in VISITS:
        yield "visa-free for more than a visit"
    if trip.passport is not PassportType.ORDINARY:
        yield "visa-free on a passport the rules are not about"
    if trip.days > regime.days or advice.max_stay_days is None or advice.max_stay_days > regime.days:
        yield "stay beyond the rule"
    if any(trip.days > window.days for window in regime.windows):
        yield "stay beyond a rolling limit"
    if regime.conflict in {"azerbaijan_stay", "tajikistan_stay"} and trip.days > 30:
        yield "a disputed stay is promised"
    if advice.category is not None or advice.needs_invitation is not None:
        yield "a visa-free stay has a category"
    if "no_paid_work" not in advice.warnings:
        yield "no word that work is not allowed"
    if regime.windows and "all_stays_count" not in advice.warnings:
        yield "no word that earlier stays count"
    used_up = any(trip.days >= window.days for window in regime.windows)
    if used_up != ("no_days_left_for_earlier_stays" in advice.warnings):
        yield "no word that no earlier day fits"
    if trip.days > LONG_STAY and trip.citizenship not in EAEU and advice.confidence is Confidence.HIGH:
        yield "a long stay is served as settled"


def _evisa(kb: KnowledgeBase, trip: Trip, today: date, advice: Advice) -> Iterator[str]:
    if (
        trip.border is not Border.AIR
        or trip.entries is not Entries.SINGLE
        or trip.passport is not PassportType.ORDINARY
    ):
        yield "an e-visa by land, for several entries or on an official passport"
    first = min(today, trip.arrival or today)
    names = [edition.names(trip.citizenship) for edition in kb.evisa_editions if edition.as_of <= first]
    if not names or not names[-1] or (trip.citizenship in UNSURE_EVISA and first >= SECOND_LIST):
        yield "an e-visa for a passport that is not surely listed"
    if trip.citizenship in IN_HAND:
        yield "an e-visa where the passport in hand decides"
    if trip.citizenship == "PK" and (
        trip.purpose is not Purpose.BUSINESS or max(today, trip.arrival or today) > PAKISTAN_END
    ):
        yield "an e-visa for Pakistan beyond its rule"
    code = CATEGORIES[trip.purpose]
    single = [form.max_stay_days for form in kb.categories[code].variants if form.entries is Entries.SINGLE]
    if advice.category != code or not kb.categories[code].evisa or code == "B9-1":
        yield "an e-visa of a category that has none"
    if trip.purpose in PAID_WORK:
        yield "an e-visa for work"
    if advice.max_stay_days is None or not trip.days <= advice.max_stay_days <= max(single):
        yield "stay beyond the e-visa"
    if advice.needs_invitation is not True:
        yield "an e-visa without an invitation"
    if "evisa_air_only" not in advice.warnings or "print_evisa" not in advice.steps:
        yield "airports or print not said"


def _visa(kb: KnowledgeBase, trip: Trip, regime: Regime | None, advice: Advice) -> Iterator[str]:
    category = kb.categories[CATEGORIES[trip.purpose]]
    if advice.category != category.code or category.kind is not CategoryKind.ENTRY:
        yield "a visa of another category"
    if Issuer.MISSION not in category.issuers:
        yield "a mission does not issue this category"
    longest = max(form.max_stay_days for form in category.variants)
    if advice.max_stay_days is None or not trip.days <= advice.max_stay_days <= longest:
        yield "stay beyond the visa"
    if advice.needs_invitation is None:
        yield "nothing said about an invitation"
    if trip.passport is not PassportType.ORDINARY:
        yield "a sure verdict on an official passport"
    if trip.citizenship in IN_HAND:
        yield "a visa where the passport in hand decides"
    if regime is not None and not regime.sources:
        yield "a sure verdict on a passport no source names"
    if regime is not None and regime.kind is RegimeKind.VISA_FREE and trip.purpose in {Purpose.CREW, Purpose.HAULAGE}:
        yield "a sure verdict where transport agreements may say otherwise"
    if trip.citizenship in EAEU and trip.purpose not in VISITS:
        yield "a sure verdict where the EAEU treaty may say otherwise"
    if advice.confidence is Confidence.HIGH:
        yield "the unofficial copy of the order is served as sure"


def _alternatives(kb: KnowledgeBase, trip: Trip, regime: Regime | None, advice: Advice) -> Iterator[str]:
    for way in advice.alternatives:
        if way.condition == "dutch_or_danish_passport":
            if trip.citizenship not in IN_HAND or trip.purpose not in VISITS:
                yield "another passport for no reason"
        elif way.outcome is Outcome.VISA_FREE:
            if regime is None or regime.kind is not RegimeKind.VISA_FREE or regime.days is None:
                yield "a visa-free way without a rule"
            elif way.max_stay_days is None or way.max_stay_days > regime.days:
                yield "a visa-free way beyond the rule"
            if trip.purpose in PAID_WORK:
                yield "a visa-free way to work"
        elif way.category is None or way.category not in kb.categories:
            yield "a way without a category"
        elif way.category == "B9-1" and way.outcome is not Outcome.ASK_AUTHORITY:
            yield "a sure way by a disputed channel"
        elif way.outcome is Outcome.EVISA:
            if not kb.categories[way.category].evisa:
                yield "an e-visa way of a category that has none"
            if not any(edition.names(trip.citizenship) for edition in kb.evisa_editions):
                yield "an e-visa way for a passport on no list"
    if len(set(advice.alternatives)) != len(advice.alternatives):
        yield "a way stands twice"


def _days(trip: Trip, today: date, advice: Advice) -> Iterator[str]:
    if trip.arrival is None:
        if advice.deadlines:
            yield "days without an arrival"
        return
    dates = [deadline.date for deadline in advice.deadlines]
    if len(dates) > MOST_DAYS_TOLD:
        yield "too many days"
    if dates != sorted(dates):
        yield "days out of order"
    by_name = {deadline.what: deadline.date for deadline in advice.deadlines}
    if len(by_name) != len(advice.deadlines):
        yield "a day stands twice"
    known = {source.id for source in advice.sources}
    if any(deadline.source not in known for deadline in advice.deadlines):
        yield "a day without its source"
    arrival = trip.arrival
    if by_name.get("invite_before_entry", date.min) >= arrival or by_name.get("qazeta", date.min) >= arrival:
        yield "what comes before entry is not before it"
    if by_name.get("start_invitation_safely", date.min) >= by_name.get("invite_before_entry", date.max):
        yield "the safe day is later than the last one"
    waits = advice.needs_invitation is True and arrival > today
    if {"decision_expected", "decision_latest"} & set(by_name) != (
        {"decision_expected", "decision_latest"} if waits else set()
    ):
        yield "the decision on the invitation is not told just where somebody waits for it"
    if by_name.get("decision_expected", date.min) > by_name.get("decision_latest", date.max):
        yield "the decision is expected after its last day"
    if by_name.get("start_invitation_safely", date.min) >= today and waits and by_name["decision_latest"] >= arrival:
        yield "who starts on the safe day is not sure to have the invitation"
    if any(deadline.past != (deadline.date < today) for deadline in advice.deadlines):
        yield "a day that has passed is not marked, or another is"
    if by_name.get("apply_for_visa", date.min) >= arrival:
        yield "the visa is asked for too late"
    if by_name.get("notify_arrival", date.max) < arrival:
        yield "the host reports before the arrival"
    if "passport_valid_after_visa" in by_name and by_name["passport_valid_after_visa"] <= arrival + timedelta(
        trip.days
    ):
        yield "the passport ends before the stay"
    if "leave_by" in by_name and by_name["leave_by"] < arrival + timedelta(trip.days - 1):
        yield "the stay ends before the trip"
    if ("invite_before_entry" in by_name) and advice.needs_invitation is not True:
        yield "a day for an invitation nobody needs"
