"""The walk of all ways: what it counts is what there is, and passports of one class cannot be told apart."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType

import pytest

from dialogs.flow import load_flows
from dialogs.replay import replay
from dialogs.talks.coverage import Taken
from dialogs.walk import PassportClass, moves, passport_classes, survey, ways
from dialogs.walk.moves import passports_touched
from dialogs.walk.watched import Memory, Reads, Watched
from dialogs.world import World
from knowledge.policy import advise, check_evisa
from knowledge.regimes import RegimeKind
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

SMALL = ("evisa_check", "us_visa", "visa_inside")


@pytest.mark.parametrize("name", SMALL)
def test_the_survey_counts_every_way_once(name: str, world: World) -> None:
    """What is counted by memory is what is found by going each way."""
    flow, classes = world.flows[name], passport_classes(world.knowledge)
    sizes = {passports.first: len(passports.members) for passports in classes}
    ends: Counter[str] = Counter()
    for way in ways(flow, world, classes):
        told = dict(way.answers)
        ends[way.end] += sizes.get(str(told.get("which_passport_do_you_hold")), 1)
        assert replay(flow, told, world).end == way.end
    assert survey(flow, world).ends == ends


def test_every_way_through_the_small_flows_takes_every_rule(world: World) -> None:
    for name in SMALL:
        flow = world.flows[name]
        found = survey(flow, world)
        assert found.problems == frozenset()
        rules = {Taken(name, id_, place) for id_, asked in flow.questions.items() for place in range(len(asked.next))}
        assert {Taken(name, id_, place) for id_, place in found.taken} == rules


def test_examples_lead_where_they_say(world: World) -> None:
    for name in ("evisa_guide", "long_stay", "invitation", "guest_part"):
        for end, examples in survey(world.flows[name], world).examples.items():
            for way in examples[:20]:
                assert replay(world.flows[name], dict(way), world).end == end


def test_every_passport_is_in_one_class(world: World) -> None:
    members = [country for passports in passport_classes(world.knowledge) for country in passports.members]
    assert sorted(members) == sorted(world.knowledge.regimes)


def test_no_rule_tells_passports_of_a_class_apart(world: World) -> None:
    """The last of each class gets the same advice as the first, whatever the trip, but for names and sources."""
    today = world.today
    for passports in passport_classes(world.knowledge):
        first, last = passports.first, passports.members[-1]
        if first == last:
            continue
        assert evisa_substance(world, first) == evisa_substance(world, last)
        for purpose in Purpose:
            for days in (1, 30, 31, 90, 91):
                for arrival in (None, today + timedelta(days=5), date(2027, 2, 1)):
                    for trip in (
                        Trip(first, purpose, days, arrival, Entries.SINGLE, Border.AIR),
                        Trip(first, purpose, days, arrival, Entries.MULTIPLE, Border.LAND, PassportType.SERVICE),
                    ):
                        assert substance(world, trip) == substance(world, replace(trip, citizenship=last))


def substance(world: World, trip: Trip) -> tuple[object, ...]:
    advice = advise(world.knowledge, trip, world.today)
    return (
        *(advice.outcome, advice.category, advice.max_stay_days, advice.windows, advice.needs_invitation),
        *(advice.alternatives, advice.documents, advice.steps, advice.fees, advice.warnings, advice.confidence),
        *(advice.notes, advice.conflicts, tuple(reason.id for reason in advice.path)),
    )


def evisa_substance(world: World, country: str) -> tuple[object, ...]:
    check = check_evisa(world.knowledge, country, world.today)
    return (check.verdict, check.listed, check.citizen, check.categories, check.conditions, check.warnings)


@pytest.mark.parametrize("name", ["evisa_guide", "long_stay"])
def test_flows_lead_passports_of_a_class_the_same_way(name: str, world: World) -> None:
    flow = world.flows[name]
    largest = sorted(passport_classes(world.knowledge), key=lambda passports: -len(passports.members))[:3]
    for passports in largest:
        first, last = (
            [
                (tuple(pair for pair in way.answers if pair[0] != "which_passport_do_you_hold"), way.end)
                for way in ways(flow, world, (PassportClass((country,)),))
            ]
            for country in (passports.first, passports.members[-1])
        )
        assert first == last


def test_what_cannot_end_is_told(tmp_path: Path, world: World) -> None:
    text = """
    flow: stuck
    version: 1
    questions:
      - question: how_many_days_will_you_stay
        kind: number
        unit: day
        min: 1
        max: 9
        next:
          - when: nothing_more_can_change_the_advice
            end: advice
          - end: evisa
    """
    (tmp_path / "stuck.yaml").write_text(dedent(text), "utf-8")
    found = survey(load_flows(tmp_path)["stuck"], world)
    assert found.ends == {}
    assert found.problems
    assert all("nothing_more_can_change_the_advice: raised KeyError" in problem for problem in found.problems)


def test_memory_knows_what_a_result_rests_on() -> None:
    reads, memory = Reads(), Memory[str]()
    answers = Watched({"a": 1, "b": 2}, reads)
    reads.begin()
    reads.begin()
    assert answers.get("a") == 1
    assert "c" not in answers
    memory.put("x", reads.end(), {"a": 1, "b": 2}, "found")
    assert reads.end() == {"a", "c"}
    assert memory.get("x", {"a": 1, "b": 3}) == ("found", ("a", "c"))
    assert memory.get("x", {"a": 2, "b": 2}) is None
    assert memory.get("x", {"a": 1, "c": 2}) is None
    reads.begin()
    assert dict(answers) == {"a": 1, "b": 2}
    memory.put("y", reads.end(), {"a": 1, "b": 2}, "all")
    assert memory.get("y", {"a": 1, "b": 3}) is None


def test_a_change_of_one_regime_moves_its_passport_only(world: World) -> None:
    before = opened(world, "IN")
    assert passports_touched(before.knowledge, world.knowledge) == {"IN"}
    (moved,) = moves("evisa_check", before, world)
    assert (moved.countries, moved.ways) == (frozenset({"IN"}), 1)
    assert "77 days without a visa" in moved.before
    assert "77 days" not in moved.after


def test_moves_are_grouped_by_verdict_with_what_was_answered(world: World) -> None:
    found = moves("which_visa", opened(world, "IN"), world, only=["IN"])
    tourists = [move for move in found if move.before.startswith("visa_free 77 days") and "B12" in move.after]
    assert tourists
    assert all(move.countries == {"IN"} for move in found)
    assert "tourism" in tourists[0].answers["what_is_the_trip_for"]


def test_a_rule_for_everybody_touches_all_passports(world: World) -> None:
    categories = {**world.knowledge.categories}
    categories["B12"] = replace(categories["B12"], evisa=not categories["B12"].evisa)
    changed = replace(world.knowledge, categories=MappingProxyType(categories))
    assert passports_touched(world.knowledge, changed) == frozenset(world.knowledge.regimes)
    assert passports_touched(world.knowledge, world.knowledge) == frozenset()


def opened(world: World, country: str) -> World:
    """The world in which `country` enters for 77 days without a visa."""
    regime = replace(world.knowledge.regimes[country][-1], kind=RegimeKind.VISA_FREE, days=77, windows=())
    regimes = MappingProxyType({**world.knowledge.regimes, country: (regime,)})
    return replace(world, knowledge=replace(world.knowledge, regimes=regimes))
