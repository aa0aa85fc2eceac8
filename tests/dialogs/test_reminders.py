"""Reminders: asked for, told once when their reason stands, silent when it has gone, and stopped in one move."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.effects import Remind, ReminderKind, StopReminding
from dialogs.events import Alarm
from dialogs.promises import KEPT_DAYS
from dialogs.reminding import EXPIRE, EXPIRE_RUNNING
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import Talk

AFTER_A_CHANGE = date(2027, 1, 2)
"""On this day the e-visa of a citizen of Pakistan is another matter than on the day of the tests."""

STOP = [
    (Language.EN, "stop reminders"),
    (Language.EN, "no more reminders"),
    (Language.EN, "Stop Reminding!"),
    (Language.EN, "  stop   reminders  "),
    (Language.RU, "отключить напоминания"),
    (Language.RU, "не напоминай"),
    (Language.RU, "хватит напоминать"),
    (Language.RU, "убрать напоминания"),
    (Language.KK, "еске салуды тоқтату"),
    (Language.KK, "еске салма"),
    (Language.KK, "еске салмаңыз"),
    (Language.KK, "еске салманыз"),
]


def _resting(world: World, language: Language = Language.EN) -> Talk:
    talk = Talk.begin(world, language).say("/visa", "Египет")
    return talk.tap(Action.REST)


def _watched(world: World) -> Talk:
    return Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE).tap(Action.NOTIFY, "", "1")


def test_an_unfinished_paper_is_brought_to_mind_tomorrow_and_before_its_end(world: World) -> None:
    talk = _resting(world).tap(Action.REMIND, "draft", "1")
    soon, last = talk.effects
    assert isinstance(soon, Remind)
    assert isinstance(last, Remind)
    assert (soon.kind, soon.on) == (ReminderKind.DRAFT, world.today + timedelta(days=1))
    assert world.today < soon.on < last.on < world.today + timedelta(days=KEPT_DAYS)


@pytest.mark.parametrize("language", list(Language))
def test_the_reminder_of_a_paper_leads_back_to_it(world: World, language: Language) -> None:
    talk = _resting(world, language).take(Alarm("draft", "1"), replace(world, today=date(2026, 11, 23)))
    assert any(f":{Action.RESUME}:" in data for data in talk.data)
    assert any(f":{Action.STOP}" in data for data in talk.data)
    assert talk.tap(Action.RESUME, "", "1").answers == {"which_passport_do_you_hold": "EG"}


@pytest.mark.parametrize("alarm", [("draft", "9"), ("draft", "9.last"), ("recheck", "9"), ("decision", "KZ-0000-0000"),
                                   ("no_such_kind", "1")])  # fmt: skip
def test_a_reminder_whose_reason_has_gone_is_silent(world: World, alarm: tuple[str, str]) -> None:
    talk = _resting(world)
    before = talk.session
    talk.take(Alarm(*alarm))
    assert talk.done.says == ()
    assert talk.session == before


def test_a_finished_paper_is_no_unfinished_one(world: World) -> None:
    talk = Talk.begin(world).say("/evisa", "Pakistan").tap(Action.SAVE)
    assert talk.take(Alarm("draft", "1")).done.says == ()
    assert talk.tap(Action.REMIND, "draft", "1").effects == []


@pytest.mark.parametrize(("language", "said"), STOP)
def test_one_word_stops_them_all(world: World, language: Language, said: str) -> None:
    talk = _watched(world)
    talk.session = replace(talk.session, language=language)
    talk.say(said)
    assert talk.effects == [StopReminding()]
    assert talk.text("reminder.stopped") in talk.seen
    assert not any(paper.notify for paper in talk.session.papers)


def test_a_saved_outcome_that_holds_is_looked_at_again_in_silence(world: World) -> None:
    talk = _watched(world).take(Alarm("recheck", "1"))
    assert talk.done.says == ()
    assert talk.effects == [Remind(ReminderKind.RECHECK, "1", world.today + timedelta(days=1))]


def test_a_saved_outcome_that_has_changed_is_told_once(world: World) -> None:
    talk = _watched(world)
    talk.world = replace(world, today=AFTER_A_CHANGE)
    papers = tuple(replace(paper, touched=AFTER_A_CHANGE) for paper in talk.session.papers)
    talk.session = replace(talk.session, papers=papers)
    talk.take(Alarm("recheck", "1"))
    assert talk.text("recheck.title") in talk.seen
    assert talk.take(Alarm("recheck", "1")).done.says == ()


def test_who_is_not_watching_is_told_nothing(world: World) -> None:
    talk = _watched(world).tap(Action.NOTIFY, "", "1")
    assert talk.effects == [StopReminding(ReminderKind.RECHECK, "1")]
    talk.take(Alarm("recheck", "1"), replace(world, today=AFTER_A_CHANGE))
    assert talk.done.says == ()
    assert talk.effects == [StopReminding(ReminderKind.RECHECK, "1")]


def test_what_nobody_touched_is_forgotten_in_silence(world: World) -> None:
    talk = _resting(world).say("/visa", "India")
    talk.take(Alarm("draft", EXPIRE))
    assert (talk.done.says, talk.answers) == ((), {"which_passport_do_you_hold": "IN"})
    talk.take(Alarm("draft", EXPIRE_RUNNING))
    assert (talk.done.says, talk.answers, talk.session.flow) == ((), {}, None)
    assert len(talk.session.papers) == 1


def test_the_days_of_an_outcome_are_those_of_its_answers(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "Egypt", "ordinary", "tourism", "10 December 2026", "10 days", "once")
    while talk.key is not None:
        talk.say("1")
    talk.tap(Action.REMIND, "outcome")
    assert Remind(ReminderKind.ARRIVAL, "2026-12-10", date(2026, 12, 10)) in talk.effects
    talk.take(Alarm("arrival", "2026-12-10"), replace(world, today=date(2026, 12, 10)))
    assert "10 December 2026" in talk.seen
