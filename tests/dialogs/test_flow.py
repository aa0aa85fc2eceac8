"""Flow files: broken ones show all their errors at once; those of the product lead every passport to one outcome."""

from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from dialogs.answer import Answer
from dialogs.cards import advice_card
from dialogs.cards.room import length
from dialogs.engine import World
from dialogs.flow import FlowError, load_flows
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.replay import replay
from dialogs.situation import Situation
from dialogs.tree import Flow
from knowledge.language import Language
from knowledge.policy import advise
from knowledge.trip import Purpose

TELEGRAM_LIMIT = 4096
HEAD = "flow: broken\nversion: 1\nquestions:\n"

BROKEN = {
    "unknown predicate": (
        """
        - question: one
          kind: date
          next: [{when: the_moon_is_full, end: advice}, {end: advice}]
        """,
        ["broken.yaml: one: when: the_moon_is_full: no such predicate; known: a_child_joins_the_family"],
    ),
    "dangling question and unreachable question": (
        """
        - question: one
          kind: date
          next: [{ask: three}]
        - question: two
          kind: date
          next: [{end: advice}]
        """,
        ["one: ask: three: no such question in this flow", "two: no answer leads here"],
    ),
    "missing else": (
        """
        - question: one
          kind: date
          next: [{when: holds_a_kazakh_passport, end: advice}]
        """,
        ["one: when: holds_a_kazakh_passport: there is no else"],
    ),
    "rule after the else": (
        """
        - question: one
          kind: date
          next: [{end: advice}, {end: evisa}]
        """,
        ["one: advice: the rules after it are never read"],
    ),
    "question that can never end": (
        """
        - question: one
          kind: date
          next: [{ask: two}]
        - question: two
          kind: date
          next: [{ask: one}]
        """,
        ["one: leads back to itself, so it can never end", "two: leads back to itself, so it can never end"],
    ),
    "unknown outcome, unknown list, numbers out of bounds, question twice": (
        """
        - question: one
          kind: choice
          source: planets
          next: [{ask: two}]
        - question: two
          kind: number
          unit: day
          min: 10
          max: 5
          suggest: [7]
          next: [{end: nowhere}]
        - question: two
          kind: number
          unit: day
          min: 10
          max: 5
          suggest: [7]
          next: [{end: nowhere}]
        """,
        [
            "two: stands 2 times; keep one",
            "one: source: planets: no such list; known: long_purposes, purposes",
            "two: end: nowhere: no such outcome; known: advice",
            "two: min: 10: is above max 5; swap them",
            "two: suggest: 7: is not within 10 to 5; remove it",
        ],
    ),
    "form": (
        """
        - question: One
          kind: riddle
          next: []
        - question: two
          kind: choice
          colour: red
          next: [{end: advice, ask: one}]
        """,
        ["One: $.questions[0].kind: 'riddle' is not one of", "One: $.questions[0].question", "'colour' was unexpected"],
    ),
}


@pytest.mark.parametrize(("questions", "problems"), BROKEN.values(), ids=BROKEN)
def test_a_broken_flow_shows_all_its_errors(questions: str, problems: list[str], tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(HEAD + dedent(questions), "utf-8")
    with pytest.raises(FlowError) as error:
        load_flows(tmp_path)
    told = "\n".join(error.value.problems)
    for problem in problems:
        assert problem in told
    assert all(problem.startswith("broken.yaml: ") for problem in error.value.problems)


def test_errors_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("flow: [", "utf-8")
    (tmp_path / "b.yaml").write_text(
        HEAD.replace("broken", "c") + "- {question: q, kind: date, next: [{end: advice}]}", "utf-8"
    )
    with pytest.raises(FlowError) as error:
        load_flows(tmp_path)
    assert "a.yaml: cannot be read" in str(error.value)
    assert "b.yaml: flow: c: is not the name of the file" in str(error.value)


def test_every_passport_purpose_and_border_ends_in_one_outcome(world: World) -> None:
    """Walks every way that the flow asks, and puts every text of an advice on a card once."""
    flow = world.flows["which_visa"]
    ends: Counter[str] = Counter()
    told: set[str | None] = set()
    longest = 0
    for country in world.knowledge.regimes:
        for purpose in Purpose:
            start: dict[str, Answer] = {
                "which_passport_do_you_hold": country,
                "what_kind_of_passport": "ordinary",
                "what_is_the_trip_for": purpose.value,
                "when_do_you_arrive": "2026-12-10",
                "how_many_days_will_you_stay": 20,
            }
            for answers, end in _ends(flow, start, world):
                ends[end] += 1
                if country == "KZ":
                    continue
                trip = Situation(answers, world.knowledge, world.today).trip()
                advice = advise(world.knowledge, trip, world.today)
                said: set[str | None] = {
                    *advice.warnings,
                    *advice.documents,
                    *advice.steps,
                    *advice.notes,
                    *advice.conflicts,
                }
                said |= {advice.category, advice.outcome.value, *(way.condition for way in advice.alternatives)}
                said |= {*(reason.id for reason in advice.path), *(fee.id for fee in advice.fees)}
                if not said <= told:
                    told |= said
                    for language in Language:
                        card = advice_card(advice, trip, world.knowledge, Voice(world.texts, language))
                        longest = max(longest, sum(length(block) for block in card.blocks))
    assert set(ends) == {"advice", "no_visa_for_citizens"}
    assert ends["advice"] >= (len(world.knowledge.regimes) - 1) * len(Purpose)
    assert longest <= TELEGRAM_LIMIT


def _ends(flow: Flow, answers: dict[str, Answer], world: World) -> list[tuple[dict[str, Answer], str]]:
    """Every complete way through the flow from these answers."""
    position = replay(flow, answers, world)
    if position.end is not None:
        return [({id_: answers[id_] for id_ in position.path}, position.end)]
    question = flow.questions[str(position.ask)]
    return [found for option in question.options for found in _ends(flow, {**answers, question.id: option}, world)]


def test_every_passport_has_an_evisa_card(world: World) -> None:
    for country in world.knowledge.regimes:
        answers: dict[str, Answer] = {"which_passport_do_you_hold": country}
        assert replay(world.flows["evisa_check"], answers, world).end == "evisa"
        for language in Language:
            situation = Situation(answers, world.knowledge, world.today)
            say = OUTCOMES["evisa"](situation, Voice(world.texts, language), 1)
            assert sum(length(block) for block in say.blocks) <= TELEGRAM_LIMIT
