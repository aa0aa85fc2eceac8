"""What may be told of an answer on a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from knowledge.answer import Answer, AnswerStatus, Part, PartKind
from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence
from knowledge.language import Language
from knowledge.loader import load_knowledge
from knowledge.serving import serve

TODAY = date(2026, 11, 28)
LAST_DAY = date(2026, 12, 31)
"""Of special_rule.pk_b3, and of the duties of 2026."""


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load_knowledge()


def same(text: str) -> Mapping[Language, str]:
    return MappingProxyType(dict.fromkeys(Language, text))


def part(text: str, kind: PartKind = PartKind.VERDICT, **guards: tuple[str, ...]) -> Part:
    return Part(kind, same(text), **guards)


def answer(kb: KnowledgeBase, *parts: Part) -> Answer:
    model = kb.answers["evisa.pakistan"]
    return replace(model, parts=parts, facts=(), conflicts=(), told=(), sources=())


def told(kb: KnowledgeBase, given: Answer, day: date) -> list[str]:
    served = serve(kb, given, day)
    return [] if served is None else [one.texts[Language.EN] for one in served.parts]


def test_a_figure_of_a_fact_is_told_while_it_holds(kb: KnowledgeBase) -> None:
    given = answer(kb, part("always"), part("until {special_rule.pk_b3.valid_until}", PartKind.POINT))
    assert len(told(kb, given, LAST_DAY)) == 2
    assert told(kb, given, LAST_DAY + timedelta(days=1)) == ["always"]


def test_guards(kb: KnowledgeBase) -> None:
    rule = ("special_rule.pk_b3",)
    given = answer(kb, part("open", during=rule), part("was open until {special_rule.pk_b3.valid_until}", after=rule))
    assert told(kb, given, LAST_DAY) == ["open"]
    assert told(kb, given, LAST_DAY + timedelta(days=1)) == ["was open until {special_rule.pk_b3.valid_until}"]


def test_without_a_verdict_nothing_is_told(kb: KnowledgeBase) -> None:
    given = answer(kb, part("open", during=("special_rule.pk_b3",)), part("more", PartKind.POINT))
    assert serve(kb, given, LAST_DAY) is not None
    assert serve(kb, given, LAST_DAY + timedelta(days=1)) is None


def test_a_draft_and_an_expired_answer_are_not_told(kb: KnowledgeBase) -> None:
    given = answer(kb, part("yes"))
    assert serve(kb, given, TODAY) is not None
    assert serve(kb, replace(given, status=AnswerStatus.DRAFT), TODAY) is None
    assert serve(kb, replace(given, expires=TODAY), TODAY) is not None
    assert serve(kb, replace(given, expires=TODAY - timedelta(days=1)), TODAY) is None


def test_a_review_that_is_due_is_told(kb: KnowledgeBase) -> None:
    given = replace(answer(kb, part("yes")), review_by=TODAY)
    on_the_day, after = serve(kb, given, TODAY), serve(kb, given, TODAY + timedelta(days=1))
    assert on_the_day is not None
    assert after is not None
    assert (on_the_day.past_review, after.past_review) == (False, True)


def test_a_rule_that_ends_soon_is_told(kb: KnowledgeBase) -> None:
    given = answer(kb, part("open", during=("special_rule.pk_b3",)))
    near, far = serve(kb, given, LAST_DAY - timedelta(days=60)), serve(kb, given, LAST_DAY - timedelta(days=61))
    assert near is not None
    assert far is not None
    assert [ending.last_day for ending in near.endings] == [LAST_DAY]
    assert far.endings == ()


def test_sources_are_those_of_the_facts_told(kb: KnowledgeBase) -> None:
    served = serve(kb, answer(kb, part("{fee.duty_single.mrp}")), TODAY)
    assert served is not None
    assert tuple(source.id for source in served.sources) == kb.fees["duty_single"].sources


def test_confidence_is_that_of_the_weakest_fact_told(kb: KnowledgeBase) -> None:
    low = serve(kb, answer(kb, part("{fee.evisa_2020_single.amount} {fee.duty_single.mrp}")), TODAY)
    high = serve(kb, answer(kb, part("{fee.duty_single.mrp}")), TODAY)
    assert low is not None
    assert high is not None
    assert (low.confidence, high.confidence) == (Confidence.LOW, Confidence.HIGH)


def test_from_the_day_of_its_recheck_a_fact_is_told_with_its_day(kb: KnowledgeBase) -> None:
    given = answer(kb, part("{statement.us_fee_mrv.b_usd}"))
    row = kb.statements["us_fee_mrv"]
    recheck = row.recheck_on()
    assert recheck is not None
    before, after = serve(kb, given, recheck - timedelta(days=1)), serve(kb, given, recheck)
    assert before is not None
    assert after is not None
    assert (before.confirmed, after.confirmed) == (None, row.as_of)


def test_a_dispute_about_a_rule_that_ended_is_over(kb: KnowledgeBase) -> None:
    disputed = next(rule for rule in kb.special_rules.values() if rule.conflict is not None)
    ended = replace(disputed, validity=replace(disputed.validity, start=None, end=TODAY))
    changed = replace(kb, special_rules={**kb.special_rules, disputed.id: ended})
    given = replace(
        answer(kb, part("yes")), facts=(f"special_rule.{disputed.id}",), conflicts=(str(disputed.conflict),)
    )
    during, after = serve(changed, given, TODAY), serve(changed, given, TODAY + timedelta(days=1))
    assert during is not None
    assert after is not None
    assert (during.conflicts, after.conflicts) == ((disputed.conflict,), ())
