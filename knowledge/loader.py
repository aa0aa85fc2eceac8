"""Loads everything the assistant knows, or says everything that is wrong with it."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from knowledge import reading
from knowledge.base import KnowledgeBase
from knowledge.categories import Entries
from knowledge.consistency import consistency_problems
from knowledge.errors import KnowledgeError
from knowledge.facts import Confidence
from knowledge.recognition import CountryRecognizer
from knowledge.references import reference_problems
from knowledge.tables import NAME_TABLES, TABLES, Table, read_table

__all__ = ["load_knowledge"]

T = TypeVar("T")


def load_knowledge(directory: Traversable | None = None) -> KnowledgeBase:
    """Read, check and build the facts from `directory`, by default those of the product.

    Raises KnowledgeError that lists every problem of every file: text that is not YAML or has a key twice, rows that
    do not fit their schema, ids that do not exist, dated rules that overlap or leave a gap, counts that do not agree.
    """
    root = directory if directory is not None else files("knowledge") / "data"
    tables = {name: read_table(root, name) for name in TABLES}
    names = {name: read_table(root, name) for name in NAME_TABLES}
    problems = [problem for table in (*tables.values(), *names.values()) for problem in table.problems]
    problems.extend(reference_problems(tables, names["countries"].rows("countries").keys()))
    sound = {name: table for name, table in tables.items() if not table.problems}
    problems.extend(consistency_problems(sound))
    if problems:
        raise KnowledgeError(problems)
    return _built(tables, CountryRecognizer.from_data(root))


def _built(tables: Mapping[str, Table], recognizer: CountryRecognizer) -> KnowledgeBase:
    deadlines = _rows(tables["deadlines"], "deadlines", reading.deadline)
    rates = {rate.year: rate for rate in _rows(tables["fees"], "mrp", reading.mrp_rate).values()}
    petition = tables["petition"].rows("petition")
    lists, documents = tables["evisa_lists"].content, tables["documents"].content
    return KnowledgeBase(
        recognizer=recognizer,
        sources=_rows(tables["sources"], "sources", reading.source),
        regimes=_rows(tables["entry_regimes"], "regimes", reading.regimes),
        special_rules=_rows(tables["special_rules"], "special_rules", reading.special_rule),
        evisa_editions=tuple(reading.edition(row) for row in lists["editions"]),
        evisa_differences=tuple(reading.difference(row) for row in lists["differences"]),
        categories=_rows(
            tables["visa_categories"], "categories", lambda code, row: reading.category(code, row, deadlines)
        ),
        fees=_rows(tables["fees"], "fees", lambda name, row: reading.fee(name, row, rates)),
        mrp=MappingProxyType(rates),
        petition_countries=frozenset(petition["countries"]),
        petition_categories=frozenset((code, entries.value) for entries in Entries for code in petition[entries.value]),
        petition_sources=tuple(petition["sources"]),
        petition_confidence=Confidence(petition["confidence"]),
        general_documents=tuple(documents["general"]),
        invitation_documents=tuple(documents["invitation"]),
        documents=_rows(tables["documents"], "documents", reading.document),
        deadlines=deadlines,
        conflicts=_rows(tables["conflicts"], "conflicts", reading.conflict),
        contacts=_rows(tables["contacts"], "contacts", reading.contact),
        groups=_rows(tables["groups"], "groups", lambda _name, row: frozenset(row["countries"])),
        regime_notes=_rows(tables["regime_notes"], "notes", lambda _name, row: MappingProxyType(row)),
    )


def _rows(table: Table, name: str, read: Callable[[str, Any], T]) -> Mapping[str, T]:
    return MappingProxyType({key: read(key, row) for key, row in table.rows(name).items()})
