"""The days that an advice tells: those of the timeline of its trip that a traveller needs first."""

from knowledge.deadlines import Deadline, DeadlineRule
from knowledge.policy.case import Case
from knowledge.policy.draft import Draft
from knowledge.timeline import Arrival, Events, Way, sources_behind, timeline
from knowledge.trip import Purpose

__all__ = ["is_long_stay", "registration_of_long_stay", "visa_deadlines", "visa_free_deadlines"]

_INVITATION = "invite_before_entry"
_REGISTRATION = "registration_90_day_stay"
_SAFE_BEGIN = frozenset({"start_invitation_safely", "apply_for_visa"})
# The timeline tells these too, once more is known than a trip; in an advice they would crowd out the others.
_LATER = frozenset({"visa_expected", "visa_latest", "invite_horizon_private"})
# What is only recommended, and the first day of something, is no news once it has passed.
_NO_NEWS = frozenset({"qazeta", "invite_horizon_petition"})


def is_long_stay(case: Case) -> bool:
    """Whether a visa-free stay is so long that it must be registered, or asked for a permit before July 2026."""
    return case.trip.days > (case.kb.deadlines[_REGISTRATION].calendar_days or 0)


def registration_of_long_stay(case: Case) -> DeadlineRule | None:
    """The term of registering this visa-free stay; None for a short one, and before the rule held."""
    rule = case.kb.deadlines[_REGISTRATION]
    return rule if is_long_stay(case) and rule.validity.covers(case.day) else None


def visa_free_deadlines(case: Case, draft: Draft, limit: int, *, travel_authorisation: bool) -> tuple[Deadline, ...]:
    """The travel authorisation, the host's report, registration of a long stay, and the last day allowed."""
    if case.trip.arrival is None:
        return ()
    return _told(
        case,
        draft,
        Arrival(
            case.trip.arrival,
            case.trip.days,
            Way.VISA_FREE,
            travel_authorisation=travel_authorisation,
            limit=limit,
            limit_source=case.regime.sources[0],
        ),
    )


def visa_deadlines(
    case: Case, draft: Draft, *, invitation: bool, electronic: bool = False, petition: bool = False
) -> tuple[Deadline, ...]:
    """When to begin, by the law and in good time; when the invitation is decided; the passport; the host's report.

    `electronic` for an e-visa. `petition` where the traveller's own petition is used, which is accepted from a first
    day on.
    """
    if case.trip.arrival is None:
        return ()
    found = _told(
        case,
        draft,
        Arrival(
            case.trip.arrival,
            case.trip.days,
            Way.EVISA if electronic else Way.VISA,
            invitation=invitation,
            private=case.trip.purpose is Purpose.PRIVATE,
            petition=petition and not invitation,
            long_issue=case.category.issue_calendar_days is not None,
        ),
    )
    if any(deadline.past for deadline in found if deadline.what == _INVITATION):
        draft.warn("invitation_deadline_passed")
    elif any(deadline.past for deadline in found if deadline.what in _SAFE_BEGIN):
        draft.warn("may_not_be_ready_in_time")
    return found


def _told(case: Case, draft: Draft, arrival: Arrival) -> tuple[Deadline, ...]:
    draft.arrival = arrival
    days = timeline(case.kb, Events(arrival), case.today)
    told = tuple(
        deadline
        for deadline in days
        if deadline.what not in _LATER and not (deadline.past and deadline.what in _NO_NEWS)
    )
    for deadline in told:
        draft.cite(sources_behind(case.kb, deadline))
    return told
