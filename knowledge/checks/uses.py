"""Who uses a fact: the answers that name it, the policy that judges trips by it, the screens that show it."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.checks.outcomes import facts_behind, named_by_deadlines
from knowledge.checks.situations import ARRIVAL, SITUATIONS, Situation
from knowledge.checks.trace import traced
from knowledge.contacts import ContactKind
from knowledge.domains import is_official
from knowledge.ledger import fact_names, fact_record
from knowledge.policy.evisa_check import check_evisa
from knowledge.timeline import Arrival, Events, Way, timeline

__all__ = ["answers_by_fact", "policy_uses", "unused_facts"]

_READ_AS_A_WHOLE = frozenset({"regime", "never_serve", "source"})
"""Families that are not measured row by row: any passport may be asked about (few are tried, one of each kind), every
text is held against all claims that must never be made, and what nobody cites `knowledge.checks.sources` names."""


def unused_facts(kb: KnowledgeBase, shown: Collection[str]) -> tuple[str, ...]:
    """The facts that nothing rests on. `shown` are those that screens look up themselves.

    Statements that travellers are never told say in their row why they are kept.
    """
    told = answers_by_fact(kb)
    silent = {f"statement.{statement.id}" for statement in kb.statements.values() if not statement.served}
    open_ = [
        name
        for name in fact_names(kb)
        if name.partition(".")[0] not in _READ_AS_A_WHOLE
        and name not in told
        and name not in silent
        and name not in shown
    ]
    judged = policy_uses(kb) if open_ else frozenset()
    return tuple(name for name in open_ if name not in judged)


def answers_by_fact(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """For each fact the answers that name it; of contacts those that link them, of sources those that rest on them."""
    found: dict[str, dict[str, None]] = {}
    for answer in kb.answers.values():
        names = [*answer.named_facts, *(f"contact.{link}" for link in answer.links)]
        names += (f"source.{source}" for source in _sources_of(kb, answer))
        for name in names:
            found.setdefault(name, {})[answer.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def _sources_of(kb: KnowledgeBase, answer: Answer) -> Iterator[str]:
    yield from answer.sources
    for name in answer.named_facts:
        record = fact_record(kb, name, answer.as_of)
        yield from () if record is None else record.sources


def policy_uses(kb: KnowledgeBase) -> frozenset[str]:
    """The facts that some trip, e-visa check or timeline rests on, now or while a dated rule holds."""
    passports = _kinds_of_passports(kb)
    trips = [
        trip for situation, day in _occasions(kb) for country in passports for trip in situation.trips(country, day)
    ]
    used = {fact for _, facts in facts_behind(kb, trips) for fact in facts}
    return frozenset(used | set(_checked(kb, passports)) | set(_timed(kb)) | set(_linked(kb)))


def _occasions(kb: KnowledgeBase) -> Iterator[tuple[Situation, date]]:
    """The reviewed trips; for each rule that has ended since, the long ones, on its last day."""
    yield from ((situation, ARRIVAL) for situation in SITUATIONS)
    ends = {rule.validity.end for rule in kb.special_rules.values() if rule.validity.end is not None}
    longest = max(SITUATIONS, key=lambda situation: situation.days)
    yield from ((longest, end) for end in sorted(ends) if end < ARRIVAL)


def _kinds_of_passports(kb: KnowledgeBase) -> tuple[str, ...]:
    """One passport of each kind that the policy tells apart."""
    kinds: dict[Hashable, str] = {}
    for country, rules in kb.regimes.items():
        kind = (
            tuple(replace(rule, country="") for rule in rules),
            tuple(edition.names(country) for edition in kb.evisa_editions),
            dict(kb.evisa_editions[-1].limited).get(country),
            tuple(country in difference.countries for difference in kb.evisa_differences),
            tuple(country in rule.countries for rule in kb.special_rules.values()),
            tuple(country in group for group in kb.groups.values()),
            country in kb.petition_countries,
        )
        kinds.setdefault(kind, country)
    return tuple(kinds.values())


def _checked(kb: KnowledgeBase, passports: Collection[str]) -> Iterator[str]:
    """What the check of a passport for the e-visa rests on."""
    watched, noted = traced(kb)
    for country in passports:
        check = check_evisa(watched, country, ARRIVAL)
        yield from (f"conflict.{conflict}" for conflict in check.conflicts)
    yield from noted


def _timed(kb: KnowledgeBase) -> Iterator[str]:
    """What the days of a visa matter rest on."""
    watched, noted = traced(kb)
    known = Events(
        Arrival(ARRIVAL, 20, Way.VISA, invitation=True),
        invitation_sent=ARRIVAL,
        papers_complete=ARRIVAL,
        visa_until=ARRIVAL,
        address_changed=ARRIVAL,
        us_interview=ARRIVAL,
    )
    yield from named_by_deadlines(kb, timeline(watched, known, ARRIVAL))
    yield from noted


def _linked(kb: KnowledgeBase) -> Iterator[str]:
    """The domains on which contacts and sources lie, so that they become links."""
    addresses = [contact.value for contact in kb.contacts.values() if contact.kind is ContactKind.WEB]
    addresses += [source.url for source in kb.sources.values() if source.url is not None]
    for name in kb.domains:
        if any(is_official(address, (name,)) for address in addresses):
            yield f"domain.{name}"
