"""Buttons as Telegram takes them."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.preview.keyboards import check_markup
from bot.telegram.keyboard import keyboard
from dialogs.says import Button, CopyText, OpenLink, PressButton, ShareText

BOT = "https://t.me/visa_example_bot"


def test_each_action_has_its_field() -> None:
    row = (
        Button("Press", PressButton("1:0:n")),
        Button("Open", OpenLink("https://www.vmp.gov.kz/")),
        Button("Copy", CopyText("IN")),
    )
    assert keyboard((row,), BOT) == {
        "inline_keyboard": [
            [
                {"text": "Press", "callback_data": "1:0:n"},
                {"text": "Open", "url": "https://www.vmp.gov.kz/"},
                {"text": "Copy", "copy_text": {"text": "IN"}},
            ]
        ]
    }
    assert keyboard((), BOT) is None


def test_long_rows_and_labels_are_made_to_fit() -> None:
    buttons = tuple(Button(f"{number} " + "x" * 90, PressButton(str(number))) for number in range(20))
    markup = keyboard((buttons,), BOT)
    assert markup is not None
    assert [len(row) for row in markup["inline_keyboard"]] == [8, 8, 4]
    assert all(len(button["text"]) == 64 for row in markup["inline_keyboard"] for button in row)
    assert check_markup(markup, inline_only=True) == markup


def test_a_shared_text_leads_back_to_the_bot() -> None:
    markup = keyboard(((Button("Share", ShareText("Виза керек пе? & 100%", "visa_tourism")),),), BOT)
    assert markup is not None
    address = urlsplit(markup["inline_keyboard"][0][0]["url"])
    assert (address.netloc, address.path) == ("t.me", "/share/url")
    assert parse_qs(address.query) == {"url": [f"{BOT}?start=visa_tourism"], "text": ["Виза керек пе? & 100%"]}


@pytest.mark.parametrize("text", ["ұзын жол\n" * 400, "ұ" * 3000])
def test_a_shared_text_is_cut_to_an_address_that_works(text: str) -> None:
    markup = keyboard(((Button("Share", ShareText(text)),),), BOT)
    assert markup is not None
    url = markup["inline_keyboard"][0][0]["url"]
    assert 1900 < len(url) <= 2000
    assert text.startswith(parse_qs(urlsplit(url).query)["text"][0])


@pytest.mark.parametrize("action", [PressButton("ә" * 33), PressButton(""), CopyText(""), CopyText("x" * 257)])
def test_what_telegram_would_refuse_is_an_error_of_ours(action: PressButton | CopyText) -> None:
    with pytest.raises(ValueError, match="use 1 to"):
        keyboard(((Button("x", action),),), BOT)


def test_a_link_that_is_not_https_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    assert keyboard(((Button("x", OpenLink("http://example.org/")),),), BOT) is None
    assert "http://example.org/" in caplog.text
