"""A stay as it is told: its days agree with the timeline, and what was missed is counted to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.answer import Answer
from dialogs.cards.room import LONGEST_MESSAGE, length
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.plain import to_plain
from dialogs.situation import Situation
from dialogs.stay import Stay
from dialogs.world import World
from knowledge.language import Language

WAYS = ("entry_without_a_visa", "entry_with_a_visa", "entry_with_an_evisa")


def stay_of(world: World, **answers: Answer) -> Stay:
    told: dict[str, Answer] = {
        "which_passport_do_you_hold": "DE",
        "when_is_the_entry": "2026-11-10",
        "what_is_the_entry_with": "entry_without_a_visa",
        "how_long_is_the_stay": 20,
    }
    return Stay(Situation(told | answers, world.knowledge, world.today))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["DE", "RU", "KG", "IN", "EG", "AF", "US", "TR"]),
    st.sampled_from(WAYS),
    st.integers(-400, 400),
    st.integers(-30, 400),
    st.integers(1, 400),
)
def test_the_days_asked_about_are_days_of_the_timeline(
    world: World, passport: str, way: str, ahead: int, visa: int, days: int
) -> None:
    entry = world.today + timedelta(days=ahead)
    answers: dict[str, Answer] = {"when_is_the_entry": entry.isoformat(), "how_long_is_the_stay": days}
    if way != "entry_without_a_visa":
        answers["when_does_the_visa_end"] = (entry + timedelta(days=visa)).isoformat()
    stay = stay_of(world, which_passport_do_you_hold=passport, what_is_the_entry_with=way, **answers)
    found = {day.what: day for day in stay.deadlines}
    notice = stay.notice
    assert notice is not None
    assert found["notify_arrival"].date == notice.date
    last = found.get("leave_by") or found.get("leave_by_visa")
    assert stay.last_day == (None if last is None else last.date)
    assert set(found).isdisjoint({"apply_for_visa", "passport_valid_after_visa"})


@pytest.mark.parametrize(
    ("ago", "penalty"),
    [
        (0, None),
        (1, "overstay_to_3_days"),
        (3, "overstay_to_3_days"),
        (4, "overstay_to_5_days"),
        (5, "overstay_to_5_days"),
        (6, "overstay_to_10_days"),
        (10, "overstay_to_10_days"),
        (11, "overstay_longer"),
        (400, "overstay_longer"),
    ],
)
def test_days_over_fall_into_one_band_of_the_code(world: World, ago: int, penalty: str | None) -> None:
    stay = stay_of(
        world,
        when_is_the_entry=(world.today - timedelta(days=ago + 10)).isoformat(),
        what_is_the_entry_with="entry_with_a_visa",
        when_does_the_visa_end=(world.today - timedelta(days=ago)).isoformat(),
    )
    assert stay.days_over == ago
    assert (None if stay.overstay is None else stay.overstay.id) == penalty


@pytest.mark.parametrize(
    ("today", "reported", "missed"),
    [
        (date(2026, 11, 12), "no", False),  # the third working day, the day of arrival counted
        (date(2026, 11, 13), "no", True),
        (date(2026, 11, 13), "not_sure", True),
        (date(2026, 11, 13), "yes", False),
    ],
)
def test_a_notice_is_missed_only_after_its_last_day(world: World, today: date, reported: str, missed: bool) -> None:
    answers = dict(stay_of(world, was_the_arrival_reported=reported).situation.answers)
    assert Stay(Situation(answers, world.knowledge, today)).missed_notice is missed


def test_a_passport_without_a_visa_free_rule_gets_no_last_day(world: World) -> None:
    stay = stay_of(world, which_passport_do_you_hold="EG")
    assert (stay.limit, stay.last_day, stay.days_over) == (None, None, 0)


@pytest.mark.parametrize("host", ["private_host", "small_host", "medium_host", "large_host"])
@pytest.mark.parametrize("language", list(Language))
def test_a_fine_of_the_host_is_told_with_the_doubt_about_the_edition(
    world: World, host: str, language: Language
) -> None:
    answers = dict(stay_of(world, what_kind_of_host=host, was_the_arrival_reported="no").situation.answers)
    situation = Situation(answers, world.knowledge, world.today)
    voice = Voice(world.texts, language)
    say = OUTCOMES["arrival_notice_missed"](situation, voice, 0)
    told = to_plain(say)
    for penalty in Stay(situation).fines_of_the_host:
        assert penalty.mrp is None or voice.text("after_arrival.mrp", mrp=voice.number(penalty.mrp)) in told
    assert len(Stay(situation).fines_of_the_host) == 2
    assert voice.text("after_arrival.edition") in told
    assert sum(map(length, say.blocks)) <= LONGEST_MESSAGE
