"""Who must look at what by when."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from knowledge.base import KnowledgeBase
from knowledge.checks.digests import digests
from knowledge.checks.stale import MAINTAINERS, Due, Reason, stale
from tests.knowledge.checks.damage import TOPIC, with_answer

_DAY = date(2026, 11, 22)


def _about(kb: KnowledgeBase, thing: str, today: date, within: int, **changed: str) -> list[Due]:
    return [due for due in stale(kb, {**digests(kb), **changed}, today, within) if due.thing == thing]


def test_reviews_and_ends_in_order_of_day(kb: KnowledgeBase) -> None:
    found = _about(kb, TOPIC, _DAY, 60)
    assert found == [
        Due("contact-centre", date(2026, 12, 31), TOPIC, Reason.FACT_ENDS, ("special_rule.pk_b3",)),
        Due("contact-centre", date(2027, 1, 15), TOPIC, Reason.REVIEW),
    ]
    assert _about(kb, TOPIC, _DAY, 38) == []
    assert _about(kb, TOPIC, _DAY, 39) == found[:1]
    assert _about(kb, TOPIC, date(2027, 3, 1), 0) == found


def test_a_fact_that_ended_before_the_answer_was_checked_is_no_news(kb: KnowledgeBase) -> None:
    checked = with_answer(kb, as_of=date(2027, 1, 1), review_by=date(2028, 1, 1))
    assert _about(checked, TOPIC, date(2027, 1, 5), 60) == []


def test_an_answer_that_expires(kb: KnowledgeBase) -> None:
    expiring = with_answer(kb, expires=date(2026, 12, 1), review_by=date(2028, 1, 1))
    assert _about(expiring, TOPIC, _DAY, 30) == [Due("contact-centre", date(2026, 12, 1), TOPIC, Reason.EXPIRES)]


def test_a_fact_that_changed_since_its_approval(kb: KnowledgeBase) -> None:
    assert _about(kb, TOPIC, _DAY, 0, **{"special_rule.pk_b3": "0" * 12, "penalty.host_large": "0" * 12}) == [
        Due("contact-centre", _DAY, TOPIC, Reason.FACT_CHANGED, ("special_rule.pk_b3",))
    ]


def test_old_statements_go_to_the_owners_of_their_answers(kb: KnowledgeBase) -> None:
    fee = "statement.us_fee_mrv"
    (due,) = _about(kb, fee, _DAY, 0)
    assert (due.owner, due.reason, due.about) == ("contact-centre", Reason.RECHECK, ("us.fee",))
    answers = MappingProxyType({"us.fee": replace(kb.answers["us.fee"], owner="us-desk", related=())})
    moved = replace(kb, answers=answers)
    assert [due.owner for due in _about(moved, fee, _DAY, 0)] == ["us-desk"]
    assert [due.owner for due in _about(moved, "statement.us_bots", _DAY, 0)] == [MAINTAINERS]


def test_it_is_grouped_by_owner(kb: KnowledgeBase) -> None:
    found = stale(kb, digests(kb), _DAY, 60)
    assert [(due.owner, due.day) for due in found] == sorted((due.owner, due.day) for due in found)
    assert stale(kb, digests(kb), date.max, 30)
