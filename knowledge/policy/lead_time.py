"""Counting back from an arrival: the last day to begin when every step takes its longest."""

from datetime import date, timedelta

from knowledge.advice import Deadline
from knowledge.deadlines import DeadlineRule
from knowledge.policy.case import Case
from knowledge.workdays import WorkingDay, working_day_before

__all__ = ["apply_for_visa", "start_invitation"]

# Ids of the terms in the knowledge base, in the order in which the steps follow each other.
_INVITATION = ("invite_review", "security_check_extended", "invite_decision")
_EVISA = "evisa_issue"
_VISA = "visa_issue"
_LONG_VISA = "visa_issue_long"


def start_invitation(case: Case, *, electronic: bool) -> Deadline | None:
    """The last day to ask for the invitation and still hold the visa before arrival.

    Longer than the five working days of the law, which leave no time for the checks (rules_2026). None without an
    arrival, or where the day lies beyond what dates can hold.
    """
    return _begin("start_invitation_safely", case, (*_INVITATION, _EVISA if electronic else _issue(case)))


def apply_for_visa(case: Case) -> Deadline | None:
    """The last day to apply at a mission and still hold the visa before arrival. None as above."""
    return _begin("apply_for_visa", case, (_issue(case),))


def _issue(case: Case) -> str:
    return _VISA if case.category.issue_calendar_days is None else _LONG_VISA


def _begin(what: str, case: Case, terms: tuple[str, ...]) -> Deadline | None:
    rules = [case.kb.deadlines[term] for term in terms]
    estimated = False
    end = case.trip.arrival
    for rule in reversed(rules):
        found = _latest_begin(rule, end) if end is not None else None
        if found is None:
            return None
        estimated = estimated or found.estimated
        # The step before may end on the very day on which this one begins.
        end = found.date + timedelta(days=1)
    return Deadline(what, end - timedelta(days=1), rules[0].sources[0], estimated) if end is not None else None


def _latest_begin(rule: DeadlineRule, end: date) -> WorkingDay | None:
    """The last day on which a step begins that must be over before `end`; that day itself is not counted."""
    if rule.working_days is not None:
        return working_day_before(end, rule.working_days + 1)
    try:
        return WorkingDay(end - timedelta(days=1 + (rule.calendar_days or 0)), estimated=False)
    except OverflowError:
        return None
