"""Which facts stand behind an advice: those it looked up on the way, and those it names in the end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.checks.situations import ARRIVAL, ASKED, SITUATIONS
from knowledge.checks.trace import traced
from knowledge.deadlines import Deadline
from knowledge.policy import advise
from knowledge.trip import Trip

__all__ = ["JUDGED_BY", "Outcomes", "facts_behind", "named_by_deadlines", "outcomes_by_fact"]

JUDGED_BY = frozenset(
    {
        "regime",
        "special_rule",
        "category",
        "fee",
        "mrp",
        "deadline",
        "document",
        "document_list",
        "conflict",
        "evisa_list",
        "evisa_difference",
        "petition",
        "group",
        "regime_note",
        "days_off",
        "source",
    }
)
"""Families of facts that an advice can rest on; no outcome rests on any other."""

_OWN_PETITION = frozenset({"own_petition_allowed", "petition_at_mission"})
_MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Cells of one reviewed table (`outcomes_<name>.tsv`): passport and purpose, in the order of the table."""

    table: str
    cells: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """The table, how many of its cells, and which passports and purposes, in short."""
        passports, purposes = {country for country, _ in self.cells}, {purpose for _, purpose in self.cells}
        return f"{self.table}: {len(self.cells)} ({_few(passports, 'passports')}: {_few(purposes, 'purposes')})"


def outcomes_by_fact(kb: KnowledgeBase) -> Mapping[str, tuple[Outcomes, ...]]:
    """For each fact the outcomes of the reviewed tables that rest on it, by its name in the ledger."""
    found: dict[str, list[Outcomes]] = {}
    for situation in SITUATIONS:
        cells: dict[str, list[tuple[str, str]]] = {}
        trips = [trip for country in sorted(kb.regimes) for trip in situation.trips(country)]
        for trip, facts in facts_behind(kb, trips, ASKED):
            for fact in facts:
                cells.setdefault(fact, []).append((trip.citizenship, trip.purpose.value))
        for fact, of_fact in cells.items():
            found.setdefault(fact, []).append(Outcomes(situation.name, tuple(of_fact)))
    return {fact: tuple(tables) for fact, tables in found.items()}


def facts_behind(
    kb: KnowledgeBase, trips: Iterable[Trip], asked: date | None = None
) -> Iterator[tuple[Trip, frozenset[str]]]:
    """Each trip with the facts that its advice rests on. It is judged on `asked`, or on the day of its arrival."""
    watched, noted = traced(kb)
    for trip in trips:
        noted.clear()
        advice = advise(watched, trip, asked or trip.arrival or ARRIVAL)
        yield trip, frozenset(noted | set(_named(kb, advice)))


def named_by_deadlines(kb: KnowledgeBase, deadlines: Iterable[Deadline]) -> Iterator[str]:
    """The facts whose terms the days are: a deadline rule, a penalty or a statement; the days off behind the count."""
    for deadline in deadlines:
        for family, rows in (("deadline", kb.deadlines), ("penalty", kb.penalties), ("statement", kb.statements)):
            if deadline.rule in rows:
                yield f"{family}.{deadline.rule}"
        rule = kb.deadlines.get(deadline.rule)
        if rule is not None and rule.working_days is not None:
            yield "days_off.calendar"


def _named(kb: KnowledgeBase, advice: Advice) -> Iterator[str]:
    yield from (f"conflict.{conflict}" for conflict in advice.conflicts)
    yield from (f"evisa_difference.{row.name}" for row in kb.evisa_differences if row.conflict in advice.conflicts)
    yield from (f"regime_note.{note}" for note in advice.notes)
    yield from named_by_deadlines(kb, advice.deadlines)
    if set(advice.documents) & set(kb.general_documents):
        yield "document_list.general"
    for fee in advice.fees:
        if fee.mrp is not None and fee.validity.start is not None:
            yield f"mrp.{fee.validity.start.year}"
    cited = {source.id for source in advice.sources}
    for edition in kb.evisa_editions:
        if edition.source in cited:
            yield f"evisa_list.{edition.name}"
    said = {reason.id for reason in advice.path} | {way.condition for way in advice.alternatives}
    if said & _OWN_PETITION:
        yield "petition.countries"


def _few(names: set[str], many: str) -> str:
    return ", ".join(sorted(names)) if len(names) <= _MOST_NAMED else f"{len(names)} {many}"
