"""A private message of Telegram as an event: what comes through other bots is read, our own cards are not."""

from typing import Any

import pytest
from telegram import Message

from bot.telegram.translate import Ignored, as_event
from dialogs.events import Command, Event, Oddity, OddityKind, Text

_USERNAME = "Visa_Preview_Bot"
_FILE = {"file_id": "1", "file_unique_id": "1"}
_GIF = {
    "animation": {**_FILE, "width": 90, "height": 90, "duration": 2},
    "document": _FILE,
}
_PHOTO = {"photo": [{**_FILE, "width": 90, "height": 90}]}


def message(content: dict[str, Any], via: str | None) -> Message:
    person = {"id": 7, "is_bot": False, "first_name": "Aru"}
    body = {"message_id": 1, "date": 1_795_000_000, "chat": {"id": 7, "type": "private"}, "from": person, **content}
    if via is not None:
        body["via_bot"] = {"id": 9, "is_bot": True, "first_name": "Bot", "username": via}
    found = Message.de_json(body, None)
    assert found is not None
    return found


@pytest.mark.parametrize("via", [None, "gif", "some_translator_bot"])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "Do I need a visa?"}, Text("Do I need a visa?")),
        ({"text": "/visa"}, Command("visa", "")),
        (_GIF, Oddity(OddityKind.DOCUMENT)),
        (_PHOTO, Oddity(OddityKind.PHOTO)),
    ],
)
def test_a_message_is_the_persons_whichever_bot_it_came_through(
    content: dict[str, Any], via: str | None, expected: Event
) -> None:
    assert as_event(message(content, via), _USERNAME, edited=False) == expected


@pytest.mark.parametrize("via", [_USERNAME, _USERNAME.lower()])
@pytest.mark.parametrize("edited", [False, True])
def test_a_card_of_our_own_is_no_question(via: str, edited: bool) -> None:
    event = as_event(message({"text": "What an e-visa costs"}, via), _USERNAME, edited=edited)
    assert isinstance(event, Ignored)
