"""A changed fact names what it touches; comments and order change nothing."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml

from knowledge.base import KnowledgeBase
from knowledge.checks.approval import (
    Change,
    ChangeKind,
    Touch,
    approval_findings,
    approved_text,
    changes,
    read_approved,
)
from knowledge.checks.digests import digests
from knowledge.checks.finding import Severity
from knowledge.checks.outcomes import JUDGED_BY, Outcomes
from knowledge.errors import KnowledgeError
from knowledge.facts import Confidence, Validity
from knowledge.language import Language
from knowledge.ledger import fact_names
from knowledge.loader import load_knowledge
from knowledge.never_serve import NeverServe
from knowledge.workdays import WorkCalendar
from knowledge.yamlfile import load_yaml
from tests.knowledge.checks.damage import with_answer, with_row, without_row


@pytest.fixture(scope="module")
def approved(kb: KnowledgeBase) -> Mapping[str, str]:
    return digests(kb)


def _later(kb: KnowledgeBase) -> KnowledgeBase:
    rule = kb.special_rules["pk_b3"]
    return with_row(kb, "special_rules", "pk_b3", replace(rule, validity=Validity(end=date(2027, 12, 31))))


def test_every_fact_has_a_mark(kb: KnowledgeBase, approved: Mapping[str, str]) -> None:
    assert set(approved) == set(fact_names(kb))
    assert all(len(mark) == 12 and int(mark, 16) >= 0 for mark in approved.values())
    assert changes(kb, approved) == ()


def _without_one(value: Any) -> Any:
    """The same kind of value with one thing less, or another one."""
    match value:
        case NeverServe(rows):
            return NeverServe(_without_one(rows))
        case WorkCalendar():
            return replace(value, reviewed_through=value.reviewed_through + 1)
        case Confidence():
            return next(other for other in Confidence if other is not value)
        case Mapping():
            return MappingProxyType(dict(list(value.items())[1:]))
        case tuple():
            return value[1:]
        case frozenset():
            return value - {min(value)}
        case _:
            raise AssertionError(f"no way to change {type(value).__name__}")


@pytest.mark.parametrize(
    "table", [item.name for item in fields(KnowledgeBase) if item.name not in {"recognizer", "answers", "classifier"}]
)
def test_whatever_changes_in_the_knowledge_base_is_seen(
    kb: KnowledgeBase, approved: Mapping[str, str], table: str
) -> None:
    changed: dict[str, Any] = {table: _without_one(getattr(kb, table))}
    assert changes(replace(kb, **changed), approved) != ()


def test_the_end_of_a_long_pattern_is_seen(kb: KnowledgeBase, approved: Mapping[str, str]) -> None:
    row = max(kb.never_serve.rows.values(), key=lambda row: len(row.patterns[Language.EN][0].pattern))
    pattern, *others = row.patterns[Language.EN]
    longer = re.compile(f"{pattern.pattern}x", pattern.flags)
    assert str(longer) == str(pattern)  # Python shows the beginning only
    other = replace(row, patterns={**row.patterns, Language.EN: (longer, *others)})
    changed = replace(kb, never_serve=NeverServe({**kb.never_serve.rows, row.id: other}))
    assert changes(changed, approved) == (Change(f"never_serve.{row.id}", ChangeKind.CHANGED),)


def test_the_product_has_a_list_of_approved_facts(kb: KnowledgeBase) -> None:
    approved = read_approved(files("knowledge") / "data")
    assert len(approved) > 500
    assert list(approved) == sorted(approved)


def test_comments_and_order_do_not_matter_and_a_figure_does(tmp_path: Path, approved: Mapping[str, str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(str(files("knowledge") / "data"), data)
    fees = (data / "fees.yaml").read_text("utf-8")
    (data / "fees.yaml").write_text(f"# A remark.\n{fees}# The end.\n", "utf-8")
    content = load_yaml(data / "statements.yaml")
    assert isinstance(content, dict)
    turned = {"statements": {name: _turned(row) for name, row in reversed(content["statements"].items())}}
    assert list(turned["statements"]) != list(content["statements"])
    (data / "statements.yaml").write_text(yaml.safe_dump(turned, allow_unicode=True, sort_keys=False), "utf-8")
    assert changes(load_knowledge(data), approved) == ()

    (data / "fees.yaml").write_text(fees.replace('mrp: "0.5"', 'mrp: "0.6"', 1), "utf-8")
    assert [change.kind for change in changes(load_knowledge(data), approved)] == [ChangeKind.CHANGED]


def _turned(row: dict[str, object]) -> dict[str, object]:
    return dict(reversed(row.items()))


def test_each_fact_that_differs_is_one_warning_that_names_what_it_touches(
    kb: KnowledgeBase, approved: Mapping[str, str]
) -> None:
    host = kb.penalties["host_large"]
    differing = with_row(without_row(_later(kb), "penalties", "host_large"), "penalties", "host_huge", host)
    assert changes(differing, approved) == (
        Change("penalty.host_huge", ChangeKind.NEW),
        Change("penalty.host_large", ChangeKind.GONE),
        Change("special_rule.pk_b3", ChangeKind.CHANGED),
    )
    new, gone, changed = approval_findings(differing, approved)
    assert {finding.severity for finding in (new, gone, changed)} == {Severity.WARNING}
    assert (new.thing, gone.thing) == ("penalty.host_huge", "penalty.host_large")
    assert new.message == "it is new since the facts were approved; answers: none; outcomes: none"
    assert gone.message == "it is gone since the facts were approved; answers: none; outcomes: none"
    assert changed.message.startswith("its row changed since it was approved; answers: evisa.pakistan")
    assert "10_days_by_air: 25 (PK: 25 purposes)" in changed.message
    assert changed.repair == "look at these, then visabot answers approve"


def test_outcomes_are_those_that_rest_on_the_fact(
    kb: KnowledgeBase, outcomes: Mapping[str, tuple[Outcomes, ...]]
) -> None:
    assert list(map(str, outcomes["regime.IN"])) == [
        "10_days_by_air: 25 (IN: 25 purposes)",
        "60_days_by_air: 25 (IN: 25 purposes)",
        "20_days_by_land_twice: 25 (IN: 25 purposes)",
    ]
    assert {fact.partition(".")[0] for fact in outcomes} == JUDGED_BY
    # Paid inside Kazakhstan for papers that no advice asks for.
    assert "fee.duty_single" not in outcomes
    # Visa-free for 30 days: its outcomes without a visa rest on no visa fee, those with one do.
    with_fee = _cells(outcomes, "fee.consular_single")
    assert ("AE", "work") in with_fee
    assert ("AE", "tourism") not in with_fee
    # Of the changes between the editions one kind is about no dispute.
    assert {("BD", "tourism"), ("NG", "work")} <= _cells(outcomes, "evisa_difference.2026_removed")
    assert "evisa_difference.2026_added" not in outcomes
    assert {country for country, _ in _cells(outcomes, "regime_note.smaller_limit_disputed")} < kb.regimes.keys()
    assert ("IN", "work") in _cells(outcomes, "document_list.general") & _cells(outcomes, "days_off.calendar")
    assert ("IN", "work") in _cells(outcomes, "source.rules_2026")
    assert ("KZ", "tourism") not in _cells(outcomes, "days_off.calendar")
    petition = {country for table in outcomes["petition.countries"] for country, _ in table.cells}
    assert petition <= kb.petition_countries


def _cells(outcomes: Mapping[str, tuple[Outcomes, ...]], fact: str) -> set[tuple[str, str]]:
    return {cell for table in outcomes[fact] for cell in table.cells}


def test_the_answers_of_a_fact_are_those_that_name_or_link_it(kb: KnowledgeBase) -> None:
    touch = Touch(kb)
    assert touch.answers("special_rule.pk_b3") == ("evisa.pakistan",)
    assert "us.bond" in touch.answers("contact.us_bond_list")
    assert touch.answers("penalty.host_large") == ()
    # A source of facts that they rest on, and one that an answer names itself.
    assert touch.answers("source.offences_code") == ("arrival.notification", "entry.stay-limits", "entry.which-visa")
    alone = with_answer(kb, "us.fee", facts=(), parts=(), sources=("fingerprint_law",))
    assert "us.fee" not in touch.answers("source.fingerprint_law")
    assert "us.fee" in Touch(alone).answers("source.fingerprint_law")


def test_the_file_is_read_as_written_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "approved_facts.json"
    with pytest.raises(KnowledgeError, match=r"approved_facts\.json"):
        read_approved(tmp_path)
    file.write_text(approved_text({"fee.b": "2", "fee.a": "1"}), "utf-8")
    assert list(read_approved(tmp_path)) == ["fee.a", "fee.b"]
    assert file.read_text("utf-8").count("\n") == 4
    for broken in ("[", "[]", json.dumps({"fee.a": 1})):
        file.write_text(broken, "utf-8")
        with pytest.raises(KnowledgeError, match=r"approved_facts\.json"):
            read_approved(tmp_path)
