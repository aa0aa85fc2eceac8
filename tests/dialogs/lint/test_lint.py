"""The lint of flows: those of the product are sound, and each kind of defect is found."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from dialogs.flow import load_flows
from dialogs.lint import buttons, cards, guards, lint, migrations, names, synonyms, texts, whys
from dialogs.lint.reach import findings as reach_findings
from dialogs.migration import Migration
from dialogs.outcomes import OUTCOMES
from dialogs.predicates import PREDICATES
from dialogs.tree import Flow
from dialogs.walk import Survey, survey
from dialogs.world import World
from knowledge.checks.finding import Severity


@pytest.mark.parametrize("name", sorted(load_flows()))
def test_the_flows_of_the_product_are_sound(name: str, world: World) -> None:
    errors = [str(finding) for finding in lint(world, [name]) if finding.severity is Severity.ERROR]
    assert errors == []


def test_every_name_is_used_and_no_day_stands_in_code(world: World) -> None:
    found = [*names.findings(world), *guards.findings(world)]
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []


def flow_of(text: str, tmp_path: Path) -> Flow:
    (tmp_path / "small.yaml").write_text("flow: small\nversion: 3\nquestions:\n" + dedent(text), "utf-8")
    return load_flows(tmp_path)["small"]


BOTH_ENDS = """
- question: which_passport_do_you_hold
  kind: country
  next:
    - when: holds_no_national_passport
      end: document_of_another_kind
    - end: evisa
"""


def test_a_rule_and_an_outcome_that_the_facts_never_reach(tmp_path: Path, world: World) -> None:
    flow = flow_of(BOTH_ENDS, tmp_path)
    told = [str(finding) for finding in reach_findings(flow, world, survey(flow, world))]
    assert len(told) == 2
    assert (
        "flow.small.which_passport_do_you_hold: the rule holds_no_national_passport → document_of" in told[0] + told[1]
    )
    assert "flow.small: no way leads to the outcome document_of_another_kind" in told[0] + told[1]


def test_a_dead_end_is_an_error(tmp_path: Path, world: World) -> None:
    flow = flow_of(BOTH_ENDS, tmp_path)
    ways = Survey(problems=frozenset({"which_passport_do_you_hold: no value that is tried is a valid answer"}))
    first = next(iter(reach_findings(flow, world, ways)))
    assert str(first).startswith("error: flow.small.which_passport_do_you_hold: no value that is tried")


def test_an_outcome_that_raises_is_told_with_its_way(tmp_path: Path, world: World) -> None:
    flow = flow_of(
        "- {question: which_visa_do_you_hold, kind: choice, options: [visa_c3, visa_c9], next: [{end: advice}]}",
        tmp_path,
    )
    told = [str(finding) for finding in cards.findings(flow, world, survey(flow, world))]
    assert len(told) == 3
    assert all("flow.small.advice: " in line and "raised KeyError" in line and "visa_c3" in line for line in told)


def test_missing_texts_are_named(tmp_path: Path, world: World) -> None:
    flow = flow_of(
        "- {question: are_you_sure, kind: choice, options: [quite_sure, 'no'], next: [{end: evisa}]}", tmp_path
    )
    told = "\n".join(map(str, texts.findings(flow, world)))
    for key in ("flow.small.title", "question.are_you_sure.ask", "question.are_you_sure.label", "option.quite_sure"):
        assert f"the text {key} is missing" in told
    assert "option.no " not in told


def test_unused_texts_are_found_when_a_flow_loses_what_used_them(world: World) -> None:
    """Without its last question a flow leaves the words of that question in its catalogue."""
    flow = world.flows["visa_inside"]
    fewer = replace(flow, questions={id_: asked for id_, asked in flow.questions.items() if id_ != "what_is_lost"})
    poorer = replace(world, flows={**world.flows, flow.id: fewer})
    assert texts.unused_texts(flow, world) == ()
    found = texts.unused_texts(fewer, poorer)
    assert "question.what_is_lost.ask" in found
    assert "option.lost_visa" in found
    assert all("what_is_lost" in key or key.startswith("option.") for key in found)


def test_a_word_of_two_options_is_found(tmp_path: Path, world: World) -> None:
    flow = flow_of("- {question: q, kind: choice, options: ['yes', 'no'], next: [{end: evisa}]}", tmp_path)
    assert list(synonyms.findings(flow, world)) == []
    doubled = replace(flow, questions={"q": replace(flow.questions["q"], options=("private_host", "person_invites"))})
    told = "\n".join(map(str, synonyms.findings(doubled, world)))
    assert "'individual' means private_host and person_invites" in told


@pytest.mark.parametrize(
    ("migration", "told"),
    [
        (Migration(3), "leads from a version that is not before 3"),
        (Migration(0), "leads from a version that is not before 3"),
        (Migration(2, rename={"old": "nowhere"}), "old is renamed to nowhere, which is no question"),
        (Migration(2, rename={"which_passport_do_you_hold": "x"}), "is renamed, but the question is still there"),
        (Migration(2, rename={"old": "which_passport_do_you_hold"}, ask_again=frozenset({"old"})), "renamed and asked"),
    ],
)
def test_a_migration_that_cannot_work(migration: Migration, told: str, tmp_path: Path, world: World) -> None:
    flow = replace(flow_of(BOTH_ENDS, tmp_path), migrations=(migration,))
    assert told in "\n".join(map(str, migrations.findings(flow, world)))


def test_a_sound_migration_is_no_finding(tmp_path: Path, world: World) -> None:
    flow = flow_of(BOTH_ENDS, tmp_path)
    sound = Migration(2, rename={"old": "which_passport_do_you_hold"}, ask_again=frozenset({"gone"}))
    assert list(migrations.findings(replace(flow, migrations=(sound,)), world)) == []


def test_values_that_become_no_option(world: World) -> None:
    flow = world.flows["visa_inside"]
    wrong = Migration(1, values={"what_is_lost": {"lost_card": "lost_moon"}})
    told = migrations.findings(replace(flow, version=2, migrations=(wrong,)), world)
    assert "what_is_lost: lost_card becomes lost_moon, which is no option" in "\n".join(map(str, told))


def test_a_day_in_code_is_a_warning_and_an_error_once_it_has_passed() -> None:
    code = 'if today < date(2026, 11, 21):\n    ...\nUNTIL = "2027-01-01"\n'
    found = [*guards.dated_guards("code.x", code, date(2026, 11, 22))]
    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.WARNING]
    assert "line 1: the day 2026-11-21 has passed" in str(found[0])
    assert "line 3: the day 2027-01-01 stands in code" in str(found[1])


def test_names_that_no_flow_uses(world: World) -> None:
    alone: Mapping[str, Flow] = {"evisa_check": world.flows["evisa_check"]}
    told = {finding.thing for finding in names.findings(replace(world, flows=alone))}
    assert told == {f"predicate.{name}" for name in PREDICATES} | {
        f"outcome.{name}" for name in OUTCOMES if name != "evisa"
    }


def test_a_label_that_no_button_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = world.flows["visa_inside"]
    assert list(buttons.findings(flow, world)) == []
    monkeypatch.setattr(buttons, "LONGEST_BUTTON", 3)
    told = "\n".join(map(str, buttons.findings(flow, world)))
    assert "text.flow.visa_inside.title: kk: " in told
    assert "text.option.lost_visa: en: " in told


def test_a_question_that_says_neither_how_nor_why(tmp_path: Path, world: World) -> None:
    flow = flow_of("- {question: which_moon, kind: text, form: email, personal: true, next: [{end: evisa}]}", tmp_path)
    told = "\n".join(map(str, whys.findings(flow, world)))
    assert "does not say how to answer" in told
    assert "does not say why" in told


def test_a_card_that_does_not_fit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = world.flows["evisa_check"]
    ways = survey(flow, world)
    assert list(cards.findings(flow, world, ways)) == []
    for name, limit in (("LONGEST_CARD", 10), ("LIMIT", 3), ("_LONGEST_LABEL", 2)):
        monkeypatch.setattr(cards, name, limit)
    told = "\n".join(map(str, cards.findings(flow, world, ways)))
    for defect in ("UTF-16 units, 10 fit", "carries more than 3 bytes", "has more than 2 characters"):
        assert defect in told
