"""Facts about U.S. visas, compared with what their sources are known to say."""

from datetime import date
from decimal import Decimal

import pytest

from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence
from knowledge.loader import load_knowledge
from knowledge.statements import Statement, StatementStatus

_KB = load_knowledge()


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def _us(kb: KnowledgeBase) -> dict[str, Statement]:
    return {name: row for name, row in kb.statements.items() if name.startswith("us_")}


def test_there_are_53_facts(kb: KnowledgeBase) -> None:
    rows = _us(kb)

    assert len(rows) == 53
    counted = {confidence: sum(row.confidence is confidence for row in rows.values()) for confidence in Confidence}
    assert counted == {Confidence.HIGH: 32, Confidence.MEDIUM: 8, Confidence.LOW: 13}


def test_figures(kb: KnowledgeBase) -> None:
    assert {name: dict(row.figures) for name, row in _us(kb).items() if row.figures} == {
        "us_ds160_deadline": {"business_days": 3, "hour": 17},
        "us_fee_mrv": {"b_usd": 185, "petition_usd": 205, "treaty_usd": 315},
        "us_fee_validity": {"days": 365},
        "us_fee_vif": {"min_usd": 250},
        "us_waiver_rule": {"child_age": 14, "senior_age": 79, "renewal_months": 12, "min_age": 18},
        "us_bond_rule": {"lowest_usd": 5000, "middle_usd": 10000, "highest_usd": 15000},
        "us_bond_kz": {"listed": 38},
        "us_bond_terms": {"visa_months": 3, "stay_days": 30},
        "us_recip_b10": {"years": 10, "years_before": 5},
        "us_recip_cuts2025": {"months": 3, "countries_cut": 50},
        "us_iv_pause": {"paused": 75},
        "us_social_list": {"years": 5},
        "us_social_public_more": {"more_classes": 14},
        "us_fji_fixed": {"years": 4},
        "us_ban": {"listed": 39},
        "us_bots": {"cancelled": 2000},
        "us_stat_refusal": {
            "percent_2024": Decimal("46.29"),
            "percent_2023": Decimal("41.93"),
            "percent_2022": Decimal("44.02"),
            "percent_2021": Decimal("43.29"),
            "percent_2020": Decimal("47.34"),
        },
    }


def test_what_is_not_told_to_travellers(kb: KnowledgeBase) -> None:
    assert {name for name, row in _us(kb).items() if not row.served} == {
        "us_fee_kzt",
        "us_waiver_stale",
        "us_place_nonresident",
        "us_place_wait",
        "us_place_shutdown",
        "us_docs_points",
        "us_docs_points_old",
        "us_recip_other",
        "us_iv_post",
        "us_stat_refusal",
        "us_vendor_risk",
    }


def test_what_is_not_known(kb: KnowledgeBase) -> None:
    unknown = {name: row.served for name, row in _us(kb).items() if row.status is StatementStatus.UNKNOWN}

    assert unknown == {
        "us_fee_kzt": False,
        "us_fee_vif_status": True,
        "us_place_wait": False,
        "us_docs_points": False,
        "us_bond_after": True,
        "us_recip_other": False,
        "us_iv_status": True,
    }


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("us_system_switch", date(2024, 6, 10), None),
        ("us_ds160_deadline", date(2025, 5, 2), None),
        ("us_fee_mrv", date(2023, 6, 17), None),
        ("us_fee_vif", date(2025, 7, 4), None),
        ("us_waiver_rule", date(2025, 10, 1), None),
        ("us_place_residence", date(2025, 9, 6), None),
        ("us_bond_rule", date(2025, 8, 20), date(2026, 8, 5)),
        ("us_recip_b10", date(2016, 12, 29), None),
        ("us_iv_pause", date(2026, 1, 21), None),
        ("us_fji_fixed", date(2026, 9, 15), None),
    ],
)
def test_dates(kb: KnowledgeBase, name: str, first: date, last: date | None) -> None:
    assert (kb.statements[name].validity.start, kb.statements[name].validity.end) == (first, last)


@pytest.mark.parametrize(
    ("name", "days"),
    [("us_system_url", 7), ("us_fee_mrv", 14), ("us_bond_after", 7), ("us_iv_pause", 7), ("us_system_switch", 180)],
)
def test_how_long_a_fact_may_be_told(kb: KnowledgeBase, name: str, days: int) -> None:
    assert kb.statements[name].recheck_days == days


def test_every_fact_must_be_looked_at_again(kb: KnowledgeBase) -> None:
    assert all(row.recheck_days for row in _us(kb).values())


def test_official_addresses(kb: KnowledgeBase) -> None:
    assert {name: contact.value for name, contact in kb.contacts.items() if name.startswith("us_")} == {
        "us_appointments": "https://ais.usvisa-info.com/en-kz/niv",
        "us_support": "https://ais.usvisa-info.com/en-kz/niv/information/contact_us",
        "us_ds160": "https://ceac.state.gov/genniv",
        "us_visa_news": "https://travel.state.gov/content/travel/en/News/visas-news.html",
        "us_bond_list": (
            "https://travel.state.gov/content/travel/en/News/visas-news/countries-subject-to-visa-bonds.html"
        ),
        "us_i94": "https://i94.cbp.dhs.gov",
        "us_embassy": "https://kz.usembassy.gov",
    }
