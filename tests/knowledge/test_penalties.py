"""Fines for breaches of the rules of stay, compared with what the code is known to say."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.ledger import fact_record
from knowledge.loader import load_knowledge
from knowledge.penalties import Consequence, Edition, HostKind, Offence

_KB = load_knowledge()
_DAY = date(2026, 11, 28)


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def test_the_bands_of_an_overstay_meet(kb: KnowledgeBase) -> None:
    rows = [row for row in kb.penalties.values() if row.offence is Offence.OVERSTAY]

    assert [(row.from_days, row.to_days, row.mrp, row.consequences) for row in rows] == [
        (None, 3, None, (Consequence.WARNING,)),
        (3, 5, 10, ()),
        (5, 10, 15, ()),
        (10, None, 25, (Consequence.EXPULSION,)),
    ]


def test_a_host_who_did_not_report_a_guest(kb: KnowledgeBase) -> None:
    rows = [row for row in kb.penalties.values() if row.offence is Offence.HOST_DID_NOT_NOTIFY]
    fines = {(row.host, row.repeat_within_years): row.mrp for row in rows}

    assert len(rows) == 8
    assert fines == {
        (HostKind.INDIVIDUAL, None): None,
        (HostKind.SMALL, None): 10,
        (HostKind.MEDIUM, None): 15,
        (HostKind.LARGE, None): 20,
        (HostKind.INDIVIDUAL, 1): 30,
        (HostKind.SMALL, 1): 40,
        (HostKind.MEDIUM, 1): 70,
        (HostKind.LARGE, 1): 100,
    }
    assert [row.id for row in rows if row.consequences] == ["host_individual"]


def test_activity_that_the_visa_is_not_for(kb: KnowledgeBase) -> None:
    row = kb.penalties["activity_not_of_the_visa"]

    assert row.mrp == 25
    assert row.arrest_days == 10
    assert row.consequences == (Consequence.ARREST, Consequence.EXPULSION)


def test_a_fine_of_an_unclear_edition_is_doubted_in_words(kb: KnowledgeBase) -> None:
    assert {row.edition for row in kb.penalties.values()} == {Edition.UNCLEAR}
    row = kb.penalties["overstay_longer"]
    read = replace(kb, penalties={row.id: row, "read": replace(row, id="read", edition=Edition.CURRENT)})
    doubts = {name: record.doubt for name in read.penalties if (record := fact_record(read, f"penalty.{name}", _DAY))}

    assert doubts == {row.id: "statement.unknown_code_edition", "read": None}
    assert "unknown_code_edition" in kb.statements
