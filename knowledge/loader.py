"""Loads everything the assistant knows, or says everything that is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from knowledge import reading, rule_reading
from knowledge.answer import Answer
from knowledge.answer_files import answer_problems, read_answer_files
from knowledge.asking.classifier import Classifier
from knowledge.base import KnowledgeBase
from knowledge.categories import Entries
from knowledge.consistency import consistency_problems
from knowledge.errors import KnowledgeError
from knowledge.facts import Confidence
from knowledge.fees import FeePlace
from knowledge.never_serve import NeverServe
from knowledge.recognition import CountryRecognizer
from knowledge.references import reference_problems
from knowledge.tables import NAME_TABLES, TABLES, Table, read_file, read_table

__all__ = ["load_knowledge"]

T = TypeVar("T")
_STATEMENTS = ("statements", "us_visa")


def load_knowledge(directory: Traversable | None = None, answers: Traversable | None = None) -> KnowledgeBase:
    """Read, check and build the facts from `directory` and the answers from `answers`; by default the product's.

    Facts from another directory come without answers, unless those are named too. The product's own are read once:
    they cannot be changed.

    Raises KnowledgeError that lists every problem of every file: text that is not YAML or has a key twice, rows that
    do not fit their schema, ids that do not exist, dated rules that overlap or leave a gap, counts that do not agree.
    """
    if directory is None and answers is None:
        return _product()
    return _read(directory or _home() / "data", answers)


@cache
def _product() -> KnowledgeBase:
    return _read(_home() / "data", _home() / "answers")


def _home() -> Traversable:
    return files("knowledge")


def _read(root: Traversable, home: Traversable | None) -> KnowledgeBase:
    tables = {name: read_table(root, name) for name in TABLES}
    names = {name: read_table(root, name) for name in NAME_TABLES}
    meanings = read_file(_home() / "asking" / "concepts.yaml", "asking/concepts.yaml", "concepts")
    problems = [problem for table in (*tables.values(), *names.values(), meanings) for problem in table.problems]
    problems.extend(reference_problems(tables, names["countries"].rows("countries").keys()))
    sound = {name: table for name, table in tables.items() if not table.problems}
    problems.extend(consistency_problems(sound))
    vetted: Mapping[str, Answer] = MappingProxyType({})
    if home is not None:
        vetted, defects = read_answer_files(home)
        problems.extend(defects)
    if problems:
        raise KnowledgeError(problems)
    kb = _built(tables, CountryRecognizer.from_data(root), vetted)
    problems.extend(answer_problems(vetted, kb))
    if problems:
        raise KnowledgeError(problems)
    return kb


def _built(tables: Mapping[str, Table], recognizer: CountryRecognizer, answers: Mapping[str, Answer]) -> KnowledgeBase:
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
        groups=_rows(tables["groups"], "groups", reading.group),
        regime_notes=_rows(tables["regime_notes"], "notes", lambda _name, row: MappingProxyType(row)),
        domains=_rows(tables["domains"], "domains", reading.domain),
        statements=_joined(_rows(tables[name], "statements", rule_reading.statement) for name in _STATEMENTS),
        penalties=_rows(tables["penalties"], "penalties", rule_reading.penalty),
        refusal_grounds=_rows(tables["refusal_grounds"], "refusal_grounds", rule_reading.refusal_ground),
        invitation_fields=_rows(tables["invitation"], "fields", rule_reading.invitation_field),
        invitation_stages=tuple(_rows(tables["invitation"], "stages", rule_reading.invitation_stage).values()),
        fee_exemptions=_joined(
            _rows(tables["fee_exemptions"], place, partial(rule_reading.exemption, place=place))
            for place in (FeePlace.INSIDE, FeePlace.MISSION)
        ),
        never_serve=NeverServe(_rows(tables["never_serve"], "never_serve", rule_reading.never_served)),
        answers=answers,
        classifier=Classifier.read(files("knowledge") / "asking" / "model.npz"),
        calendar=reading.calendar(tables["days_off"].content),
    )


def _rows(table: Table, name: str, read: Callable[[str, Any], T]) -> Mapping[str, T]:
    return MappingProxyType({key: read(key, row) for key, row in table.rows(name).items()})


def _joined(tables: Iterable[Mapping[str, T]]) -> Mapping[str, T]:
    return MappingProxyType({key: row for table in tables for key, row in table.items()})
