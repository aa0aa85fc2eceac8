"""Lint of loaded facts: what ended, what ends soon, which sources deserve a look."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from knowledge.base import KnowledgeBase
from knowledge.check import Finding, Severity, check, cited_sources
from knowledge.facts import Source, Validity
from knowledge.language import Language
from knowledge.loader import load_knowledge
from knowledge.text_ids import text_ids

_KB = load_knowledge()
_TODAY = date(2026, 11, 22)


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def _of(findings: tuple[Finding, ...], thing: str) -> list[tuple[Severity, str]]:
    return [(finding.severity, finding.message) for finding in findings if finding.thing == thing]


def test_the_facts_of_the_product_have_no_errors(kb: KnowledgeBase) -> None:
    assert not [finding for finding in check(kb, _TODAY) if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), [(Severity.WARNING, "it ends on 2026-12-31")]),
        (date(2026, 12, 31), [(Severity.WARNING, "it ends on 2026-12-31")]),
        (date(2027, 1, 1), [(Severity.WARNING, "it ended on 2026-12-31 and is not served")]),
    ],
)
def test_a_rule_that_ends_is_told_60_days_before(
    kb: KnowledgeBase, today: date, expected: list[tuple[Severity, str]]
) -> None:
    findings = check(kb, today)

    assert _of(findings, "special_rule.pk_b3") == expected
    assert _of(findings, "fee.duty_single") == expected


def test_an_older_rule_that_was_followed_is_no_finding(kb: KnowledgeBase) -> None:
    assert _of(check(kb, _TODAY), "regime.TR") == []
    assert _of(check(kb, date(2025, 8, 1)), "regime.TR") == []


def test_a_passport_without_a_rule_for_today_is_an_error(kb: KnowledgeBase) -> None:
    (rule,) = kb.regimes["FR"]
    ended = replace(rule, validity=Validity(end=date(2026, 11, 21)))
    damaged = replace(kb, regimes=MappingProxyType({**kb.regimes, "FR": (ended,)}))

    findings = check(damaged, _TODAY)

    assert findings[0].severity is Severity.ERROR
    assert _of(findings, "regime.FR") == [(Severity.ERROR, "no rule of this passport holds on 2026-11-22")]


def test_a_regime_that_ends_soon_is_a_warning(kb: KnowledgeBase) -> None:
    (rule,) = kb.regimes["FR"]
    ending = replace(rule, validity=Validity(end=date(2026, 12, 1)))
    damaged = replace(kb, regimes=MappingProxyType({**kb.regimes, "FR": (ending,)}))

    assert _of(check(damaged, _TODAY), "regime.FR") == [(Severity.WARNING, "it ends on 2026-12-01")]


def test_passports_without_source_are_noticed(kb: KnowledgeBase) -> None:
    noticed = {
        finding.thing.removeprefix("regime.")
        for finding in check(kb, _TODAY)
        if finding.message.startswith("no source")
    }

    assert noticed == {"AI", "BM", "FK", "GI", "KY", "MS", "PN", "SH", "TC", "VG"}


def test_sources_without_use_or_date_are_noticed(kb: KnowledgeBase) -> None:
    leaflet = Source("leaflet", dict.fromkeys(Language, "A leaflet"), None, "Nobody", None, "official")
    more = replace(kb, sources=MappingProxyType({**kb.sources, "leaflet": leaflet}))

    assert _of(check(more, _TODAY), "source.leaflet") == [(Severity.NOTICE, "no fact cites this source")]
    cited = check(more, _TODAY, cited_elsewhere={"leaflet"})
    assert _of(cited, "source.leaflet") == [(Severity.NOTICE, "facts rest on an undated page")]
    assert _of(cited, "source.rules_2026") == []


def test_errors_come_first(kb: KnowledgeBase) -> None:
    (rule,) = kb.regimes["FR"]
    ended = replace(rule, validity=Validity(end=date(2026, 11, 21)))

    severities = [finding.severity for finding in check(replace(kb, regimes={"FR": (ended,)}), _TODAY)]

    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_every_cited_source_exists(kb: KnowledgeBase) -> None:
    assert cited_sources(kb) <= kb.sources.keys()
    assert {"resolution_148", "rules_2026", "embassy_evisa_2020"} <= cited_sources(kb)


def test_texts_are_asked_for_every_family(kb: KnowledgeBase) -> None:
    ids = text_ids(kb)

    assert {name.partition(".")[0] for name in ids} == {
        "audience",
        "category",
        "category_note",
        "conflict",
        "contact",
        "deadline",
        "deadline_note",
        "document",
        "document_case",
        "fee",
        "ground",
        "issuer",
        "regime_note",
        "special_rule",
        "variant_note",
    }
    assert {"regime_note.internal_passport_from_14", "audience.summer_break", "document_case.minors"} <= ids
