"""Every fact under one name: figures, dates, proof."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence, weakest
from knowledge.figures import Address, FactRecord, Figure, Money, Stamp
from knowledge.ledger import fact_names, fact_record
from knowledge.loader import load_knowledge

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_knowledge()


def fact(kb: KnowledgeBase, name: str, day: date = TODAY) -> FactRecord:
    found = fact_record(kb, name, day)
    assert found is not None
    return found


def test_every_name_has_a_record(kb: KnowledgeBase) -> None:
    names = list(fact_names(kb))
    assert len(names) == len(set(names))
    for name in names:
        assert fact(kb, name).name == name


@pytest.mark.parametrize("name", ["fee.no_such", "no_such.row", "fee", "", "mrp.soon", "petition.others"])
def test_what_does_not_exist_has_none(kb: KnowledgeBase, name: str) -> None:
    assert fact_record(kb, name, TODAY) is None


@pytest.mark.parametrize(
    ("name", "field", "figure"),
    [
        ("fee.evisa_2020_single", "amount", Money(Decimal(60), "USD")),
        ("fee.evisa_2020_single", "as_of", Stamp("2020-09-12")),
        ("fee.duty_single", "mrp", Decimal(7)),
        ("mrp.2026", "kzt", Money(Decimal(4325), "KZT")),
        ("deadline.notify_arrival", "working_days", 3),
        ("deadline.registration_90_day_stay", "valid_from", Stamp("2026-07-01")),
        ("deadline.qazeta", "hours", 72),
        ("special_rule.pk_b3", "valid_until", Stamp("2026-12-31")),
        ("category.B12", "single.max_stay_days", 30),
        ("category.A2", "issue_calendar_days", 30),
        ("document.passport", "blank_pages", Decimal(2)),
        ("contact.portal", "value", Address("portal")),
        ("evisa_list.2020", "count", 109),
        ("petition.countries", "count", 49),
        ("regime.DE", "days", 30),
        ("regime.DE", "window_period", 180),
        ("statement.us_fee_mrv", "b_usd", Decimal(185)),
        ("penalty.overstay_longer", "mrp", Decimal(25)),
        ("regime_note.registration_after_30_days", "days", 30),
        ("document_list.general", "count", 5),
        ("days_off.calendar", "reviewed_through", 2026),
    ],
)
def test_figures(kb: KnowledgeBase, name: str, field: str, figure: Figure) -> None:
    assert fact(kb, name).figures[field] == figure


def test_a_fee_that_is_not_known_has_no_amount(kb: KnowledgeBase) -> None:
    assert "amount" not in fact(kb, "fee.consular_single").figures


def test_a_start_that_is_only_a_month_stays_one(kb: KnowledgeBase) -> None:
    since = {name: fact(kb, name).figures.get("valid_from") for name in _named_by_month(kb)}
    assert since
    assert all(isinstance(stamp, Stamp) and len(stamp.iso) < len("2026-01-01") for stamp in since.values())


def _named_by_month(kb: KnowledgeBase) -> Iterator[str]:
    yield from (f"special_rule.{rule.id}" for rule in kb.special_rules.values() if rule.since is not None)


def test_the_index_of_a_year_holds_for_that_year(kb: KnowledgeBase) -> None:
    validity = fact(kb, "mrp.2026").validity
    assert validity.covers(date(2026, 12, 31))
    assert not validity.covers(date(2027, 1, 1))


def test_a_passport_has_the_rule_of_the_day(kb: KnowledgeBase) -> None:
    before, after = kb.regimes["TR"][0], kb.regimes["TR"][-1]
    assert before.validity.end is not None
    assert fact(kb, "regime.TR", before.validity.end).figures["days"] == before.days
    assert fact(kb, "regime.TR", TODAY).figures["days"] == after.days
    assert before.days != after.days


@pytest.mark.parametrize(
    ("name", "sources", "confidence"),
    [
        ("group.eaeu", ("resolution_148", "abc_2023"), Confidence.HIGH),
        ("domain.egov.kz", ("egov_fee_2020",), Confidence.HIGH),
        ("days_off.calendar", ("holidays_law", "holidays_news_2026"), Confidence.MEDIUM),
        ("source.astanacb", ("astanacb",), Confidence.HIGH),
        ("invitation_stage.local_check", ("law_digest_2026",), Confidence.MEDIUM),
    ],
)
def test_proof(kb: KnowledgeBase, name: str, sources: tuple[str, ...], confidence: Confidence) -> None:
    assert (fact(kb, name).sources, fact(kb, name).confidence) == (sources, confidence)


def test_what_rests_on_other_rows_is_no_surer_than_they_are(kb: KnowledgeBase) -> None:
    note = fact(kb, "regime_note.smaller_limit_disputed")
    rules = [rule for rules in kb.regimes.values() for rule in rules if "smaller_limit_disputed" in rule.notes]
    assert set(note.sources) == {source for rule in rules for source in rule.sources}
    assert note.confidence is weakest(rule.confidence for rule in rules)
    removed = fact(kb, "evisa_difference.2026_removed")
    assert (removed.conflicts, removed.confidence) == (("evisa_removed_2026",), Confidence.LOW)
    assert not fact(kb, "never_serve.us_fee_160").served


def test_what_is_not_known_is_no_reason_for_doubt(kb: KnowledgeBase) -> None:
    assert kb.statements["unknown_portal_statuses"].confidence is Confidence.LOW
    assert fact(kb, "statement.unknown_portal_statuses").confidence is Confidence.MEDIUM


def test_what_travellers_are_not_told_is_marked(kb: KnowledgeBase) -> None:
    assert not fact(kb, "statement.us_stat_refusal").served
    told = replace(kb.statements["us_stat_refusal"], served=True)
    assert fact(replace(kb, statements={"us_stat_refusal": told}), "statement.us_stat_refusal").served
