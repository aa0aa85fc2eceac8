"""Answers on a day: reviews, drafts, verdicts that ended, translations left behind, too few examples."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from knowledge.answer import AnswerStatus
from knowledge.base import KnowledgeBase
from knowledge.checks.answers import answer_findings
from knowledge.checks.finding import Finding, Severity
from knowledge.checks.upkeep import Upkeep
from knowledge.language import Language
from tests.knowledge.checks.damage import TOPIC, with_answer

_DAY = date(2026, 11, 22)
_REVIEW = date(2027, 1, 15)


def _new(kb: KnowledgeBase, broken: KnowledgeBase, upkeep: Upkeep, day: date = _DAY) -> list[tuple[Severity, str, str]]:
    """What the damage adds to the findings of that day."""
    before = set(answer_findings(kb, day, upkeep.questions))
    added = [finding for finding in answer_findings(broken, day, upkeep.questions) if finding not in before]
    return [(finding.severity, finding.thing, finding.message) for finding in added]


def test_a_figure_that_may_have_changed_is_doubted(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    stay = "entry.stay-limits"
    silent = tuple(name for name in kb.answers[stay].facts if name != "statement.unknown_code_edition")
    assert _new(kb, with_answer(kb, stay, facts=silent), upkeep) == [
        (
            Severity.ERROR,
            f"answer.{stay}",
            f"it shows a figure of penalty.{name} and does not name statement.unknown_code_edition",
        )
        for name in ("overstay_to_5_days", "overstay_longer")
    ]
    # Where no figure is shown, nothing is to be doubted.
    assert _new(kb, with_answer(kb, stay, facts=silent, parts=kb.answers[stay].parts[:1]), upkeep) == []


def test_the_product_has_no_errors(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    assert [f for f in answer_findings(kb, _DAY, upkeep.questions) if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (_REVIEW - timedelta(31), None),
        (_REVIEW - timedelta(30), (Severity.NOTICE, "it is to be looked at by 2027-01-15")),
        (_REVIEW, (Severity.NOTICE, "it is to be looked at by 2027-01-15")),
        (
            _REVIEW + timedelta(1),
            (Severity.WARNING, "it was to be looked at by 2027-01-15 and is told with a warning"),
        ),
    ],
)
def test_reviews(kb: KnowledgeBase, upkeep: Upkeep, day: date, expected: tuple[Severity, str] | None) -> None:
    findings = answer_findings(with_answer(kb, review_by=_REVIEW), day, upkeep.questions)
    found = [(item.severity, item.message) for item in findings if item.thing == f"answer.{TOPIC}"]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("changes", "severity", "message"),
    [
        ({"status": AnswerStatus.DRAFT}, Severity.NOTICE, "it is a draft and is not told"),
        ({"expires": date(2026, 11, 21)}, Severity.WARNING, "it expired on 2026-11-21 and is not told"),
        ({"parts": ()}, Severity.ERROR, "it is approved, but no verdict of it holds on 2026-11-22"),
        (
            {"revised": {Language.KK: date(2026, 11, 20), Language.RU: _DAY, Language.EN: _DAY}},
            Severity.WARNING,
            "kk: last worked on 2026-11-20, another language on 2026-11-22",
        ),
    ],
)
def test_each_damage_is_one_finding(
    kb: KnowledgeBase, upkeep: Upkeep, changes: dict[str, Any], severity: Severity, message: str
) -> None:
    assert _new(kb, with_answer(kb, **changes), upkeep) == [(severity, f"answer.{TOPIC}", message)]


def test_an_answer_without_a_verdict_for_a_later_day_is_found_on_that_day(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    guarded = tuple(part for part in kb.answers[TOPIC].parts if not part.after)
    broken = with_answer(kb, parts=guarded)
    assert _new(kb, broken, upkeep, date(2026, 12, 31)) == []
    assert _new(kb, broken, upkeep, date(2027, 1, 1)) == [
        (Severity.ERROR, f"answer.{TOPIC}", "it is approved, but no verdict of it holds on 2027-01-01")
    ]


def test_too_few_examples_in_one_language(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    examples = [q for q in upkeep.questions if (q.topic, q.language) == (TOPIC, Language.RU)]
    for kept, expected in ((20, []), (19, ["ru: 19 example questions, at least 20 are needed"])):
        rest = tuple(q for q in upkeep.questions if q not in set(examples)) + tuple(examples[:kept])
        found: list[Finding] = [
            item
            for item in answer_findings(kb, _DAY, rest)
            if item.thing == f"answer.{TOPIC}" and "example" in item.message
        ]
        assert [item.message for item in found] == expected
        assert all(item.severity is Severity.ERROR for item in found)


def test_the_owner_is_named(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    late = with_answer(kb, review_by=date(2026, 11, 1), owner="night-shift")
    (found,) = [f for f in answer_findings(late, _DAY, upkeep.questions) if f.severity is Severity.WARNING]
    assert found.repair.startswith("night-shift: ")
    assert replace(found, repair="") == Finding(Severity.WARNING, f"answer.{TOPIC}", found.message, "")
