"""What the assistant says, as Bot API calls."""

from typing import Any

from bot.storage.calls import Call
from bot.telegram.render import Pressed, Target, as_new_message, render
from dialogs.says import Button, Heading, Paragraph, PressButton, Say, SayMode

TYPED = Target(7, "https://t.me/b")
TAPPED = Target(7, "https://t.me/b", Pressed("q1", 33))
BUTTON = ((Button("Go", PressButton("go")),),)
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
COMMON: dict[str, Any] = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def said(text: str, mode: SayMode = SayMode.SEND, buttons: tuple[tuple[Button, ...], ...] = ()) -> Say:
    return Say((Paragraph((text,)),), buttons, mode)


def answer(**more: str) -> Call:
    return Call("answerCallbackQuery", 7, "answer q1 7", {"callback_query_id": "q1", **more})


def message(text: str, **more: Any) -> Call:
    return Call("sendMessage", 7, "7", {"text": text, **COMMON, **more})


def edit(text: str, **more: Any) -> Call:
    return Call("editMessageText", 7, "7", {"text": text, **COMMON, **more, "message_id": 33})


def test_a_new_message_has_its_buttons_and_no_preview() -> None:
    assert render((said("hi", buttons=BUTTON),), TYPED) == [message("hi", reply_markup=KEYBOARD)]


def test_a_tap_is_answered_even_when_nothing_is_said() -> None:
    assert render((), TAPPED) == [answer()]


def test_replace_changes_the_pressed_message_or_says_it_anew() -> None:
    assert render((said("hi", SayMode.REPLACE, BUTTON),), TAPPED) == [answer(), edit("hi", reply_markup=KEYBOARD)]
    assert render((said("hi", SayMode.REPLACE, BUTTON),), TYPED) == [message("hi", reply_markup=KEYBOARD)]
    lost = Target(7, "https://t.me/b", Pressed("q1", None))
    assert render((said("hi", SayMode.REPLACE),), lost) == [answer(), message("hi")]


def test_what_would_be_out_of_sight_comes_as_a_new_message() -> None:
    buried = Target(7, "https://t.me/b", Pressed("q1", 33, buried=True))
    assert render((said("hi", SayMode.REPLACE, BUTTON),), buried) == [answer(), message("hi", reply_markup=KEYBOARD)]
    assert render((said("done", SayMode.CLOSE), said("next")), buried) == [answer(), edit("done"), message("next")]


def test_close_takes_the_buttons_away() -> None:
    assert render((said("done", SayMode.CLOSE, BUTTON), said("next")), TAPPED) == [
        answer(),
        edit("done"),
        message("next"),
    ]
    empty = Say((), BUTTON, SayMode.CLOSE)
    assert render((empty,), TAPPED)[1] == Call("editMessageReplyMarkup", 7, "7", {"message_id": 33})


def test_a_notice_is_told_on_the_button_where_it_fits_and_once() -> None:
    notice = said("old button", SayMode.NOTICE)
    assert render((notice, said("next")), TAPPED) == [answer(text="old button"), message("next")]
    assert render((notice,), TYPED) == [message("old button")]
    assert render((said("x" * 201, SayMode.NOTICE),), TAPPED) == [answer(), message("x" * 201)]
    assert render((notice, said("second", SayMode.NOTICE)), TAPPED) == [answer(text="old button"), message("second")]


def test_a_long_replacement_goes_on_in_new_messages_with_the_buttons_last() -> None:
    say = Say((Heading("h"), Paragraph(("a" * 4000,)), Paragraph(("b" * 4000,))), BUTTON, SayMode.REPLACE)
    calls = render((say,), TAPPED)
    assert [call.method for call in calls] == ["answerCallbackQuery", "editMessageText", "sendMessage"]
    assert ["reply_markup" in call.payload for call in calls] == [False, False, True]


def test_a_message_that_cannot_be_changed_becomes_a_new_one() -> None:
    assert as_new_message(edit("hi", reply_markup=KEYBOARD)) == message("hi", reply_markup=KEYBOARD)
