"""Sessions survive storage; what is no session is refused with a reason."""

import pytest

from dialogs.events import Command, Oddity, OddityKind, Text
from dialogs.session import Session, SessionError, View
from dialogs.wire import Action, Tap
from knowledge.language import Language

FULL = Session(
    language=Language.KK,
    run=12,
    flow="which_visa",
    version=3,
    answers=(("which_passport_do_you_hold", "IN"), ("when_do_you_arrive", None), ("how_many_days_will_you_stay", 10)),
    view=View.FLOW,
    offer=("confirm", "IN"),
    editing="when_do_you_arrive",
    waiting=Command("start", "evisa_IN"),
    misses=2,
)


@pytest.mark.parametrize(
    "session", [Session(), FULL, Session(waiting=Text("Сәлем")), Session(waiting=Oddity(OddityKind.PHOTO))]
)
def test_round_trip(session: Session) -> None:
    assert Session.from_json(session.to_json()) == session


def test_an_older_form_is_read() -> None:
    assert Session.from_json('{"language":"ru"}') == Session(language=Language.RU)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{", '{"language":"fr"}', '{"answers":[1]}', '{"waiting":["text"]}', '{"run":{}}']
)
def test_what_is_no_session(text: str) -> None:
    with pytest.raises(SessionError, match="start a new session"):
        Session.from_json(text)


def test_answers_keep_their_order() -> None:
    session = Session().with_answer("b", 1).with_answer("a", 2).with_answer("b", 3)
    assert session.answers == (("b", 3), ("a", 2))
    assert session.without(frozenset({"b"})).answers == (("a", 2),)


@pytest.mark.parametrize(
    "tap",
    [
        Tap(0, Action.MENU),
        Tap(999_999, Action.ANSWER, "how_many_days_will_you_stay", "ethnic_kazakh_return"),
        Tap(3, Action.MONTH, "when_do_you_arrive", "2026-12"),
        Tap(3, Action.LANGUAGE, value="kk"),
    ],
)
def test_taps_fit_and_come_back(tap: Tap) -> None:
    assert len(tap.encode().encode()) <= 64
    assert Tap.decode(tap.encode()) == tap


@pytest.mark.parametrize("data", ["", "1", "2:1:a", "1:x:a", "1:1:zz", "1:1:a:b:c:d", "1:1:a:b c", "start"])
def test_foreign_data_is_no_tap(data: str) -> None:
    assert Tap.decode(data) is None
