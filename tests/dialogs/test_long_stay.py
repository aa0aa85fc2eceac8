"""A long stay: every way ends in a card that fits and tells the facts, and nobody works here without a visa."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from dialogs.answer import Answer
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.keeping import days_to_keep
from dialogs.notes import NOTES
from dialogs.outcomes import OUTCOMES
from dialogs.outcomes.long_stay import advised
from dialogs.outcomes.ways_to_stay import RELATIVES, facts_told
from dialogs.plain import to_plain
from dialogs.replay import replay
from dialogs.session import Session, View
from dialogs.situation import Situation
from dialogs.tree import Kind
from dialogs.world import World
from knowledge.advice import Outcome
from knowledge.language import Language
from knowledge.ledger import fact_names
from knowledge.policy import advise
from knowledge.policy.purposes import PurposeClass, PurposeRule
from knowledge.trip import Purpose, Trip

Answers = Mapping[str, Answer]

FLOW = "long_stay"
SLACK = 2
"""UTF-16 units: the room for sources is reckoned block by block."""
PASSPORTS = ("IN", "EG", "DE", "RU", "KR", "HK", "AF", "GI", "CU")
DAYS, ARRIVALS, LAST_VISAS = (60, 2000), (None, "2026-12-10"), (None, "2026-03-05")
ORDINARY: Answers = MappingProxyType({"which_passport_do_you_hold": "DE", "what_kind_of_passport": "ordinary"})


def ways(
    answers: dict[str, Answer], world: World, dates: tuple[str | None, ...] = ARRIVALS, days: tuple[int, ...] = DAYS
) -> Iterator[tuple[dict[str, Answer], str]]:
    """Every way through the flow from these answers, with the outcome at its end."""
    flow = world.flows[FLOW]
    position = replay(flow, answers, world)
    if position.end is not None:
        yield {key: answers[key] for key in position.path}, position.end
        return
    question = flow.questions[str(position.ask)]
    given: tuple[Answer, ...] = question.options
    if question.kind is Kind.NUMBER:
        given = days
    elif question.kind is Kind.DATE:
        given = LAST_VISAS if question.id == "when_was_last_residence_visa" else dates
    for answer in given:
        yield from ways({**answers, question.id: answer}, world, dates, days)


def situation(world: World, **answers: Answer) -> Situation:
    return Situation({**ORDINARY, **answers}, world.knowledge, world.today)


def told(end: str, world: World, **answers: Answer) -> str:
    return to_plain(OUTCOMES[end](situation(world, **answers), Voice(world.texts, Language.EN), 1))


@pytest.mark.parametrize("passport", PASSPORTS)
def test_every_way_ends_in_a_card_that_fits(passport: str, world: World) -> None:
    longest = 0
    for answers, end in ways({"which_passport_do_you_hold": passport}, world):
        for language in Language:
            here = Situation(answers, world.knowledge, world.today)
            say = OUTCOMES[end](here, Voice(world.texts, language), 1)
            longest = max(longest, sum(length(block) for block in say.blocks))
    assert longest <= LONGEST_CARD + SLACK


def test_nobody_is_told_to_work_or_live_here_without_a_visa(world: World) -> None:
    """Only a treatment or a private visit within the visa-free days needs none."""
    visits = {Purpose.MEDICAL, Purpose.ETHNIC_KAZAKH_RETURN}
    for passport in world.knowledge.regimes:
        start: dict[str, Answer] = {"which_passport_do_you_hold": passport, "what_kind_of_passport": "ordinary"}
        for answers, end in ways(start, world, (None,), (20,)):
            if end not in ("long_stay_visa", "residence_visa"):
                continue
            advice, trip = advised(Situation(answers, world.knowledge, world.today))
            assert advice.outcome is not Outcome.VISA_FREE or trip.purpose in visits


@pytest.mark.parametrize(
    ("answers", "category", "words"),
    [
        ({"what_is_the_trip_for": "work", "what_kind_of_job": "regular_job"}, "C3", "another region"),
        ({"what_is_the_trip_for": "work", "what_kind_of_job": "aifc_or_cluster_job"}, "C3", "1825 days"),
        ({"what_is_the_trip_for": "work", "what_kind_of_job": "job_without_employer"}, "C4", "professions in demand"),
        ({"what_is_the_trip_for": "self_employment", "what_kind_of_own_work": "own_company"}, "C5", "adults only"),
        (
            {"what_is_the_trip_for": "investment", "what_kind_of_investor": "investor_manager"},
            "A5",
            "petition of the inv",
        ),
        ({"what_is_the_trip_for": "investment", "what_kind_of_investor": "own_large_investment"}, "A6", "USD 300,000"),
        ({"what_is_the_trip_for": "study"}, "C9", "petition of the school"),
        ({"what_is_the_trip_for": "internship"}, "B7", "central state body or of the Innovation Cluster"),
        ({"what_is_the_trip_for": "family", "whom_do_you_join": "citizen_relative"}, "C2", "petition of the inviting"),
        ({"what_is_the_trip_for": "remote_work", "who_backs_remote_work": "clients_abroad"}, "B12-1", "USD 3,000"),
        ({"what_is_the_trip_for": "ethnic_kazakh_return", "do_you_return_for_good": "returns_for_good"}, "C1", "quota"),
    ],
)
def test_a_way_leads_to_its_category(answers: Answers, category: str, words: str, world: World) -> None:
    card = told("long_stay_visa", world, **answers, how_many_days_will_you_stay=365)
    assert f"Visa category: {category} – " in card
    assert f"About visa {category}" in card
    assert words in card


def test_figures_are_those_of_the_facts(world: World) -> None:
    """A new threshold in the facts shows on the card."""
    rows = dict(world.knowledge.statements)
    rows["a6_investment"] = replace(rows["a6_investment"], figures=(("usd", Decimal(450000)),))
    changed = replace(world, knowledge=replace(world.knowledge, statements=rows))
    answers: Answers = {"what_is_the_trip_for": "investment", "what_kind_of_investor": "own_large_investment"}
    card = told("long_stay_visa", changed, **answers, how_many_days_will_you_stay=365)
    assert "USD 450,000" in card
    assert "300,000" not in card


@pytest.mark.parametrize(
    ("last", "again"),
    [("2026-03-05", "Inside Kazakhstan not before: 5 March 2027."), ("2025-11-22", None), (None, None)],
)
def test_a_residence_visa_inside_counts_from_the_last_one(last: str | None, again: str | None, world: World) -> None:
    card = told(
        "residence_visa",
        world,
        what_is_the_trip_for="permanent_residence",
        how_will_you_settle="settles_on_petition",
        when_was_last_residence_visa=last,
    )
    assert "once in 12 months" in card
    assert ("Inside Kazakhstan not before" in card) is (again is not None)
    assert again is None or again in card


@pytest.mark.parametrize(("answer", "category"), RELATIVES.items())
def test_relatives_get_the_category_but_may_not_work(answer: str, category: str, world: World) -> None:
    """Every category that relatives are told about is one that families may get."""
    assert world.knowledge.categories[category].families
    card = told("visa_of_a_relative", world, what_visa_has_the_relative=answer)
    assert f"a visa of the same category: {category}." in card
    assert "It does not let them work." in card


def test_the_stay_is_capped_by_the_visa_and_the_person_told(world: World) -> None:
    answers = {"what_is_the_trip_for": "study", "when_do_you_arrive": "2026-12-10"}
    here = situation(world, **answers, how_many_days_will_you_stay=1460)
    advice, trip = advised(here)
    assert trip.days == 365
    assert advice.outcome is Outcome.VISA
    note = "One visa does not cover a stay as long as yours."
    assert note in told("long_stay_visa", world, **answers, how_many_days_will_you_stay=1460)
    assert note not in told("long_stay_visa", world, **answers, how_many_days_will_you_stay=365)


def test_a_rule_takes_the_place_of_that_of_the_purpose(world: World) -> None:
    trip = Trip("EG", Purpose.SELF_EMPLOYMENT, 365)
    own = PurposeRule("C5", PurposeClass.PAID_WORK)
    assert advise(world.knowledge, trip, world.today).category == "C4"
    assert advise(world.knowledge, trip, world.today, own).category == "C5"


def test_days_of_a_long_stay_can_be_kept(world: World) -> None:
    answers: dict[str, Answer] = {
        **ORDINARY,
        "what_is_the_trip_for": "work",
        "what_kind_of_job": "regular_job",
        "when_do_you_arrive": "2027-02-10",
        "how_many_days_will_you_stay": 365,
    }
    flow = world.flows[FLOW]
    session = Session(Language.EN, flow=flow.id, version=flow.version, answers=tuple(answers.items()), view=View.FLOW)
    say = days_to_keep(session, world, Voice(world.texts, Language.EN))
    assert say is not None
    assert say.attachment is not None
    assert b"DTSTART;VALUE=DATE:20270203" in say.attachment.content


def test_every_note_rests_on_facts_that_exist(world: World) -> None:
    known = set(fact_names(world.knowledge))
    assert {fact for facts in NOTES.values() for fact in facts} <= known
    assert facts_told(world.knowledge) <= known


def test_an_old_visa_of_a_leap_day_ends_on_the_last_of_february(world: World) -> None:
    card = told(
        "residence_visa",
        replace(world, today=date(2029, 2, 1)),
        what_is_the_trip_for="permanent_residence",
        how_will_you_settle="settles_on_petition",
        when_was_last_residence_visa="2028-02-29",
    )
    assert "not before: 28 February 2029" in card


@pytest.mark.parametrize("flow", [FLOW, "which_visa"])
def test_every_rule_has_words_for_the_picture_of_the_flow(flow: str, world: World) -> None:
    named = {rule.when for question in world.flows[flow].questions.values() for rule in question.next if rule.when}
    assert {name for name in named if f"condition.{name}" not in world.texts} == set()


def test_no_note_lies_unused(world: World) -> None:
    """Those that are no note on facts: a title, and the day computed from the last visa."""
    written = {key.removeprefix("stay_note.") for key in world.texts.ids() if key.startswith("stay_note.")}
    assert written == {*NOTES, "children", "residence_visa_again"}
