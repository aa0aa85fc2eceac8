"""Every fact under one name, such as `fee.duty_single`, with what an answer needs of it: figures, dates, proof."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from knowledge import records
from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaDifference
from knowledge.figures import FactRecord

__all__ = ["fact_names", "fact_record", "fact_rows"]

T = TypeVar("T")


def fact_record(kb: KnowledgeBase, name: str, day: date) -> FactRecord | None:
    """The fact `name` as it stands on `day`; None when there is no such fact."""
    family, _, id_ = name.partition(".")
    known = _FAMILIES.get(family)
    return None if known is None else known.read(kb, id_, day)


def fact_names(kb: KnowledgeBase) -> Iterator[str]:
    """The names of all facts, family by family."""
    for family, rows in fact_rows(kb).items():
        yield from (f"{family}.{id_}" for id_ in rows)


def fact_rows(kb: KnowledgeBase) -> Mapping[str, Mapping[str, object]]:
    """The loaded rows of each family by id. Where a family is a table of the knowledge base, it is that very table."""
    return {name: family.rows(kb) for name, family in _FAMILIES.items()}


@dataclass(frozen=True, slots=True)
class _Family:
    """The facts of one kind: their rows by id, and how one of them is read."""

    rows: Callable[[KnowledgeBase], Mapping[str, object]]
    read: Callable[[KnowledgeBase, str, date], FactRecord | None]


def _family(
    name: str, rows: Callable[[KnowledgeBase], Mapping[str, T]], record: Callable[[str, T, date], FactRecord]
) -> tuple[str, _Family]:
    """A family whose rows say everything about their facts."""

    def read(kb: KnowledgeBase, id_: str, day: date) -> FactRecord | None:
        row = rows(kb).get(id_)
        return None if row is None else record(f"{name}.{id_}", row, day)

    return name, _Family(rows, read)


def _resting(
    name: str,
    rows: Callable[[KnowledgeBase], Mapping[str, object]],
    record: Callable[[str, KnowledgeBase, str], FactRecord],
) -> tuple[str, _Family]:
    """A family whose proof stands elsewhere in the knowledge base."""

    def read(kb: KnowledgeBase, id_: str, _day: date) -> FactRecord | None:
        return record(f"{name}.{id_}", kb, id_) if id_ in rows(kb) else None

    return name, _Family(rows, read)


def _differences(kb: KnowledgeBase) -> Mapping[str, tuple[EvisaDifference, ...]]:
    """Several rows may tell of one kind of change, where it is surer for some passports than for others."""
    found: dict[str, tuple[EvisaDifference, ...]] = {}
    for row in kb.evisa_differences:
        found[row.name] = (*found.get(row.name, ()), row)
    return found


def _petition(kb: KnowledgeBase) -> Mapping[str, object]:
    row = (kb.petition_countries, kb.petition_categories, kb.petition_sources, kb.petition_confidence)
    return {"countries": row}


def _petition_record(name: str, kb: KnowledgeBase, _id: str) -> FactRecord:
    return FactRecord(name, kb.petition_sources, kb.petition_confidence, figures={"count": len(kb.petition_countries)})


def _document_lists(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    return {"general": kb.general_documents, "invitation": kb.invitation_documents}


def _document_list_record(name: str, kb: KnowledgeBase, id_: str) -> FactRecord:
    listed = _document_lists(kb)[id_]
    return records.put_together(name, [kb.documents[document] for document in listed], {"count": len(listed)})


def _regime_note_record(name: str, kb: KnowledgeBase, id_: str) -> FactRecord:
    """A note is as true as the rules that name it."""
    rules = [rule for of_passport in kb.regimes.values() for rule in of_passport if id_ in rule.notes]
    return records.put_together(name, rules, dict(kb.regime_notes[id_]))


def _days_off(kb: KnowledgeBase) -> Mapping[str, object]:
    calendar = kb.calendar
    return {"calendar": (calendar.reviewed_through, calendar.moved, calendar.sources, calendar.confidence)}


def _days_off_record(name: str, kb: KnowledgeBase, _id: str) -> FactRecord:
    return records.put_together(name, [kb.calendar], {"reviewed_through": kb.calendar.reviewed_through})


_FAMILIES: Mapping[str, _Family] = MappingProxyType(
    dict(
        (
            _family("regime", lambda kb: kb.regimes, records.regime),
            _family("special_rule", lambda kb: kb.special_rules, records.special_rule),
            _family("category", lambda kb: kb.categories, records.category),
            _family("fee", lambda kb: kb.fees, records.fee),
            _family("mrp", lambda kb: {str(year): rate for year, rate in kb.mrp.items()}, records.mrp),
            _family("deadline", lambda kb: kb.deadlines, records.deadline),
            _family("document", lambda kb: kb.documents, records.plain),
            _family("conflict", lambda kb: kb.conflicts, records.conflict),
            _family("contact", lambda kb: kb.contacts, records.contact),
            _family("statement", lambda kb: kb.statements, records.statement),
            _family("penalty", lambda kb: kb.penalties, records.penalty),
            _family("refusal", lambda kb: kb.refusal_grounds, records.plain),
            _family("exemption", lambda kb: kb.fee_exemptions, records.plain),
            _family("invitation_field", lambda kb: kb.invitation_fields, records.plain),
            _family("invitation_stage", lambda kb: {row.id: row for row in kb.invitation_stages}, records.proven),
            _family("evisa_list", lambda kb: {row.name: row for row in kb.evisa_editions}, records.evisa_list),
            _family("evisa_difference", _differences, records.evisa_difference),
            _resting("petition", _petition, _petition_record),
            _family("group", lambda kb: kb.groups, records.proven),
            _resting("regime_note", lambda kb: kb.regime_notes, _regime_note_record),
            _resting("document_list", _document_lists, _document_list_record),
            _resting("days_off", _days_off, _days_off_record),
            _family("domain", lambda kb: kb.domains, records.domain),
            _family("never_serve", lambda kb: kb.never_serve.rows, records.never_serve),
            _family("source", lambda kb: kb.sources, records.source),
        )
    )
)
