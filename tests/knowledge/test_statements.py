"""Single facts about Kazakhstan, compared with what their sources are known to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence, Validity
from knowledge.loader import load_knowledge
from knowledge.statements import Statement, StatementStatus

_KB = load_knowledge()


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def _kazakhstan(kb: KnowledgeBase) -> dict[str, Statement]:
    return {name: row for name, row in kb.statements.items() if not name.startswith("us_")}


def test_figures(kb: KnowledgeBase) -> None:
    figures = {name: {n: int(v) for n, v in row.figures} for name, row in _kazakhstan(kb).items() if row.figures}

    assert figures == {
        "contact_centre_updates": {"working_days": 3},
        "a6_investment": {"usd": 300_000},
        "invitation_number": {"digits": 10},
        "intake_waiting": {"provider_minutes": 30, "corporation_minutes": 15, "service_minutes": 20},
        "security_check_notice": {"working_days": 3},
        "visa_form": {"questions": 27},
        "refusal_hearing": {"notice_working_days": 2, "hearing_working_days": 3},
        "complaint_forwarded": {"working_days": 3},
        "fingerprints_outside_the_law": {"age": 12},
        "fingerprints_stored": {"years": 10},
        "visa_free_countries": {"countries_total": 85, "unilateral": 51, "by_treaty": 34},
        "transit_third_country": {"days": 5},
        "residence_permit_not_for": {"age": 16},
    }


def test_what_was_not_found_is_on_record(kb: KnowledgeBase) -> None:
    unknown = {name for name, row in _kazakhstan(kb).items() if row.status is StatementStatus.UNKNOWN}

    assert unknown == {
        "unknown_consular_fees",
        "unknown_urgency_rate",
        "unknown_invitation_validity",
        "unknown_portal_statuses",
        "unknown_mrp_years",
        "unknown_fingerprint_order",
        "unknown_diplomatic_fingerprints",
        "unknown_code_edition",
        "unknown_newer_editions",
        "unknown_b10_papers",
        "unknown_visa_form_questions",
        "unknown_fee_exemptions_page",
        "unknown_evisa_checkpoints",
        "unknown_evisa_validity",
        "unknown_qazeta_status",
        "unknown_stateless_papers",
        "unknown_dual_nationals",
    }
    assert all(kb.statements[name].confidence is Confidence.LOW for name in unknown)
    assert not any(kb.statements[name].figures for name in unknown)


def test_what_is_for_staff_only(kb: KnowledgeBase) -> None:
    kept = {name: row.why_not for name, row in _kazakhstan(kb).items() if not row.served}

    assert set(kept) == {"transit_third_country", "unknown_fingerprint_order", "unknown_newer_editions"}
    assert all(kept.values())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("no_extra_documents", date(2026, 2, 22)),
        ("sticker_corrections", date(2026, 2, 22)),
        ("aifc_simplified", date(2026, 2, 22)),
        ("digital_monitoring", date(2026, 3, 10)),
        ("registration_refusal", date(2026, 7, 1)),
    ],
)
def test_first_days(kb: KnowledgeBase, name: str, first: date) -> None:
    row = kb.statements[name]

    assert row.is_served_on(first)
    assert not row.is_served_on(date.fromordinal(first.toordinal() - 1))


def test_the_two_starts_of_the_rules_are_told_where_they_are_about_the_start(kb: KnowledgeBase) -> None:
    """The later day is for digital monitoring only; in an answer about stickers the dispute would only confuse."""
    disputed = {name for name, row in kb.statements.items() if row.conflict == "rules_2026_start"}
    assert disputed == {"rules_2026_services", "digital_monitoring"}


def test_figures_stand_in_the_text(kb: KnowledgeBase) -> None:
    assert kb.statements["fingerprints_stored"].statement == "Prints are kept for 10 years"
    assert not [row.id for row in kb.statements.values() if "{" in row.statement or "}" in row.statement]


@pytest.mark.parametrize(
    ("as_of", "days", "due"),
    [
        ("2026-11-21", 7, date(2026, 11, 28)),
        ("2026-01", 14, date(2026, 1, 15)),
        ("2025", 365, date(2026, 1, 1)),
        ("2026-11-21", None, None),
        (None, 30, None),
    ],
)
def test_a_fact_ages_from_the_first_day_it_may_speak_for(as_of: str | None, days: int | None, due: date | None) -> None:
    row = replace(_KB.statements["eds_requests"], as_of=as_of, recheck_days=days)

    assert row.recheck_on() == due


def test_nothing_is_served_outside_its_dates() -> None:
    row = replace(_KB.statements["eds_requests"], validity=Validity(date(2026, 1, 1), date(2026, 1, 31)))

    assert [row.is_served_on(date(2026, *day)) for day in ((1, 1), (1, 31), (2, 1))] == [True, True, False]
    assert not row.is_served_on(date(2025, 12, 31))
    assert not replace(row, served=False).is_served_on(date(2026, 1, 1))


def test_what_rests_on_the_order_alone_is_medium_at_most(kb: KnowledgeBase) -> None:
    resting = [row for row in kb.statements.values() if row.sources == ("rules_2026",)]

    assert len(resting) > 10
    assert {row.confidence for row in resting} == {Confidence.MEDIUM, Confidence.LOW}
    assert kb.statements["visa_form"].figures == (("questions", Decimal(27)),)
