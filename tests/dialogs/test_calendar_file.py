"""A timeline as a calendar file, read back by the library that calendars use."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Alarm, Calendar, Event

from dialogs.calendar_file import calendar_file
from dialogs.cards.parts import deadline_text
from dialogs.engine import World
from dialogs.formats import Voice
from dialogs.keeping import days_to_keep
from dialogs.says import Moment
from dialogs.session import Session
from knowledge.language import Language
from knowledge.timeline import Arrival, Events, timeline

TODAY = date(2026, 11, 22)
KNOWN = Events(
    Arrival(date(2027, 2, 10), 20, invitation=True), visa_until=date(2027, 3, 10), us_interview=date(2026, 12, 17)
)


def events_of(world: World, known: Events = KNOWN, language: Language = Language.EN) -> list[Event]:
    file = calendar_file(timeline(world.knowledge, known, TODAY), world.knowledge, Voice(world.texts, language), TODAY)
    assert file is not None
    assert (file.name, file.mime) == ("visa-dates.ics", "text/calendar")
    calendar = Calendar.from_ical(file.content)
    assert (str(calendar["version"]), str(calendar["prodid"])) == ("2.0", "-//visabot//days of a visa//EN")
    return list(calendar.events)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("known", "count"), [(KNOWN, 6), (Events(KNOWN.arrival), 8)], ids=["visa", "no_visa_yet"])
def test_every_day_is_an_event_in_the_language_of_the_person(
    world: World, language: Language, known: Events, count: int
) -> None:
    voice = Voice(world.texts, language)
    days = timeline(world.knowledge, known, TODAY)
    events = events_of(world, known, language)
    assert len(events) == len(days) == count
    for event, day in zip(events, days, strict=True):
        assert str(event["summary"]) == deadline_text(day, voice)
        told = str(event["description"])
        assert voice.text(f"who.{day.who}") in told
        assert world.knowledge.sources[day.source].title_in(language) in told
        assert voice.text("card.not_official") in told
        assert (voice.text("timeline.estimated") in told) is day.estimated
        assert datetime(2026, 11, 22, tzinfo=UTC) == event.DTSTAMP
        assert str(event["transp"]) == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert isinstance(alarm, Alarm)
        assert (str(alarm["action"]), alarm.TRIGGER) == ("DISPLAY", timedelta(days=-1))
        assert str(alarm["description"]) == str(event["summary"])


def test_a_whole_day_is_all_day_and_a_moment_has_its_time(world: World) -> None:
    starts = {str(event["uid"]): event.DTSTART for event in events_of(world)}
    assert starts["extension_latest-20270302@visabot"] == date(2027, 3, 2)
    # 17:00 in Kazakhstan, three business days before: 16 December is a holiday there.
    assert starts["us_ds160_deadline-20261211@visabot"] == datetime(2026, 12, 11, 12, tzinfo=UTC)


def test_an_official_source_has_its_address(world: World) -> None:
    (event,) = events_of(world, Events(papers_complete=date(2026, 12, 14)))
    assert "https://zan.gov.kz/" in str(event["description"])


def test_the_same_day_of_the_same_rule_keeps_its_id_in_every_file(world: World) -> None:
    first, again = (
        [str(event["uid"]) for event in events_of(world, language=one)] for one in (Language.KK, Language.EN)
    )
    assert first == again
    assert len(set(first)) == len(first)
    (later,) = events_of(world, Events(papers_complete=date(2026, 12, 15)))
    (sooner,) = events_of(world, Events(papers_complete=date(2026, 12, 14)))
    assert later["uid"] != sooner["uid"]


def test_past_days_stay_out_and_none_ahead_is_no_file(world: World) -> None:
    voice = Voice(world.texts, Language.EN)
    days = timeline(world.knowledge, Events(visa_until=date(2026, 12, 10)), TODAY)
    events = events_of(world, Events(visa_until=date(2026, 12, 10)))
    assert len(events) == len([day for day in days if not day.past]) < len(days)
    gone = timeline(world.knowledge, Events(us_interview=date(2025, 5, 2)), TODAY)
    assert calendar_file(gone, world.knowledge, voice, TODAY) is None


def test_before_an_advice_there_is_nothing_to_keep(world: World) -> None:
    voice = Voice(world.texts, Language.EN)
    flow = world.flows["which_visa"]
    started = Session(language=Language.EN, flow=flow.id, version=flow.version)
    for session in (Session(language=Language.EN), started):
        assert days_to_keep(session, world, voice) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.KK, "10.12.2026"), (Language.RU, "10 декабря 2026 г."), (Language.EN, "10 December 2026")],
)
def test_a_moment_keeps_its_words_and_names_noon_or_its_time(world: World, language: Language, words: str) -> None:
    voice = Voice(world.texts, language)
    noon = int(datetime(2026, 12, 10, 7, tzinfo=UTC).timestamp())
    assert voice.moment(date(2026, 12, 10)) == Moment(words, noon)
    assert voice.moment(date(2026, 12, 10), time(17)) == Moment(f"{words}, 17:00", noon + 5 * 3600)


def test_timeline_texts_are_short_where_they_are_buttons_and_captions(world: World) -> None:
    for language in Language:
        assert len(world.texts.get(language, "button.calendar")) <= 30
        assert len(world.texts.get(language, "calendar.sent")) <= 400
