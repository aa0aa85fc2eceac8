"""Lint of loaded facts: what ended, what ends soon, which sources deserve a look."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from dialogs.flow import load_flows
from dialogs.texts import Texts
from dialogs.uses import shown_facts
from dialogs.world import World
from knowledge.base import KnowledgeBase
from knowledge.check import check as check_all
from knowledge.checks.dated import dated_findings
from knowledge.checks.finding import Finding, Severity, in_order
from knowledge.checks.rechecks import recheck_findings
from knowledge.checks.sources import cited_sources, source_findings
from knowledge.checks.upkeep import load_upkeep
from knowledge.facts import Source, Validity
from knowledge.language import Language
from knowledge.loader import load_knowledge
from knowledge.text_ids import text_ids
from knowledge.workdays import work_calendar

_KB = load_knowledge()
_TODAY = date(2026, 11, 22)


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def check(kb: KnowledgeBase, today: date) -> tuple[Finding, ...]:
    """The findings about facts and sources."""
    return in_order((*dated_findings(kb, today), *recheck_findings(kb, today, each=True), *source_findings(kb)))


def _of(findings: tuple[Finding, ...], thing: str) -> list[tuple[Severity, str]]:
    return [(finding.severity, finding.message) for finding in findings if finding.thing == thing]


def test_the_product_has_no_errors(kb: KnowledgeBase) -> None:
    shown = shown_facts(World(kb, Texts.load(), load_flows(), _TODAY))
    findings = check_all(kb, load_upkeep(), date(2026, 11, 30), shown=shown)

    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    assert findings == in_order(findings)
    # Each of these speaks for one of the parts that are put together.
    assert {"days_off", "statement.us_*", "source.offences_code", "answer.us.fee"} <= {f.thing for f in findings}


def test_many_old_statements_are_one_line_a_table(kb: KnowledgeBase) -> None:
    each = list(recheck_findings(kb, _TODAY, each=True))
    us = [finding for finding in each if finding.thing.startswith("statement.us_")]
    assert len(us) > 30
    together = list(recheck_findings(kb, _TODAY, each=False))
    # A single one keeps its name.
    assert [finding.thing for finding in together] == ["statement.visa_free_countries", "statement.us_*"]
    assert together[1].message.startswith(
        f"{len(us)} statements of us_visa.yaml were to be looked at again, the first, "
    )
    oldest = min(kb.statements[f.thing.removeprefix("statement.")].recheck_on() or date.max for f in us)
    assert together[1].message.endswith(f"by {oldest.isoformat()}")


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


def test_a_statement_that_ended_is_told(kb: KnowledgeBase) -> None:
    assert _of(check(kb, date(2026, 8, 6)), "statement.us_bond_rule") == [
        (Severity.WARNING, "it ended on 2026-08-05 and is not served")
    ]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 27), []),
        (
            date(2026, 11, 28),
            [(Severity.WARNING, "it speaks for 2026-11-21 and was to be looked at again by 2026-11-28")],
        ),
    ],
)
def test_a_statement_that_grew_old_is_told(
    kb: KnowledgeBase, today: date, expected: list[tuple[Severity, str]]
) -> None:
    findings = check(kb, today)

    assert _of(findings, "statement.us_bond_after") == expected
    # Nobody is told these, or they do not age.
    assert _of(findings, "statement.us_iv_post") == []
    assert _of(findings, "statement.invitation_term") == []


@pytest.mark.parametrize(("today", "told"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True)])
def test_days_off_that_are_not_reviewed_are_told_before_their_year(kb: KnowledgeBase, today: date, told: bool) -> None:
    expected = [(Severity.WARNING, "the days off are reviewed through 2026; later days are served as estimates")]
    assert _of(check(kb, today), "days_off") == (expected if told else [])
    reviewed = replace(kb, calendar=work_calendar((), 2027))
    assert _of(check(reviewed, today), "days_off") == []


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
    answer = replace(kb.answers["evisa.fees"], sources=("leaflet",))
    cited = check(replace(more, answers=MappingProxyType({**kb.answers, answer.id: answer})), _TODAY)
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
    # Each of these is cited by one table only: statements, penalties.
    assert {"us_upi_students", "offences_code"} <= cited_sources(kb)


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
