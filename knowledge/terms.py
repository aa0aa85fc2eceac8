"""Counting a term of the law from its event: the day it falls on, forward and back."""

import math
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from knowledge.deadlines import Deadline, DeadlineRule, Direction
from knowledge.workdays import WorkCalendar, WorkingDay, working_day_after, working_day_before

__all__ = ["apply_rule", "latest_begin", "plus_days", "plus_months", "walk"]


def apply_rule(calendar: WorkCalendar, rule: DeadlineRule, event: date) -> Deadline | None:
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
            working_day_before(calendar, event, rule.working_days)
            if back
            else working_day_after(calendar, event, rule.working_days, from_day_itself=rule.counts_first_day)
        )
        day = found.date if found is not None else None
        estimated = found is not None and found.estimated
    elif rule.months is not None:
        day = plus_months(event, -rule.months if back else rule.months)
    else:
        day = plus_days(event, _whole_days(rule, back=back))
    if day is None:
        return None
    return Deadline(
        what=rule.id,
        date=day,
        source=rule.sources[0],
        estimated=estimated,
        who=rule.who,
        rule=rule.id,
        counted_from=event,
    )


def walk(calendar: WorkCalendar, rules: Iterable[DeadlineRule], start: date) -> WorkingDay | None:
    """The day on which steps that follow each other are over, when the first begins on `start`.

    None as for `apply_rule`, of any step on the day on which it begins.
    """
    day, estimated = start, False
    for rule in rules:
        reached = apply_rule(calendar, rule, day)
        if reached is None:
            return None
        day, estimated = reached.date, estimated or reached.estimated
    return WorkingDay(day, estimated)


def latest_begin(calendar: WorkCalendar, rules: Iterable[DeadlineRule], end: date) -> WorkingDay | None:
    """The last day on which steps that follow each other can begin and still be over before `end`.

    Hours count as whole days and months may begin a few days early, both for the safe side. None as for `apply_rule`,
    of any step on the day on which it begins.
    """
    estimated = False
    for rule in reversed(tuple(rules)):
        begin = _latest_begin(calendar, rule, end)
        if begin is None or not rule.validity.covers(begin.date):
            return None
        estimated = estimated or begin.estimated
        # The step before may end on the very day on which this one begins.
        end = begin.date + timedelta(days=1)
    return WorkingDay(end - timedelta(days=1), estimated)


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


def _latest_begin(calendar: WorkCalendar, rule: DeadlineRule, end: date) -> WorkingDay | None:
    """The last day on which a step begins that must be over before `end`; that day itself is not counted."""
    if rule.working_days is not None:
        return working_day_before(calendar, end, rule.working_days + 1 - rule.counts_first_day)
    begin = plus_days(end, -1)
    if begin is not None:
        months = rule.months
        begin = plus_days(begin, _whole_days(rule, back=True)) if months is None else plus_months(begin, -months)
    return None if begin is None else WorkingDay(begin, estimated=False)


def _whole_days(rule: DeadlineRule, *, back: bool) -> int:
    if rule.hours is not None:
        return -math.ceil(rule.hours / 24) if back else rule.hours // 24
    days = (rule.calendar_days or 0) - rule.counts_first_day
    return -days if back else days
