"""Lists that are ticked: every way to say a point, and what settles the question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Refused
from dialogs.questions.checklist import ChecklistKind, open_points
from dialogs.says import PressButton
from dialogs.tree import Question
from dialogs.wire import LIMIT, Tap
from dialogs.world import World
from knowledge.language import Language

KIND = ChecklistKind()
POINTS = ("clean_pages", "never_extended", "undamaged_passport", "genuine_passport")
ALL = ",".join(POINTS)


@pytest.fixture
def question(world: World) -> Question:
    return world.flows["evisa_guide"].questions["what_is_true_of_the_passport"]


@pytest.fixture
def asked(world: World, question: Question) -> Asking:
    return Asking(question, Voice(world.texts, Language.EN), world.knowledge, world.today, 999_999, key=question.id)


@pytest.mark.parametrize(
    ("old", "said", "value"),
    [
        ("", "1", "clean_pages"),
        ("", "3 1", "clean_pages,undamaged_passport"),
        ("", "1, 3 and 4", "clean_pages,undamaged_passport,genuine_passport"),
        ("", "2-4", "never_extended,undamaged_passport,genuine_passport"),
        ("clean_pages", "1", ""),
        ("clean_pages", "1 2", "never_extended"),
        ("clean_pages", "done with 1 and 2", "clean_pages,never_extended"),
        ("clean_pages,never_extended", "not 1", "never_extended"),
        ("", "it has enough clean pages", "clean_pages"),
        ("", "чистые страницы", "clean_pages"),
        ("", "таза бет бар", "clean_pages"),
        ("", "It was never extended", "never_extended"),
        ("", "не продлевали", "never_extended"),
        ("", "ұзартылмаған", "never_extended"),
        ("", "the pages and it is genuine", "clean_pages,genuine_passport"),
        ("clean_pages", "no clean pages", ""),
        ("clean_pages", "таза бет қалмаған", ""),
        ("", "all", ALL),
        ("", "бәрі дайын", ALL),
        ("clean_pages", "всё готово", ALL),
        ("clean_pages", "пока всё", "clean_pages,enough"),
        ("", "жетеді", "enough"),
        ("clean_pages,enough", "4", "clean_pages,genuine_passport"),
    ],
)
def test_what_is_said_sets_the_ticks(asked: Asking, old: str, said: str, value: str) -> None:
    assert KIND.read(replace(asked, old=old), said) == Accepted(value)


@pytest.mark.parametrize("said", ["", "5", "1 7", "0", "weather", "99 clean"])
def test_what_names_no_point_is_refused_with_the_way_to_write_one(asked: Asking, said: str) -> None:
    reading = KIND.read(asked, said)
    assert isinstance(reading, Refused)
    assert "(1–4)" in reading.says[0]


@pytest.mark.parametrize(
    ("value", "valid", "settled"),
    [
        ("", True, False),
        ("clean_pages", True, False),
        ("clean_pages,enough", True, True),
        ("enough", True, True),
        (ALL, True, True),
        ("genuine_passport,clean_pages", False, False),
        ("clean_pages,clean_pages", False, False),
        ("clean_pages,left_out_since", False, False),
        (3, False, False),
    ],
)
def test_a_stored_answer_is_valid_and_settles(
    question: Question, world: World, value: str | int, valid: bool, settled: bool
) -> None:
    assert KIND.is_valid(question, value, world.knowledge, world.today) is valid
    if valid:
        assert KIND.settles(question, value) is settled


@given(st.lists(st.sampled_from([*POINTS, *(f"-{point}" for point in POINTS), "all", "enough", "moon"]), max_size=12))
def test_any_taps_keep_the_answer_valid_and_a_second_one_changes_nothing(world: World, taps: list[str]) -> None:
    question = world.flows["evisa_guide"].questions["what_is_true_of_the_passport"]
    asked = Asking(question, Voice(world.texts, Language.EN), world.knowledge, world.today, 1, old="")
    for value in taps:
        reading = KIND.tapped(asked, value)
        if value == "moon":
            assert isinstance(reading, Refused)
            continue
        assert isinstance(reading, Accepted)
        asked = replace(asked, old=reading.value)
        assert KIND.tapped(asked, value) == reading
        assert KIND.is_valid(question, reading.value, world.knowledge, world.today)


def test_buttons_lead_to_the_other_state_and_fit_into_their_data(asked: Asking) -> None:
    rows = KIND.rows(replace(asked, old="never_extended"))
    data = [button.action.data for row in rows for button in row if isinstance(button.action, PressButton)]
    taps = [Tap.decode(line) for line in data]
    assert [tap.value for tap in taps if tap is not None] == [
        "clean_pages", "-never_extended", "undamaged_passport", "genuine_passport", "all", "enough",
    ]  # fmt: skip
    assert max(len(line.encode()) for line in data) <= LIMIT


@pytest.mark.parametrize("language", Language)
def test_every_list_of_the_product_can_be_pressed_said_and_told(world: World, language: Language) -> None:
    """Each label names its own point, in any language, and no point is called like the way on."""
    for flow in world.flows.values():
        for question in flow.questions.values():
            if not question.options or question.kind != "checklist":
                continue
            asked = Asking(question, Voice(world.texts, language), world.knowledge, world.today, 999_999, old="")
            assert {"all", "enough"}.isdisjoint(question.options)
            assert len(KIND.lead(asked)) >= 3
            for row in KIND.rows(asked):
                assert all(len(button.action.data) <= LIMIT for button in row if isinstance(button.action, PressButton))
            for point in question.options:
                label = world.texts.get(language, f"option.{point}")
                assert KIND.read(asked, label) == Accepted(point), label
            assert open_points(question.options, question.options[0]) == question.options[1:]
