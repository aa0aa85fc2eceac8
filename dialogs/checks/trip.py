"""Whether the days of an invitation go with each other, with the terms of the law and with the visa category."""

from datetime import date, timedelta

from dialogs.answer import Answer
from dialogs.checks.objection import Objection
from dialogs.requests.trip import FIRST_DAY, LAST_DAY, category_of, day_of, variants_of
from dialogs.situation import Situation
from knowledge.base import KnowledgeBase
from knowledge.policy.purposes import PURPOSE_RULES
from knowledge.terms import apply_rule, plus_days
from knowledge.trip import Purpose

__all__ = ["ends_after_it_begins", "is_not_too_early", "is_sent_in_time", "is_within_the_stay", "is_within_the_visa"]

_BEFORE_ENTRY, _PRIVATE_HORIZON = "invite_before_entry", "invite_horizon_private"


def is_sent_in_time(situation: Situation, question: str, value: Answer) -> Objection | None:
    """The invitation must be sent some working days before the entry, and today is the first day to do it."""
    first = day_of({**situation.answers, question: value}, FIRST_DAY)
    if first is None or _can_be_sent(situation.knowledge, first, situation.today):
        return None
    earliest = first
    while not _can_be_sent(situation.knowledge, earliest, situation.today):
        earliest += timedelta(days=1)
    days = situation.knowledge.deadlines[_BEFORE_ENTRY].working_days or 0
    return Objection("objection.trip_too_soon", {"days": days, "earliest": earliest})


def is_not_too_early(situation: Situation, question: str, value: Answer) -> Objection | None:
    """A private invitation is not accepted too long ahead."""
    answers = {**situation.answers, question: value}
    first, category = day_of(answers, FIRST_DAY), category_of(answers, situation.knowledge)
    if first is None or category is None or category.code != PURPOSE_RULES[Purpose.PRIVATE].category:
        return None
    rule = situation.knowledge.deadlines[_PRIVATE_HORIZON]
    latest = plus_days(situation.today, rule.calendar_days or 0)
    if latest is None or first <= latest:
        return None
    return Objection("objection.trip_too_far", {"days": rule.calendar_days or 0, "latest": latest})


def ends_after_it_begins(situation: Situation, question: str, value: Answer) -> Objection | None:
    """The last day may be the first one, but not an earlier one."""
    answers = {**situation.answers, question: value}
    first, last = day_of(answers, FIRST_DAY), day_of(answers, LAST_DAY)
    if first is None or last is None or last >= first:
        return None
    return Objection("objection.trip_ends_before_it_begins", {"first": first})


def is_within_the_visa(situation: Situation, question: str, value: Answer) -> Objection | None:
    """No visa of this category and these entries is valid for more days, whoever gets it."""
    answers = {**situation.answers, question: value}
    days = max((variant.max_validity_days for variant in variants_of(answers, situation.knowledge)), default=None)
    return None if days is None else _longer(situation, question, value, days, "objection.trip_longer_than_visa")


def is_within_the_stay(situation: Situation, question: str, value: Answer) -> Objection | None:
    """A guest may stay for fewer days than the visa is valid; some categories allow more to a few people only."""
    answers = {**situation.answers, question: value}
    variants = variants_of(answers, situation.knowledge)
    general = [variant for variant in variants if variant.audience is None] or list(variants)
    days = max((variant.max_stay_days for variant in general), default=None)
    if days is None:
        return None
    return _longer(situation, question, value, days, "objection.trip_longer_than_stay", final=False)


def _longer(
    situation: Situation, question: str, value: Answer, days: int, key: str, *, final: bool = True
) -> Objection | None:
    answers = {**situation.answers, question: value}
    first, last = day_of(answers, FIRST_DAY), day_of(answers, LAST_DAY)
    latest = None if first is None else plus_days(first, days - 1)
    if last is None or latest is None or last <= latest:
        return None
    return Objection(key, {"days": days, "latest": latest}, final)


def _can_be_sent(kb: KnowledgeBase, first: date, today: date) -> bool:
    latest = apply_rule(kb.calendar, kb.deadlines[_BEFORE_ENTRY], first)
    return latest is None or latest.date >= today
