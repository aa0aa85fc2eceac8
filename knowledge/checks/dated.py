"""Facts with dates: passports without a rule for the day, what ended, what ends soon, days off not yet reviewed."""

from collections.abc import Iterator
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.facts import ENDS_SOON_DAYS, Validity

__all__ = ["dated_findings"]


def dated_findings(kb: KnowledgeBase, today: date) -> Iterator[Finding]:
    """What the dates of the facts say on `today`."""
    yield from _passports(kb, today)
    for rule in kb.special_rules.values():
        yield from _expired_or_ending(f"special_rule.{rule.id}", rule.validity, today)
    for deadline in kb.deadlines.values():
        yield from _expired_or_ending(f"deadline.{deadline.id}", deadline.validity, today)
    for fee in kb.fees.values():
        yield from _expired_or_ending(f"fee.{fee.id}", fee.validity, today)
    for statement in kb.statements.values():
        yield from _expired_or_ending(f"statement.{statement.id}", statement.validity, today)
    yield from _calendar(kb, today)


def _passports(kb: KnowledgeBase, today: date) -> Iterator[Finding]:
    for country, rules in kb.regimes.items():
        thing = f"regime.{country}"
        if not any(rule.validity.covers(today) for rule in rules):
            message = f"no rule of this passport holds on {today.isoformat()}"
            yield Finding(Severity.ERROR, thing, message, "find the rule that follows and add it")
        elif not rules[-1].sources:
            message = "no source: the traveller is sent to an authority"
            yield Finding(Severity.NOTICE, thing, message, "find a source that names this passport")
        yield from _ending(thing, rules[-1].validity, today)


def _calendar(kb: KnowledgeBase, today: date) -> Iterator[Finding]:
    """The days off of a year are wanted before it begins: terms that reach into it are estimates until then."""
    year = kb.calendar.reviewed_through
    if (date(year, 12, 31) - today).days <= ENDS_SOON_DAYS:
        message = f"the days off are reviewed through {year}; later days are served as estimates"
        repair = f"add the moves decided for {year + 1} to days_off.yaml and raise reviewed_through"
        yield Finding(Severity.WARNING, "days_off", message, repair)


def _expired_or_ending(thing: str, validity: Validity, today: date) -> Iterator[Finding]:
    if validity.end is not None and validity.end < today:
        message = f"it ended on {validity.end.isoformat()} and is not served"
        yield Finding(Severity.WARNING, thing, message, "find the rule that follows, or remove it")
    yield from _ending(thing, validity, today)


def _ending(thing: str, validity: Validity, today: date) -> Iterator[Finding]:
    if validity.end is not None and validity.ends_within(ENDS_SOON_DAYS, today):
        message = f"it ends on {validity.end.isoformat()}"
        yield Finding(Severity.WARNING, thing, message, "find out what follows and add it before that day")
