"""What staff hear about the bot: what is wrong, how often it is told, and that it is over."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.alert_news import Memory, News, news_of, say_news
from bot.alerts import Alert, AlertKind, Snapshot, alerts_in
from bot.handover import STAFF_LANGUAGE
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.texts import Texts
from knowledge.checks.stale import Due, Reason
from knowledge.language import Language

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
FINE = Snapshot(TODAY)
HOUR = 3600.0
WAIT = Alert(AlertKind.UPDATES_WAIT, 3)


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (FINE, ()),
        (replace(FINE, oldest_update=119.9, oldest_call=299.9, webhook_error_age=300.0), ()),
        (replace(FINE, oldest_update=120.0), (Alert(AlertKind.UPDATES_WAIT, 2),)),
        (replace(FINE, oldest_call=301.0), (Alert(AlertKind.CALLS_WAIT, 5),)),
        (
            replace(FINE, quarantined=2, undelivered=1),
            (Alert(AlertKind.QUARANTINED, 2), Alert(AlertKind.UNDELIVERED, 1)),
        ),
        (
            replace(FINE, webhook_error_age=3.0, webhook_error="Wrong response from the webhook: 503", pending=9),
            (Alert(AlertKind.WEBHOOK, 9, "Wrong response from the webhook: 503"),),
        ),
        (
            replace(FINE, webhook_error_age=3.0, webhook_error="words " * 100),
            (Alert(AlertKind.WEBHOOK, 0, ("words " * 100)[:200]),),
        ),
    ],
)
def test_what_is_worth_an_alert(look: Snapshot, expected: tuple[Alert, ...]) -> None:
    assert alerts_in(look) == expected


def test_what_is_due_is_told_to_owners() -> None:
    late, today, soon = date(2026, 11, 21), TODAY, date(2026, 11, 30)
    look = replace(
        FINE,
        due=(
            Due("legal", late, "fees.evisa", Reason.REVIEW),
            Due("legal", late, "fees.evisa", Reason.FACT_ENDS, ("fee.duty",)),  # one thing, two reasons
            Due("legal", late, "fees.duty", Reason.REVIEW),
            Due("legal", date(2026, 11, 1), "stay.limits", Reason.REVIEW),
            Due("desk", today, "service.hours", Reason.FACT_CHANGED),
            Due("desk", soon, "service.privacy", Reason.REVIEW),
        ),
    )
    assert alerts_in(look) == (
        Alert(AlertKind.OVERDUE, 1, "legal", "2026-11-01"),
        Alert(AlertKind.OVERDUE, 2, "legal", "2026-11-21"),
        Alert(AlertKind.DUE, 2, "desk"),
    )


class Staff:
    """Looks at the bot and remembers what was told."""

    def __init__(self) -> None:
        self.known: dict[str, Memory] = {}

    def look(self, now: float, *found: Alert) -> tuple[News, ...]:
        """What is told; what is kept passes through its stored form."""
        news, kept = news_of(found, self.known, now)
        self.known = {key: Memory.from_json(memory.to_json()) for key, memory in kept.items()}
        return news


def test_what_lasts_is_told_hourly_and_its_end_once() -> None:
    staff = Staff()
    longer = replace(WAIT, n=60)
    assert staff.look(0, WAIT) == (News(WAIT),)
    assert staff.look(60, replace(WAIT, n=4)) == ()
    assert staff.look(HOUR - 1, longer) == ()
    assert staff.look(HOUR, longer) == (News(longer),)
    assert staff.look(HOUR + 60) == ()  # it may come back
    assert staff.look(HOUR + 600) == (News(longer, over=True),)
    assert staff.look(HOUR + 660) == ()
    assert staff.look(3 * HOUR) == ()
    assert staff.known == {}


def test_what_comes_and_goes_is_one_trouble() -> None:
    staff = Staff()
    told = [staff.look(minute * 60, *((WAIT,) if minute % 5 == 0 else ())) for minute in range(59)]
    assert [news for news in told if news] == [(News(WAIT),)]


def test_what_is_over_is_not_told_again_within_the_hour() -> None:
    staff = Staff()
    assert staff.look(0, WAIT) == (News(WAIT),)
    assert staff.look(700) == (News(WAIT, over=True),)
    assert staff.look(800, WAIT) == ()
    assert staff.look(1500) == ()  # an end of what nobody heard of
    assert staff.look(2000, WAIT) == ()
    assert staff.look(HOUR, WAIT) == (News(WAIT),)


def test_what_happens_within_the_hour_is_added_up() -> None:
    staff = Staff()
    poison = Alert(AlertKind.QUARANTINED, 1)
    assert staff.look(0, poison) == (News(poison),)
    assert staff.look(60, replace(poison, n=2)) == ()
    assert staff.look(120) == ()
    assert staff.look(180, replace(poison, n=4)) == ()
    assert staff.look(HOUR) == (News(replace(poison, n=6)),)
    assert staff.look(3 * HOUR) == ()
    assert staff.known == {}
    assert staff.look(3 * HOUR + 1, poison) == (News(poison),)


def test_another_day_that_passes_is_told_at_once_and_the_end_of_what_was_near_is_not() -> None:
    staff = Staff()
    near, first, second = (
        Alert(AlertKind.DUE, 2, "legal"),
        Alert(AlertKind.OVERDUE, 1, "legal", "2026-11-21"),
        Alert(AlertKind.OVERDUE, 1, "legal", "2026-11-22"),
    )
    assert staff.look(0, near, first) == (News(near), News(first))
    assert staff.look(24 * HOUR, first, second) == (News(second),)
    assert staff.look(25 * HOUR) == (News(first, over=True), News(second, over=True))


looks = st.lists(
    st.tuples(st.floats(1, 4000), st.lists(st.sampled_from([*AlertKind]), unique=True), st.integers(1, 5)), max_size=60
)


@given(looks)
def test_nothing_is_told_too_often_and_nothing_counted_is_lost(run: list[tuple[float, list[AlertKind], int]]) -> None:
    staff, now, happened = Staff(), 0.0, 0
    told: list[tuple[float, News]] = []
    for pause, kinds, n in run:
        now += pause
        happened += n if AlertKind.QUARANTINED in kinds else 0
        told += [(now, news) for news in staff.look(now, *(Alert(kind, n) for kind in kinds))]
    now += 8 * 24 * HOUR
    told += [(now, news) for news in staff.look(now)]
    for kind in AlertKind:
        moments = [moment for moment, news in told if news.alert.kind is kind and not news.over]
        assert all(after - before >= HOUR for before, after in pairwise(moments))
        states = [news.over for _, news in told if news.alert.kind is kind]
        assert states[:1] != [True]
        assert (True, True) not in pairwise(states)
    assert sum(news.alert.n for _, news in told if news.alert.kind is AlertKind.QUARANTINED) == happened


@pytest.mark.parametrize("language", list(Language))
def test_every_kind_has_its_words(language: Language) -> None:
    voice = Voice(Texts.load(), language)
    for kind in AlertKind:
        for n in (1, 2, 5):
            words = to_plain(say_news(voice, News(Alert(kind, n, "legal", "2026-11-21"))))
            assert "{" not in words
            assert ("legal" in words) == (kind in (AlertKind.OVERDUE, AlertKind.DUE, AlertKind.WEBHOOK))


def test_staff_read_russian() -> None:
    voice = Voice(Texts.load(), STAFF_LANGUAGE)
    told = to_plain(say_news(voice, News(Alert(AlertKind.OVERDUE, 2, "legal", "2026-11-21"))))
    assert told == (
        "Ответственный: legal. Срок проверки прошёл: 2 ответа или факта, "
        "самый ранний срок: 21 ноября 2026 г. (список: visabot answers stale)"
    )


def test_no_text_lies_unused() -> None:
    with (ROOT / "locales" / "en" / "alerts.po").open("rb") as file:
        ids = {message.id[0] if isinstance(message.id, tuple) else str(message.id) for message in read_po(file)}
    ends = (AlertKind.UPDATES_WAIT, AlertKind.CALLS_WAIT, AlertKind.WEBHOOK, AlertKind.OVERDUE)
    assert ids - {""} == {f"alert.{kind}" for kind in AlertKind} | {f"alert.{kind}_over" for kind in ends}
