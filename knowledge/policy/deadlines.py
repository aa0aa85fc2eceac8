"""The days that matter for a trip: an event, a rule of the law, and the calendar of Kazakhstan."""

import math
from calendar import monthrange
from datetime import date, timedelta

from knowledge.advice import Deadline
from knowledge.deadlines import DeadlineRule, Direction
from knowledge.policy.case import Case
from knowledge.policy.draft import Draft
from knowledge.policy.lead_time import apply_for_visa, start_invitation
from knowledge.workdays import working_day_after, working_day_before

__all__ = [
    "apply_rule",
    "is_long_stay",
    "plus_days",
    "plus_months",
    "registration_of_long_stay",
    "visa_deadlines",
    "visa_free_deadlines",
]

# Ids of the rules in the knowledge base.
_INVITATION = "invite_before_entry"
_PETITION_HORIZON = "invite_horizon_petition"
_ARRIVAL_NOTICE = "notify_arrival"
_PASSPORT_VALIDITY = "passport_valid_after_visa"
_TRAVEL_AUTHORISATION = "qazeta"
_REGISTRATION = "registration_90_day_stay"


def apply_rule(rule: DeadlineRule, event: date) -> Deadline | None:
    """The day by which `rule` asks for something, counted from `event`.

    Hours count as whole days, rounded to the safe side. None where the date lies beyond what dates can hold, or the
    rule did not hold on the day of the event.
    """
    if not rule.validity.covers(event):
        return None
    back = rule.direction is Direction.BEFORE
    estimated = False
    day: date | None
    if rule.working_days is not None:
        found = (
            working_day_before(event, rule.working_days)
            if back
            else working_day_after(event, rule.working_days, from_day_itself=rule.counts_first_day)
        )
        day = found.date if found is not None else None
        estimated = found is not None and found.estimated
    elif rule.months is not None:
        day = plus_months(event, -rule.months if back else rule.months)
    else:
        day = plus_days(event, _whole_days(rule, back=back))
    return Deadline(rule.id, day, rule.sources[0], estimated) if day is not None else None


def is_long_stay(case: Case) -> bool:
    """Whether a visa-free stay is so long that it must be registered, or asked for a permit before July 2026."""
    return case.trip.days > (case.kb.deadlines[_REGISTRATION].calendar_days or 0)


def registration_of_long_stay(case: Case) -> DeadlineRule | None:
    """The term of registering this visa-free stay; None for a short one, and before the rule held."""
    rule = case.kb.deadlines[_REGISTRATION]
    return rule if is_long_stay(case) and rule.validity.covers(case.day) else None


def visa_free_deadlines(case: Case, draft: Draft, limit: int, *, travel_authorisation: bool) -> tuple[Deadline, ...]:
    """The travel authorisation, the host's report, registration of a long stay, and the last day allowed."""
    arrival = case.trip.arrival
    if arrival is None:
        return ()
    rules = [_TRAVEL_AUTHORISATION] if travel_authorisation else []
    rules.append(_ARRIVAL_NOTICE)
    if registration_of_long_stay(case) is not None:
        rules.append(_REGISTRATION)
    found = [
        deadline
        for deadline in _by_rules(case, draft, rules, arrival)
        # What is only recommended is no news once its day has passed.
        if deadline.what != _TRAVEL_AUTHORISATION or deadline.date >= case.today
    ]
    last = plus_days(arrival, limit - 1)
    if last is not None:
        found.append(Deadline("leave_by", last, case.regime.sources[0]))
    return _in_order(found)


def visa_deadlines(
    case: Case, draft: Draft, *, invitation: bool, electronic: bool = False, petition: bool = False
) -> tuple[Deadline, ...]:
    """When to begin, by the law and in good time; the passport's least validity and the host's report.

    `electronic` for an e-visa. `petition` where the traveller's own petition is used, which is accepted from a first
    day on; that day is left out once it has passed.
    """
    arrival = case.trip.arrival
    if arrival is None:
        return ()
    rules = [_INVITATION] if invitation else []
    if petition and not invitation:
        rules.append(_PETITION_HORIZON)
    found = [
        deadline
        for deadline in _by_rules(case, draft, [*rules, _ARRIVAL_NOTICE], arrival)
        if deadline.what != _PETITION_HORIZON or deadline.date >= case.today
    ]
    begin = start_invitation(case, electronic=electronic) if invitation else apply_for_visa(case)
    if begin is not None:
        found.append(begin)
        draft.cite((begin.source,))
    # The visa ends on the last day of the trip at the earliest; when it really ends is not known before it is issued.
    departure = plus_days(arrival, case.trip.days)
    if departure is not None:
        found += _by_rules(case, draft, [_PASSPORT_VALIDITY], departure)
    if any(deadline.what == _INVITATION and deadline.date < case.today for deadline in found):
        draft.warn("invitation_deadline_passed")
    elif begin is not None and begin.date < case.today:
        draft.warn("may_not_be_ready_in_time")
    return _in_order(found)


def _by_rules(case: Case, draft: Draft, rule_ids: list[str], event: date) -> list[Deadline]:
    found = []
    for rule_id in rule_ids:
        rule = case.kb.deadlines[rule_id]
        deadline = apply_rule(rule, event)
        if deadline is not None:
            found.append(deadline)
            draft.cite((*rule.sources[:1], *_served(case, rule)))
    return found


def _served(case: Case, rule: DeadlineRule) -> tuple[str, ...]:
    """The sources of the reading that is followed where sources differ about the term."""
    if rule.conflict is None:
        return ()
    conflict = case.kb.conflicts[rule.conflict]
    return next((claim.sources for claim in conflict.claims if claim.id == conflict.served), ())


def _in_order(deadlines: list[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(deadlines, key=lambda deadline: deadline.date))


def plus_days(day: date, days: int) -> date | None:
    """`day` moved by `days`, None where dates end."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def plus_months(day: date, months: int) -> date | None:
    """`day` moved by calendar months; a day that the month lacks becomes its last one. None where dates end."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    month = month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _whole_days(rule: DeadlineRule, *, back: bool) -> int:
    if rule.hours is not None:
        return -math.ceil(rule.hours / 24) if back else rule.hours // 24
    days = (rule.calendar_days or 0) - rule.counts_first_day
    return -days if back else days
