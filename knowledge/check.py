"""Lint beyond loading: facts that ended or end soon, sources that nobody uses or that have no date."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.base import KnowledgeBase
from knowledge.facts import Validity

__all__ = ["Finding", "Severity", "check", "cited_sources"]

_SOON_DAYS = 60


class Severity(StrEnum):
    """How much a finding matters: an error must be repaired, a warning looked at, a notice known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the maintainers should know. `thing` is the fact, such as `special_rule.pk_b3`."""

    severity: Severity
    thing: str
    message: str
    repair: str


def check(kb: KnowledgeBase, today: date, cited_elsewhere: Collection[str] = ()) -> tuple[Finding, ...]:
    """What is worth a look on `today`, errors first. `cited_elsewhere` are sources that other data cite (answers)."""
    findings = [*_passports(kb, today), *_dated_facts(kb, today), *_sources(kb, frozenset(cited_elsewhere))]
    order = list(Severity)
    return tuple(sorted(findings, key=lambda finding: (order.index(finding.severity), finding.thing)))


def cited_sources(kb: KnowledgeBase) -> frozenset[str]:
    """The ids of all sources that a fact names."""
    groups = (
        (rule for rules in kb.regimes.values() for rule in rules),
        kb.special_rules.values(),
        kb.evisa_differences,
        kb.categories.values(),
        kb.fees.values(),
        kb.mrp.values(),
        kb.documents.values(),
        kb.deadlines.values(),
        kb.conflicts.values(),
        kb.contacts.values(),
    )
    cited = {source for facts in groups for fact in facts for source in fact.sources}
    return frozenset(cited | set(kb.petition_sources) | {edition.source for edition in kb.evisa_editions})


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


def _dated_facts(kb: KnowledgeBase, today: date) -> Iterator[Finding]:
    for rule in kb.special_rules.values():
        yield from _expired_or_ending(f"special_rule.{rule.id}", rule.validity, today)
    for deadline in kb.deadlines.values():
        yield from _expired_or_ending(f"deadline.{deadline.id}", deadline.validity, today)
    for fee in kb.fees.values():
        yield from _expired_or_ending(f"fee.{fee.id}", fee.validity, today)


def _expired_or_ending(thing: str, validity: Validity, today: date) -> Iterator[Finding]:
    if validity.end is not None and validity.end < today:
        message = f"it ended on {validity.end.isoformat()} and is not served"
        yield Finding(Severity.WARNING, thing, message, "find the rule that follows, or remove it")
    yield from _ending(thing, validity, today)


def _ending(thing: str, validity: Validity, today: date) -> Iterator[Finding]:
    if validity.end is not None and validity.ends_within(_SOON_DAYS, today):
        message = f"it ends on {validity.end.isoformat()}"
        yield Finding(Severity.WARNING, thing, message, "find out what follows and add it before that day")


def _sources(kb: KnowledgeBase, cited_elsewhere: frozenset[str]) -> Iterator[Finding]:
    cited = cited_sources(kb) | cited_elsewhere
    for source in kb.sources.values():
        thing = f"source.{source.id}"
        if source.id not in cited:
            yield Finding(Severity.NOTICE, thing, "no fact cites this source", "cite it, or remove it")
        elif source.as_of is None:
            yield Finding(Severity.NOTICE, thing, "facts rest on an undated page", "find the day it speaks for")
