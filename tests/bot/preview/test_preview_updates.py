"""getUpdates: confirmation by offset, waiting, conflict, kinds, and age."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.bot.preview.stage import Stage


def say(stage: Stage, chat: int, *texts: str) -> None:
    for text in texts:
        stage.post(f"chats/{chat}/messages", text=text)


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_an_update_stays_until_a_later_offset_is_asked(stage: Stage) -> None:
    chat = stage.person()
    say(stage, chat, "a", "b", "c")
    first = stage.result("getUpdates")
    assert texts(first) == texts(stage.result("getUpdates")) == ["a", "b", "c"]
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]
    assert texts(stage.result("getUpdates", offset=first[1]["update_id"])) == ["b", "c"]
    assert texts(stage.result("getUpdates")) == ["b", "c"]
    assert texts(stage.result("getUpdates", limit=1)) == ["b"]
    assert stage.result("getWebhookInfo")["pending_update_count"] == 2
    assert stage.result("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert stage.result("getWebhookInfo")["pending_update_count"] == 0


@pytest.mark.parametrize(("offset", "left"), [(-1, ["c"]), (-2, ["b", "c"]), (-9, ["a", "b", "c"])])
def test_a_negative_offset_counts_from_the_end(stage: Stage, offset: int, left: list[str]) -> None:
    say(stage, stage.person(), "a", "b", "c")
    assert texts(stage.result("getUpdates", offset=offset)) == left
    assert texts(stage.result("getUpdates")) == left


def test_pending_updates_can_be_dropped(stage: Stage) -> None:
    say(stage, stage.person(), "a")
    stage.result("deleteWebhook", drop_pending_updates=True)
    assert stage.result("getUpdates") == []


def test_a_long_poll_ends_when_something_arrives(stage: Stage) -> None:
    chat = stage.person()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(stage.result, "getUpdates", timeout=15)
        stage.preview_polls()
        say(stage, chat, "now")
        assert texts(waiting.result(15)) == ["now"]


def test_a_second_poll_ends_the_first(stage: Stage) -> None:
    chat = stage.person()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(stage.call, "getUpdates", timeout=15)
        stage.preview_polls()
        second = pool.submit(stage.call, "getUpdates", timeout=15)
        lost = first.result(15)
        say(stage, chat, "now")
        assert second.result(15).json()["result"]
    assert (lost.status_code, lost.json()["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def test_kinds_that_were_not_asked_for_do_not_come(stage: Stage) -> None:
    chat = stage.person()
    stage.result("getUpdates", allowed_updates=["edited_message"])
    [sent] = stage.post(f"chats/{chat}/messages", text="a")["messages"]
    stage.http.patch(f"/preview/chats/{chat}/messages/{sent['message_id']}", json={"text": "b"})
    [update] = stage.updates()
    assert update["edited_message"]["text"] == "b"
    stage.result("getUpdates", allowed_updates=[])
    say(stage, chat, "c")
    assert texts(stage.updates()) == ["c"]


def test_updates_grow_old(stage: Stage) -> None:
    chat = stage.person()
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    number = stage.result("sendMessage", chat_id=chat, text="a", reply_markup=keyboard)["message_id"]
    say(stage, chat, "a")
    stage.post(f"chats/{chat}/callbacks", message_id=number, data="yes")
    assert len(stage.result("getUpdates")) == 2
    stage.time[0] += 151
    assert texts(stage.result("getUpdates")) == ["a"]
    stage.time[0] += 24 * 3600
    assert stage.result("getUpdates") == []


def test_wrong_types_are_refused(stage: Stage) -> None:
    refused = stage.refusal("getUpdates", offset="soon")
    assert refused == (400, 'Bad Request: field "offset" must be a valid Number')
