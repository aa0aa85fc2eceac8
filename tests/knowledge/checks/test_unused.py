"""Every fact is used or listed with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.checks.outcomes import Outcomes
from knowledge.checks.unused import read_unused, unused_findings
from knowledge.checks.upkeep import Upkeep
from knowledge.checks.uses import policy_uses, unused_facts
from knowledge.errors import KnowledgeError
from tests.knowledge.checks.damage import with_row


def test_the_product_lists_what_it_does_not_use(kb: KnowledgeBase, upkeep: Upkeep, shown: frozenset[str]) -> None:
    assert list(unused_findings(kb, upkeep.unused, shown)) == []
    assert all(len(reason) > 10 for reason in upkeep.unused.values())


def test_a_new_statement_that_nobody_uses_lists_or_shows(
    kb: KnowledgeBase, upkeep: Upkeep, shown: frozenset[str]
) -> None:
    more, spare = kb, kb.statements["visa_form"]
    for name in ("spare", "listed", "shown"):
        more = with_row(more, "statements", name, replace(spare, id=name))
    more = with_row(more, "statements", "staff", replace(spare, id="staff", served=False, why_not="for staff"))
    listed = {**upkeep.unused, "statement.listed": "a spare one"}
    assert list(unused_findings(more, listed, shown | {"statement.shown"})) == [
        Finding(
            Severity.ERROR,
            "statement.spare",
            "no answer, no rule of the policy and no screen uses this fact",
            "use it, or list it in unused_facts.yaml with the reason",
        )
    ]


def test_rows_of_the_list_that_are_wrong(kb: KnowledgeBase, upkeep: Upkeep, shown: frozenset[str]) -> None:
    listed = {**upkeep.unused, "fee.duty_single": "told by an answer", "fee.toll": "no such thing"}
    assert [(f.severity, f.thing, f.message) for f in unused_findings(kb, listed, shown)] == [
        (Severity.ERROR, "fee.duty_single", "unused_facts.yaml: the fact is used"),
        (Severity.ERROR, "fee.toll", "unused_facts.yaml: there is no such fact"),
    ]


def test_what_only_the_policy_uses_is_used(kb: KnowledgeBase) -> None:
    used = policy_uses(kb)
    # By long visa-free stays; until the end of June 2026; by passports with a disputed stay; by a date of the timeline.
    assert {
        "special_rule.p17_business_extension",
        "special_rule.residence_permit_for_longer_stay",
        "conflict.azerbaijan_stay",
        "statement.us_ds160_deadline",
        "fee.evisa_2020_multiple",
    } <= used
    assert not {"special_rule.diplomatic_treaty", "statement.visa_form", "penalty.host_large"} & used


@pytest.fixture(scope="module")
def unused(kb: KnowledgeBase) -> frozenset[str]:
    return frozenset(unused_facts(kb, ()))


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("categories", "B12"),
        ("documents", "passport"),
        ("deadlines", "visa_issue"),
        ("special_rules", "evisa_air_only"),
        ("groups", "eaeu"),
        ("regime_notes", "british_territory"),
        ("domains", "gov.kz"),
    ],
)
def test_a_copy_that_nothing_leads_to_is_unused(
    kb: KnowledgeBase, unused: frozenset[str], table: str, model: str
) -> None:
    row = getattr(kb, table)[model]
    if table == "special_rules":
        row = replace(row, id="spare")  # of the e-visa, as those that the check of a passport cites
    (name,) = set(unused_facts(with_row(kb, table, "spare", row), ())) - unused
    assert name.endswith(".spare")


def test_what_nothing_reads_is_unused_in_every_family_that_is_measured(unused: frozenset[str]) -> None:
    assert {"category.C11", "mrp.2025", "document.no_business_ban", "statement.intake_waiting"} <= unused
    assert not {"category.B3", "mrp.2026", "document.passport", "document_list.general", "evisa_list.2020"} & unused


def test_one_passport_of_each_kind_stands_for_all(
    kb: KnowledgeBase, outcomes: Mapping[str, tuple[Outcomes, ...]]
) -> None:
    used = policy_uses(kb)
    assert {fact for fact in outcomes if fact not in used and not fact.startswith(("regime.", "source."))} == set()


@pytest.mark.parametrize("text", ["unused: {fee: x}", "unused: {fee.x: 5}", "listed: {}", "unused: ["])
def test_a_broken_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "unused_facts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"unused_facts\.yaml"):
        read_unused(tmp_path)
