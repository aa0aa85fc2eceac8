"""The dated timeline of a visa matter: what is known to happen on which day in, every day that follows from it out."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline, DeadlineRule
from knowledge.interview import form_freeze
from knowledge.penalties import Offence
from knowledge.terms import apply_rule, latest_begin, plus_days, walk
from knowledge.workdays import WorkingDay

__all__ = ["Arrival", "Events", "Way", "sources_behind", "timeline"]

# Ids of the terms in the knowledge base.
_REVIEW_AT_BEST = ("invite_review_electronic", "security_check", "invite_decision")
_REVIEW_AT_WORST = ("invite_review", "security_check_extended", "invite_decision")
_EVISA, _VISA, _LONG_VISA = "evisa_issue", "visa_issue", "visa_issue_long"
_INVITATION = "invite_before_entry"
_PRIVATE_HORIZON, _PETITION_HORIZON = "invite_horizon_private", "invite_horizon_petition"
_ARRIVAL_NOTICE = "notify_arrival"
_REGISTRATION, _NEW_ADDRESS = "registration_90_day_stay", "registration_new_address"
_TRAVEL_AUTHORISATION = "qazeta"
_PASSPORT_VALIDITY = "passport_valid_after_visa"
_EXTENSION = ("extension_earliest", "extension_latest")
_LEAVE = "leave_by"


class Way(StrEnum):
    """How a traveller enters: without a visa, on an e-visa, or on a visa from a mission."""

    VISA_FREE = "visa_free"
    EVISA = "evisa"
    VISA = "visa"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A day of arrival for a stay of `days`, and the way in.

    `invitation`: somebody must send one; a `private` one is accepted for a limited time ahead. `petition`: the
    traveller's own is used, which is accepted for a limited time ahead. `long_issue`: a category whose visa takes the
    long term. Of a visa-free stay `limit` is the longest, by the source `limit_source`; `travel_authorisation` tells
    that one is recommended.
    """

    day: date
    days: int
    way: Way = Way.VISA
    invitation: bool = False
    private: bool = False
    petition: bool = False
    long_issue: bool = False
    travel_authorisation: bool = False
    limit: int | None = None
    limit_source: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """What a person knows: days that have been, or that are set. Each is None where unknown.

    `visa_until` is the last day of the visa, `us_interview` the day of an interview at a U.S. mission in Kazakhstan.
    """

    arrival: Arrival | None = None
    invitation_sent: date | None = None
    papers_complete: date | None = None
    visa_until: date | None = None
    address_changed: date | None = None
    us_interview: date | None = None


def timeline(kb: KnowledgeBase, events: Events, today: date) -> tuple[Deadline, ...]:
    """Every day that follows from `events`, in order; those before `today` are marked as past.

    A day is left out where its rule did not hold, or where it lies beyond what dates can hold.
    """
    found = (
        *_entry(kb, events),
        *_invitation(kb, events, today),
        *_issue(kb, events),
        *_stay(kb, events),
        *_interview(kb, events),
    )
    dated = (replace(deadline, past=deadline.date < today) for deadline in found)
    return tuple(sorted(dated, key=lambda deadline: (deadline.date, deadline.time or datetime.time.min)))


def sources_behind(kb: KnowledgeBase, deadline: Deadline) -> tuple[str, ...]:
    """The source of a day and, where sources differ about its term, those of the reading that is followed."""
    rule = kb.deadlines.get(deadline.rule)
    if rule is None or rule.conflict is None:
        return (deadline.source,)
    conflict = kb.conflicts[rule.conflict]
    served = next((claim.sources for claim in conflict.claims if claim.id == conflict.served), ())
    return tuple(dict.fromkeys((deadline.source, *served)))


def _entry(kb: KnowledgeBase, events: Events) -> Iterator[Deadline]:
    """What must be begun, sent or asked for before an arrival; nothing of what is done already."""
    arrival = events.arrival
    if arrival is None:
        return
    if arrival.travel_authorisation:
        yield from _by(kb, _TRAVEL_AUTHORISATION, arrival.day)
    is_sent = arrival.invitation and events.invitation_sent is not None
    if arrival.way is Way.VISA_FREE or is_sent or _is_applied_for(events):
        return
    if arrival.invitation:
        yield from _by(kb, _INVITATION, arrival.day)
    if arrival.invitation and arrival.private:
        yield from _by(kb, _PRIVATE_HORIZON, arrival.day)
    if arrival.petition:
        yield from _by(kb, _PETITION_HORIZON, arrival.day)
    begin = _begin(kb, arrival)
    if begin is not None:
        rules = _steps(kb, arrival)
        what, who = ("start_invitation_safely", "inviter") if arrival.invitation else ("apply_for_visa", "traveller")
        yield Deadline(what, begin.date, rules[0].sources[0], begin.estimated, who, rules[0].id, arrival.day)


def _begin(kb: KnowledgeBase, arrival: Arrival) -> WorkingDay | None:
    """The last day to begin and still hold the visa before the arrival when every step takes its longest.

    For an invitation that is longer than the five working days of the law, which leave no time for the checks
    (rules_2026).
    """
    return latest_begin(kb.calendar, _steps(kb, arrival), arrival.day)


def _steps(kb: KnowledgeBase, arrival: Arrival) -> tuple[DeadlineRule, ...]:
    review = _REVIEW_AT_WORST if arrival.invitation else ()
    return tuple(kb.deadlines[name] for name in (*review, _issue_rule(arrival)))


def _issue_rule(arrival: Arrival | None) -> str:
    if arrival is None:
        return _VISA
    if arrival.way is Way.EVISA:
        return _EVISA
    return _LONG_VISA if arrival.long_issue else _VISA


def _invitation(kb: KnowledgeBase, events: Events, today: date) -> Iterator[Deadline]:
    """When the invitation is decided, and when the visa after it is issued.

    Until it is sent, it is taken to be sent on the last safe day, or today where that has passed. An estimate of that
    day makes estimates of those counted from it.
    """
    sent = events.invitation_sent
    start = _assumed_start(kb, events, today) if sent is None else WorkingDay(sent, estimated=False)
    if start is None:
        return
    arrival = events.arrival
    visa_follows = arrival is not None and arrival.way is not Way.VISA_FREE and not _is_applied_for(events)
    for pace, review in (("expected", _REVIEW_AT_BEST), ("latest", _REVIEW_AT_WORST)):
        rules = [kb.deadlines[name] for name in review]
        yield from _reached(kb, f"decision_{pace}", rules, start)
        if visa_follows:
            yield from _reached(kb, f"visa_{pace}", [*rules, kb.deadlines[_issue_rule(arrival)]], start)


def _assumed_start(kb: KnowledgeBase, events: Events, today: date) -> WorkingDay | None:
    """The day on which an invitation that is not sent yet will be; None where none is needed or it comes too late."""
    arrival = events.arrival
    if arrival is None or arrival.way is Way.VISA_FREE or not arrival.invitation:
        return None
    if arrival.day <= today or _is_applied_for(events):
        return None
    begin = _begin(kb, arrival)
    return WorkingDay(today, estimated=False) if begin is None or begin.date < today else begin


def _is_applied_for(events: Events) -> bool:
    """Whether the visa is issued or its papers are complete, so that all that comes before is done."""
    return events.papers_complete is not None or events.visa_until is not None


def _issue(kb: KnowledgeBase, events: Events) -> Iterator[Deadline]:
    """When a visa is issued at the latest whose papers are complete."""
    start = events.papers_complete
    if start is not None:
        rule = kb.deadlines[_issue_rule(events.arrival)]
        yield from _reached(kb, "visa_issued", [rule], WorkingDay(start, estimated=False))


def _stay(kb: KnowledgeBase, events: Events) -> Iterator[Deadline]:
    """What follows the arrival, and what comes with the end of the visa."""
    arrival, until = events.arrival, events.visa_until
    if arrival is not None:
        yield from _by(kb, _ARRIVAL_NOTICE, arrival.day)
        if arrival.way is Way.VISA_FREE:
            yield from _visa_free_stay(kb, arrival)
        elif until is None:
            # It ends on the last day of the trip at the earliest; when it really ends is not known before its issue.
            departure = plus_days(arrival.day, arrival.days)
            if departure is not None:
                yield from _by(kb, _PASSPORT_VALIDITY, departure)
    if until is not None:
        # What it costs to stay longer is the rule that says so.
        overstay = next(penalty for penalty in kb.penalties.values() if penalty.offence is Offence.OVERSTAY)
        yield Deadline("leave_by_visa", until, overstay.sources[0], False, "traveller", overstay.id, until)
        yield from _by(kb, _PASSPORT_VALIDITY, until)
        for rule in _EXTENSION:
            yield from _by(kb, rule, until)
    if events.address_changed is not None:
        yield from _by(kb, _NEW_ADDRESS, events.address_changed)


def _visa_free_stay(kb: KnowledgeBase, arrival: Arrival) -> Iterator[Deadline]:
    if arrival.days > (kb.deadlines[_REGISTRATION].calendar_days or 0):
        yield from _by(kb, _REGISTRATION, arrival.day)
    last = None if arrival.limit is None else plus_days(arrival.day, arrival.limit - 1)
    if last is not None:
        yield Deadline(_LEAVE, last, arrival.limit_source, False, "traveller", _LEAVE, arrival.day)


def _interview(kb: KnowledgeBase, events: Events) -> Iterator[Deadline]:
    if events.us_interview is not None:
        freeze = form_freeze(kb, events.us_interview)
        if freeze is not None:
            yield freeze


def _by(kb: KnowledgeBase, rule: str, event: date) -> Iterator[Deadline]:
    found = apply_rule(kb.calendar, kb.deadlines[rule], event)
    if found is not None:
        yield found


def _reached(kb: KnowledgeBase, what: str, rules: Sequence[DeadlineRule], start: WorkingDay) -> Iterator[Deadline]:
    """The day on which the steps of `rules` are over, the last of which gives it its name and source."""
    day, last = walk(kb.calendar, rules, start.date), rules[-1]
    if day is not None:
        estimated = start.estimated or day.estimated
        yield Deadline(what, day.date, last.sources[0], estimated, last.who, last.id, start.date)
