"""The clock moves over every day on which something changes for an answer: it stays true, whole and short."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.answer_checks import card_findings, told_lines
from dialogs.cards.advice import advice_card
from dialogs.cards.answer import answer_card, no_answer_card
from dialogs.cards.evisa import evisa_card
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Folded, Say
from dialogs.world import World
from knowledge.advice import Outcome
from knowledge.answer import Answer, AnswerStatus, PartKind
from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Severity
from knowledge.evisa import EvisaVerdict
from knowledge.language import Language
from knowledge.ledger import fact_names, fact_record
from knowledge.policy import advise
from knowledge.policy.evisa_check import check_evisa
from knowledge.serving import is_served, serve
from knowledge.trip import Purpose, Trip

_FROM, _TO = date(2026, 11, 1), date(2031, 1, 1)
_LONGEST = 900
_RULE = "special_rule.pk_b3"
_AFTER = date(2027, 1, 5)
"""Pakistan's e-visa for business has ended then."""


def around(days: set[date]) -> list[date]:
    """Each day with its neighbours, as far as the answers are meant for them."""
    near = {day + timedelta(shift) for day in days if date.min < day < date.max for shift in (-1, 0, 1)}
    return sorted(day for day in near if _FROM <= day <= _TO)


def turning_days(kb: KnowledgeBase, answer: Answer) -> set[date]:
    """The days on which what is told of the answer may change."""
    days = {answer.as_of, answer.review_by, *([answer.expires] if answer.expires else [])}
    for name in answer.named_facts:
        record = fact_record(kb, name, answer.as_of)
        if record is not None:
            days |= {day for day in (record.validity.start, record.validity.end, record.recheck_on) if day is not None}
    return days


def days_of_the_facts(kb: KnowledgeBase) -> set[date]:
    """The first and last days of every dated fact, and the days of the answers."""
    records = [record for name in fact_names(kb) if (record := fact_record(kb, name, _FROM)) is not None]
    days = {day for record in records for day in (record.validity.start, record.validity.end) if day is not None}
    return days.union(*(turning_days(kb, answer) for answer in kb.answers.values()))


def moments(world: World) -> Iterator[tuple[World, Answer]]:
    """Every answer on each of its days."""
    for answer in world.knowledge.answers.values():
        for day in around(turning_days(world.knowledge, answer)):
            yield replace(world, today=day), answer


@pytest.fixture(scope="module")
def voices(world: World) -> list[Voice]:
    return [Voice(world.texts, language) for language in Language]


def test_no_card_raises_or_is_too_long_on_any_day(world: World, voices: list[Voice]) -> None:
    told = 0
    for then, answer in moments(world):
        served = serve(then.knowledge, answer, then.today)
        for voice in voices:
            place = (answer.id, then.today, voice.language)
            if served is None:
                say = no_answer_card(answer, then.knowledge, voice)
            else:
                told += 1
                say = answer_card(served, then.knowledge, voice)
                assert sum(map(len, told_lines(served, voice, then))) <= _LONGEST, place
            text = to_plain(say)
            assert "{" not in text, place
            assert sum(length(block) for block in say.blocks) <= LONGEST_CARD, place
    assert told > 500


def test_no_part_shows_a_figure_of_a_fact_that_is_not_in_force(world: World) -> None:
    shown = 0
    for then, answer in moments(world):
        served = serve(then.knowledge, answer, then.today)
        for part in () if served is None else served.parts:
            for reference in part.references:
                record = fact_record(then.knowledge, reference.fact, then.today)
                assert record is not None
                if not record.validity.covers(then.today):
                    # Only what is told about the end itself may name it.
                    assert reference.fact in part.after, (answer.id, then.today, str(reference))
                shown += 1
    assert shown > 1000


def test_every_approved_answer_is_served_or_says_that_it_is_not(world: World) -> None:
    kb, voice = world.knowledge, Voice(world.texts, Language.EN)
    refusal = world.texts.get(Language.EN, "answer.not_served")
    for day in around(days_of_the_facts(kb)):
        for answer in kb.answers.values():
            if answer.status is not AnswerStatus.APPROVED:
                continue
            if is_served(kb, answer, day):
                served = serve(kb, answer, day)
                assert served is not None
                verdicts = [part for part in served.parts if part.kind is PartKind.VERDICT]
                assert len(verdicts) == 1, (answer.id, day)
            else:
                text = to_plain(no_answer_card(answer, kb, voice))
                assert refusal.removesuffix(":") in text, (answer.id, day)


def test_no_outcome_raises_on_the_days_of_the_facts(world: World, voices: list[Voice]) -> None:
    kb = world.knowledge
    passports = ("PK", "TR", "FR", "RU", "IN", "UA")
    for day in around(days_of_the_facts(kb)):
        for country in passports:
            trip = Trip(country, Purpose.BUSINESS, 40, day + timedelta(30))
            advice, check = advise(kb, trip, day), check_evisa(kb, country, day)
            for voice in voices:
                for say in (advice_card(advice, trip, kb, voice), evisa_card(check, kb, voice)):
                    assert "{" not in to_plain(say), (country, day, voice.language)


def test_every_answer_of_today_still_has_a_verdict_years_later(world: World) -> None:
    """An answer that falls silent when a fact ends would be an error of the check on that day."""
    for day in (_AFTER, date(2027, 7, 1), _TO):
        silent = [item.thing for item in card_findings(replace(world, today=day)) if item.severity is Severity.ERROR]
        assert silent == []
        assert [
            answer.id for answer in world.knowledge.answers.values() if not is_served(world.knowledge, answer, day)
        ] == []


_OFFERS = {
    Language.KK: ("онлайн", "электрондық визаны бір ғана", "электрондық визаның шарттары", "порталына тіркеліңіз"),
    Language.RU: ("онлайн", "можно получить электронную", "условия электронной визы", "зарегистрируйтесь на визово"),
    Language.EN: (
        "online",
        "can get an e-visa",
        "conditions of the e-visa",
        "register on the visa and migration portal",
    ),
}
"""What only a card says that offers the e-visa."""


def _without_sources(say: Say) -> str:
    """The words of a card without its buttons and the titles of the documents behind it."""
    *blocks, sources = say.blocks
    assert isinstance(sources, Folded)
    return to_plain(Say(tuple(blocks)))


@pytest.mark.parametrize(("today", "open_"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False), (_AFTER, False)])
def test_the_e_visa_of_pakistan_ends_everywhere_on_one_day(world: World, today: date, open_: bool) -> None:
    kb = world.knowledge
    check = check_evisa(kb, "PK", today)
    assert check.verdict is (EvisaVerdict.LIMITED if open_ else EvisaVerdict.NO)
    assert check.categories == (("B3",) if open_ else ())
    # The rule must hold on the day of arrival too.
    arrival = today if open_ else today + timedelta(60)
    trip = Trip("PK", Purpose.BUSINESS, 1, arrival)
    advice = advise(kb, trip, today)
    ways = {(way.outcome, way.category) for way in advice.alternatives}
    assert advice.outcome is (Outcome.EVISA if open_ else Outcome.VISA)
    assert open_ or (Outcome.EVISA, "B3") not in ways
    for language in Language:
        voice = Voice(world.texts, language)
        shown = _without_sources(evisa_card(check, kb, voice)), _without_sources(advice_card(advice, trip, kb, voice))
        headings = ("evisa_verdict.limited", "verdict.evisa") if open_ else ("evisa_verdict.ended", "verdict.visa")
        assert [text.splitlines()[0] for text in shown] == [voice.text(heading) for heading in headings]
        offers = {word for text in shown for word in _OFFERS[language] if word in text.casefold()}
        assert offers == (set(_OFFERS[language]) if open_ else set()), language
    served = serve(kb, kb.answers["evisa.pakistan"], today)
    assert served is not None
    assert any(_RULE in part.during for part in served.parts) is open_
    assert any(_RULE in part.after for part in served.parts) is not open_
    assert bool(served.endings) is open_
