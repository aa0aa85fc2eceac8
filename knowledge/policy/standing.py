"""What is told about the standing of a passport on the e-visa list, and about what keeps an e-visa from a trip."""

from knowledge.advice import Alternative, Outcome
from knowledge.evisa import EvisaVerdict
from knowledge.facts import ENDS_SOON_DAYS, Confidence
from knowledge.policy.case import Case
from knowledge.policy.draft import Draft
from knowledge.policy.electronic import Blocker, Listing, evisa_stay, issued_electronically, unsettled_differences
from knowledge.terms import plus_days

__all__ = ["tell_blockers", "tell_standing"]

_ROW_OF_CHINA = "CN"

_EVISA_IF = {
    frozenset({Blocker.BORDER}): "by_air",
    frozenset({Blocker.ENTRIES}): "single_entry",
    frozenset({Blocker.BORDER, Blocker.ENTRIES}): "by_air_single_entry",
}


def tell_standing(case: Case, draft: Draft, standing: Listing) -> None:
    """The reasons, warnings and doubts that come with the standing of the passport on the list."""
    if not issued_electronically(case.category):
        draft.because("category_has_no_evisa", category=case.category.code)
        return
    if standing.verdict is EvisaVerdict.UNKNOWN:
        oldest, first = case.kb.evisa_editions[0], min(case.today, case.day)
        draft.because("no_evisa_list_for_that_day", date=first.isoformat(), edition=oldest.as_of.isoformat())
        draft.cite((oldest.source,))
        return
    country, newest = case.trip.citizenship, standing.newest
    edition = newest.as_of.isoformat()
    draft.cite((newest.source,))
    match standing.verdict:
        case EvisaVerdict.YES:
            in_row = dict(newest.named_under).get(country) == _ROW_OF_CHINA
            draft.because(
                "passport_in_row_of_china" if in_row else "passport_on_evisa_list", country=country, edition=edition
            )
            draft.confidences.append(newest.confidence)
        case EvisaVerdict.NO if standing.limit is not None:
            draft.because("evisa_rule_ended", country=country, date=_end(standing))
        case EvisaVerdict.NO:
            draft.because("passport_not_on_evisa_list", country=country, edition=edition)
        case EvisaVerdict.DIFFERS:
            draft.because("evisa_editions_differ", country=country, edition=edition)
            draft.warn("evisa_editions_differ")
            draft.cite(edition.source for edition in standing.editions)
            draft.confidences.append(Confidence.LOW)
        case EvisaVerdict.LIMITED:
            _tell_limit(case, draft, standing)
    for difference in unsettled_differences(case.kb, country, standing):
        if difference.conflict is not None:
            draft.conflicts[difference.conflict] = None
            draft.rest_on(difference.sources, difference.confidence)


def _tell_limit(case: Case, draft: Draft, standing: Listing) -> None:
    limit = standing.limit
    if limit is None:
        return
    draft.because(
        "evisa_for_one_category",
        country=case.trip.citizenship,
        category=", ".join(limit.categories),
        date=_end(standing),
    )
    draft.rest_on(limit.sources, limit.confidence)
    draft.lead_with(limit.sources)
    if case.category.code not in limit.categories:
        return
    if any(limit.validity.ends_within(ENDS_SOON_DAYS, day) for day in (case.today, case.day)):
        draft.warn("evisa_rule_ends_soon")
    departure = plus_days(case.day, case.trip.days - 1)
    if departure is None or not limit.validity.covers(departure):
        draft.warn("evisa_rule_ends_during_stay")


def tell_blockers(case: Case, draft: Draft, standing: Listing, blocked: frozenset[Blocker]) -> None:
    """Why the e-visa does not fit the trip, and how a changed trip would."""
    category = case.category
    stay = evisa_stay(category)
    if stay is None:
        return
    if standing.verdict is EvisaVerdict.DIFFERS and not blocked:
        draft.offer(Alternative(Outcome.EVISA, category.code, "ask_about_evisa", stay))
    if not standing.opens(category.code):
        return
    if Blocker.BORDER in blocked:
        draft.because("evisa_only_by_air")
    if Blocker.ENTRIES in blocked:
        draft.because("evisa_single_entry_only")
    if Blocker.DAYS in blocked:
        draft.because("longer_than_evisa", days=case.trip.days, limit=stay)
    draft.offer(Alternative(Outcome.EVISA, category.code, _EVISA_IF.get(blocked, "evisa_shorter_stay"), stay))


def _end(standing: Listing) -> str:
    end = standing.limit.validity.end if standing.limit is not None else None
    return end.isoformat() if end is not None else ""
