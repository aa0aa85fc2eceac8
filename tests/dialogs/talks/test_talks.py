"""Conversation scripts: what is wrong with a file is told by step and key, and what fails by step and words."""

from pathlib import Path
from textwrap import dedent

import pytest

from dialogs.talks import ScriptError, coverage_of, load_scripts, play, read_script, rule_lines, taken_in, transcript
from dialogs.talks.coverage import Taken
from dialogs.talks.player import Played
from dialogs.world import World

HEAD = "title: A talk\nlanguage: en\nsteps:\n"

BROKEN = {
    "unknown key": ("- {shout: hello}", ["step 1: ", "'shout' was unexpected", "use say, edit, press"]),
    "two acts": ("- {say: hello, press: Menu}", ["step 1: say and press: two things at once; make them two steps"]),
    "unknown effect": ("- {say: hello, effects: [Explode]}", ["step 1: effects: Explode: no such effect; use one of"]),
    "effects of nothing": ("- {effects: [Remind]}", ["step 1: effects: nothing is done in this step"]),
    "unknown mode": (
        "- {say: hello, modes: [shout]}",
        ["step 1: modes: shout: no such mode; use one of send, replace"],
    ),
    "no such day": ("- {say: hello, today: 2026-02-30}", ["step 1: day is out of range for month; correct the day"]),
    "second step": (
        "- {say: hello}\n- {odd: smell}",
        ["step 2: odd: 'smell' is not one of", "see schemas/talk.schema"],
    ),
    "no step": ("[]", ["steps: [] should be non-empty"]),
}


def script(tmp_path: Path, steps: str, head: str = HEAD) -> Path:
    file = tmp_path / "talk.yaml"
    file.write_text(head + "".join(f"  {line}\n" for line in dedent(steps).strip().splitlines()), "utf-8")
    return file


def played(tmp_path: Path, steps: str, world: World, head: str = HEAD) -> Played:
    return play(read_script(script(tmp_path, steps, head)), world)


@pytest.mark.parametrize(("steps", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_script_names_step_key_and_repair(steps: str, told: list[str], tmp_path: Path) -> None:
    with pytest.raises(ScriptError) as error:
        read_script(script(tmp_path, steps))
    assert all(problem.startswith("talk.yaml: ") for problem in error.value.problems)
    for words in told:
        assert words in str(error.value)


def test_problems_of_all_scripts_come_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("title: [", "utf-8")
    (tmp_path / "b.yaml").write_text("title: B\nsteps: [{shout: hello}]\n", "utf-8")
    with pytest.raises(ScriptError) as error:
        load_scripts(sorted(tmp_path.glob("*.yaml")))
    assert [problem.partition(":")[0] for problem in error.value.problems] == ["a.yaml", "b.yaml"]


FAILING = {
    "words that are missing": ("- {say: /visa, see: [moon]}", "see: 'moon' is missing"),
    "words that must not be there": ("- {say: /visa, not_see: [passport]}", "not_see: 'passport' is there"),
    "a button that is missing": ("- {say: /visa, buttons: [Moon]}", "buttons: 'Moon' is missing"),
    "a button that must not be there": ("- {say: /visa, no_buttons: [India]}", "no_buttons: 'India' is there"),
    "a press on nothing": ("- {press: Moon}", "no button 'Moon' among []"),
    "answers": ("- {say: /visa, answers: {which_passport_do_you_hold: IN}}", "answers: {} instead of"),
    "modes": ("- {say: /visa, modes: [replace]}", "modes: ['send'] instead of ['replace']"),
    "waiting": ("- {say: /visa, waiting: tea}", "waiting: None instead of 'tea'"),
    "an effect": ("- {say: /visa, effects: [Erase]}", "effects: no Erase with {} among"),
    "the field of an effect": (
        "- {say: /visa, effects: [{Count: {flow: tea}}]}",
        "effects: no Count with {'flow': 'tea'} among",
    ),
    "an effect too many": ("- {say: /visa, no_effects: [Count]}", "no_effects: Count is among"),
}


@pytest.mark.parametrize(("steps", "failure"), FAILING.values(), ids=FAILING)
def test_a_check_that_does_not_hold_fails(steps: str, failure: str, tmp_path: Path, world: World) -> None:
    (told,) = played(tmp_path, steps, world).failures
    assert told.startswith(f"talk.yaml: step 1: {failure}")


def test_a_talk_stops_where_it_fails(tmp_path: Path, world: World) -> None:
    steps = "- {say: /visa, see: [moon]}\n- {say: India}"
    talk = played(tmp_path, steps, world)
    assert len(talk.exchanges) == 1
    assert "! step 1: see: 'moon' is missing" in transcript(talk)


def test_the_day_the_language_and_effects_are_the_scripts(tmp_path: Path, world: World) -> None:
    steps = """
    - {say: /visa, effects: [{Count: {flow: which_visa, what: asked}}]}
    - {say: Egypt}
    - {say: ordinary}
    - {say: tourism}
    - {today: 2026-12-31, say: "30.12.2026", see: ["31 December 2026"]}
    - {language: kk, see: ["=question.when_do_you_arrive.ask"]}
    """
    talk = played(tmp_path, steps, world)
    assert talk.failures == ()
    told = transcript(talk)
    assert told.startswith("# A talk (talk.yaml)\n\n> /visa\n")
    assert "--- 2026-12-31 ---" in told
    assert "> (changes the language: kk)" in told


def test_requests_and_links_stand_in_the_world(tmp_path: Path, world: World) -> None:
    head = HEAD.replace(
        "steps:",
        "requests:\n"
        "  - {reference: KZ-TEST, category: B3, guests: 1, first_day: 2027-01-10,\n"
        "     history: [{status: received, on: 2026-11-20}]}\n"
        "steps:",
    )
    talk = played(
        tmp_path, "- {say: hello}\n- {requests: [], invited: {token: abc, usable: true}}\n- {say: hello}", world, head
    )
    first, second, third = (exchange.world for exchange in talk.exchanges)
    assert [request.reference for request in first.requests] == ["KZ-TEST"]
    assert second.requests == ()
    assert second.invited is not None
    assert third.invited is None


def test_coverage_names_the_line_of_each_rule_that_is_missed(tmp_path: Path, world: World) -> None:
    taken = taken_in(played(tmp_path, "- {say: /evisa}\n- {say: India}", world))
    assert taken == {Taken("evisa_check", "which_passport_do_you_hold", 0)}
    whole, missing = coverage_of([world.flows["evisa_check"], world.flows["visa_inside"]], taken)
    assert (whole.taken, whole.total, whole.missed) == (1, 1, ())
    assert missing.taken == 0
    assert missing.missed[0] == Taken("visa_inside", "what_do_you_need_inside", 0)


def test_lines_are_those_of_the_file_also_within_a_person() -> None:
    text = dedent(
        """
        questions:
          - question: guests
            person:
              - question: surname
                next:
                  - done: true
            next:
              - when: a
                ask: b
              - end: c
        """
    ).lstrip()
    assert rule_lines(text) == {("surname", 0): 6, ("guests", 0): 8, ("guests", 1): 10}
