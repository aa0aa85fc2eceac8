"""Any events in any order: never an error, always something said, and state that survives a restart."""

import random
from datetime import timedelta
from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.engine import Turn, World, turn
from dialogs.events import Command, Event, Oddity, OddityKind, Press, Text
from dialogs.plain import to_plain
from dialogs.replay import replay
from dialogs.says import CopyText, OpenLink, PressButton, Say, SayMode, ShareText
from dialogs.session import Session
from dialogs.stance import flow_of
from knowledge.language import Language

PHRASES = (
    "India", "Египет", "Германия", "Қазақстан", "Korea", "Germnay", "ordinary", "2", "1", "9", "tourism", "work",
    "отпуск", "10.12.2026", "03/04", "31.02", "завтра", "2 weeks", "10", "0", "back", "назад", "skip", "cancel",
    "отмена", "menu", "change", "restart", "help", "language", "русский", "қазақша", "english", "continue", "yes",
    "no", "/start", "", " ", "🙂", "\u0000\u202e", "visa", "e-visa", "once", "plane", "person", "privacy", "More…",
)  # fmt: skip
COMMANDS = ("start", "visa", "evisa", "lang", "help", "cancel", "privacy", "nonsense", "")
ARGUMENTS = (
    "",
    "\ud83d",
    "evisa_IN",
    "visa_EG_tourism",
    "visa_IN_seasonal_work_kk",
    "lang_ru",
    "x" * 80,
    "visa__",
    "evisa_RU_ru",
)
DATA = ("", "1", "1:0:a", "1:1:a:which_passport_do_you_hold:XX", "1:1:ed:nothing", "1:1:m:when_do_you_arrive:9999-12",
        "1:1:p:what_is_the_trip_for:99", "1:1:p:what_is_the_trip_for:-1", "1:1:go:nowhere", "1:0:la:xx", "1:0:co::ZZ",
        "2:1:a", "1:1:a:how_many_days_will_you_stay:999999", "1:1:s:which_passport_do_you_hold", "1:1:e", "1:1:x",
        "1:1:a:when_do_you_arrive:2026-W50-4", "\ud83d", "ы" * 200)  # fmt: skip

EVENTS: st.SearchStrategy[Event | int] = st.one_of(
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(0, 200),
    st.builds(Text, st.sampled_from(PHRASES)),
    st.builds(Text, st.sampled_from(PHRASES)),
    st.builds(Text, st.text(max_size=80), st.booleans()),
    st.builds(Command, st.sampled_from(COMMANDS), st.sampled_from(ARGUMENTS)),
    st.builds(Oddity, st.sampled_from(OddityKind)),
    st.builds(Press, st.one_of(st.sampled_from(DATA), st.text(max_size=70))),
)
"""Events, and numbers that stand for one of the buttons shown so far."""


def check(done: Turn, world: World) -> None:
    """What holds after every turn."""
    assert done.says
    assert Session.from_json(done.session.to_json()) == done.session
    assert len(done.session.to_json().encode()) < 4000
    for say in done.says:
        check_say(say, world)
    flow = flow_of(done.session, world)
    if flow is not None:
        answers = dict(done.session.answers)
        position = replay(flow, answers, world)
        assert replay(flow, {id_: answers[id_] for id_ in position.path}, world) == position
        assert (position.ask is None) != (position.end is None)


def check_say(say: Say, world: World) -> None:
    assert to_plain(say).strip()
    assert say.blocks
    buttons = [button for row in say.buttons for button in row]
    assert len(buttons) <= 100
    assert all(1 <= len(row) <= 8 for row in say.buttons)
    if say.mode is SayMode.NOTICE:
        assert len(to_plain(say)) <= 200
        assert not buttons
    for button in buttons:
        assert 1 <= len(button.label) <= 64
        match button.action:
            case PressButton(data):
                assert 1 <= len(data.encode()) <= 64
            case ShareText(text, start):
                assert text
                assert len(start) <= 64
            case OpenLink(url):
                host = urlsplit(url).hostname or ""
                assert any(host == domain or host.endswith(f".{domain}") for domain in world.knowledge.domains)
            case CopyText():
                raise AssertionError("nothing shows these")


def play(events: list[Event | int], world: World, session: Session) -> None:
    shown: list[str] = []
    for event in events:
        if isinstance(event, int):
            event = Press(shown[-1 - event % len(shown)]) if shown else Text("India")
        done = turn(session, event, world)
        check(done, world)
        session = done.session
        shown += [
            button.action.data
            for say in done.says
            for row in say.buttons
            for button in row
            if isinstance(button.action, PressButton)
        ]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, max_size=25), st.sampled_from([None, Language.EN, Language.KK]))
def test_any_events(world: World, events: list[Event | int], language: Language | None) -> None:
    play(events, world, Session(language=language))


def test_long_walks_over_buttons(world: World) -> None:
    """Random presses reach far into the flows, where short lists of events do not."""
    dice = random.Random(7)
    for _ in range(15):
        play([dice.randrange(0, 40) for _ in range(40)], world, Session(language=Language.EN))


def test_hostile_texts_are_cut_and_answered(world: World) -> None:
    session = turn(Session(language=Language.EN), Command("visa"), world).session
    for text in (
        "a" * 100_000,
        "💣" * 50_000,
        "\u0300" * 100_000,
        "\n" * 1000,
        "1" * 5000,
        "10." * 30_000,
        "Ω≈ç√∫˜µ≤≥÷",
    ):
        done = turn(session, Text(text), world)
        check(done, world)
        assert len(to_plain(done.says[0])) < 1500
        check(turn(Session(), Text(text), world), world)


def test_the_same_turn_gives_the_same_result(world: World) -> None:
    session = Session(language=Language.EN)
    for event in (Command("visa"), Text("Egypt"), Text("1"), Text("1"), Text("10.12.2026"), Text("10"), Text("1")):
        first, second = turn(session, event, world), turn(session, event, world)
        assert first == second
        session = first.session


def test_a_stored_date_that_has_passed_is_asked_again(world: World) -> None:
    session = Session(language=Language.EN)
    for event in (Command("start", "visa_EG_tourism"), Text("1"), Text("tomorrow"), Text("10")):
        session = turn(session, event, world).session
    later = World(world.knowledge, world.texts, world.flows, world.today + timedelta(days=30))
    flow = flow_of(session, world)
    assert flow is not None
    assert replay(flow, dict(session.answers), world).ask == "how_often_will_you_enter"
    assert replay(flow, dict(session.answers), later).ask == "when_do_you_arrive"
    done = turn(session, Text("26.12.2026"), later)
    assert "Removed, as no longer needed: Arrival." in to_plain(done.says[0])
    assert dict(done.session.answers)["when_do_you_arrive"] == "2026-12-26"
    assert replay(flow, dict(done.session.answers), later).ask == "how_often_will_you_enter"
