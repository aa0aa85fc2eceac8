"""The Bot API as a bot meets it: access, messages and their life, rates and faults."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.preview import Fault, RateRules
from tests.bot.preview.stage import Stage

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def test_a_wrong_token_and_an_unknown_method(stage: Stage) -> None:
    assert stage.http.get("/bot1:wrong/getMe").json() == {
        "ok": False,
        "error_code": 401,
        "description": "Unauthorized",
    }
    assert stage.http.get("/file/bot1:wrong/files/x").status_code == 401
    assert stage.refusal("getMeNot") == (404, "Not Found")
    assert stage.result("getMe")["id"] == 42


def test_a_bot_cannot_write_first(stage: Stage) -> None:
    stranger = stage.post("users", first_name="Daniyar")["id"]
    assert stage.refusal("sendMessage", chat_id=stranger, text="a") == (400, "Bad Request: chat not found")


def test_a_blocked_bot_is_told_so(stage: Stage) -> None:
    chat = stage.person()
    stage.post(f"chats/{chat}/block", blocked=True)
    [update] = stage.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert stage.refusal("sendMessage", chat_id=chat, text="a") == blocked
    assert stage.refusal("sendChatAction", chat_id=chat, action="typing") == blocked
    stage.post(f"chats/{chat}/block", blocked=False)
    assert stage.updates()[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    stage.result("sendMessage", chat_id=chat, text="a")


def test_an_edit_changes_text_and_buttons(stage: Stage) -> None:
    chat = stage.person()
    number = stage.result("sendMessage", chat_id=chat, text="<b>a</b>", parse_mode="HTML", reply_markup=YES)[
        "message_id"
    ]
    same = stage.refusal(
        "editMessageText", chat_id=chat, message_id=number, text="<b>a</b>", parse_mode="HTML", reply_markup=YES
    )
    assert same == (
        400,
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
            "same as a current content and reply markup of the message"
        ),
    )
    edited = stage.result("editMessageText", chat_id=chat, message_id=number, text="b")
    assert edited["text"] == "b"
    assert "edit_date" in edited
    assert not {"reply_markup", "entities"} & edited.keys()
    assert stage.result("editMessageReplyMarkup", chat_id=chat, message_id=number, reply_markup=YES)["text"] == "b"
    gone = stage.result("editMessageReplyMarkup", chat_id=chat, message_id=number)
    assert "reply_markup" not in gone
    seen = stage.seen(chat)["messages"]
    assert [change["message"]["text"] for change in seen] == ["hello", "b"]


@pytest.mark.parametrize(
    ("method", "number", "reason"),
    [
        ("editMessageText", 999_999, "message to edit not found"),
        ("editMessageText", 0, "message identifier is not specified"),
        ("editMessageReplyMarkup", 999_999, "message to edit not found"),
        ("deleteMessage", 999_999, "message to delete not found"),
    ],
)
def test_what_is_not_there_cannot_change(stage: Stage, method: str, number: int, reason: str) -> None:
    refused = stage.refusal(method, chat_id=stage.person(), message_id=number, text="a")
    assert refused == (400, f"Bad Request: {reason}")


def test_messages_of_others_stay_as_they_are(stage: Stage) -> None:
    mine, theirs = stage.person(), stage.person()
    number = stage.result("sendMessage", chat_id=mine, text="a")["message_id"]
    refused = stage.refusal("editMessageText", chat_id=theirs, message_id=number, text="b")
    assert refused == (400, "Bad Request: message to edit not found")
    own = stage.seen(mine)["messages"][0]["message"]["message_id"]
    refused = stage.refusal("editMessageText", chat_id=mine, message_id=own, text="b")
    assert refused == (400, "Bad Request: message can't be edited")


def test_a_message_is_deleted_within_two_days(stage: Stage) -> None:
    chat = stage.person()
    first, second = (stage.result("sendMessage", chat_id=chat, text="a")["message_id"] for _ in range(2))
    stage.result("deleteMessage", chat_id=chat, message_id=first)
    assert [change["deleted"] for change in stage.seen(chat)["messages"]] == [False, False, True]
    assert stage.refusal("editMessageText", chat_id=chat, message_id=first, text="b")[1].endswith("not found")
    stage.time[0] += 48 * 3600 + 1
    refused = stage.refusal("deleteMessage", chat_id=chat, message_id=second)
    assert refused == (400, "Bad Request: message can't be deleted")


def press(stage: Stage, chat: int) -> str:
    number = stage.result("sendMessage", chat_id=chat, text="a", reply_markup=YES)["message_id"]
    stage.post(f"chats/{chat}/callbacks", message_id=number, data="yes")
    [update] = stage.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("yes", number)
    return str(query["id"])


def test_a_pressed_button_is_answered_once_and_soon(stage: Stage) -> None:
    chat = stage.person()
    query = press(stage, chat)
    stage.result("answerCallbackQuery", callback_query_id=query, text="Noted", show_alert=True)
    [event] = stage.seen(chat)["events"]
    assert (event["kind"], event["text"], event["show_alert"]) == ("answer", "Noted", True)
    assert stage.refusal("answerCallbackQuery", callback_query_id=query) == (400, TOO_OLD)
    late = press(stage, chat)
    stage.time[0] += 151
    assert stage.refusal("answerCallbackQuery", callback_query_id=late) == (400, TOO_OLD)


def test_typing_is_seen_and_not_kept(stage: Stage) -> None:
    chat = stage.person()
    stage.result("sendChatAction", chat_id=chat, action="typing")
    seen = stage.seen(chat)
    assert [event["action"] for event in seen["events"]] == ["typing"]
    assert stage.seen(chat, after=seen["seq"]) == {"seq": seen["seq"], "messages": [], "events": []}
    refused = stage.refusal("sendChatAction", chat_id=chat, action="dance")
    assert refused == (400, "Bad Request: wrong parameter action in request")


def test_commands_go_by_scope_and_language(stage: Stage) -> None:
    def menu(language: str) -> list[str]:
        bot = stage.http.get("/preview/bot", params={"language_code": language}).json()
        return [command["command"] for command in bot["commands"]]

    def put(name: str, **more: Any) -> None:
        stage.result("setMyCommands", commands=[{"command": name, "description": "d"}], **more)

    private = {"type": "all_private_chats"}
    put("all")
    put("private", scope=private)
    put("private_kk", scope=private, language_code="kk")
    assert (menu("kk"), menu("ru")) == (["private_kk"], ["private"])
    assert stage.result("getMyCommands", scope=private, language_code="kk")[0]["command"] == "private_kk"
    assert stage.result("getMyCommands", language_code="kk") == []
    stage.result("deleteMyCommands", scope=private)
    assert menu("ru") == ["all"]
    stage.result("setMyDescription", description="Виза", language_code="ru")
    stage.result("setMyDescription", description="Visa")
    assert stage.result("getMyDescription", language_code="ru") == {"description": "Виза"}
    assert stage.result("getMyDescription", language_code="kk") == {"description": "Visa"}


def test_a_chat_gets_twenty_at_once_then_one_a_second(stage: Stage) -> None:
    stage.preview.rates.rules = RateRules()
    chat = stage.person()
    for _ in range(20):
        stage.result("sendMessage", chat_id=chat, text="a")
    answer = stage.call("sendMessage", chat_id=chat, text="a")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    stage.time[0] += 1
    stage.result("sendMessage", chat_id=chat, text="a")


def test_a_group_gets_twenty_a_minute(stage: Stage) -> None:
    stage.preview.rates.rules = RateRules()
    stage.time[0] += 60
    group = stage.post("groups", **{"title": "Desk", "from": stage.person()})["id"]
    for _ in range(20):
        stage.result("sendMessage", chat_id=group, text="a")
    assert stage.call("sendMessage", chat_id=group, text="a").json()["parameters"] == {"retry_after": 3}


def test_all_chats_share_thirty_a_second(stage: Stage) -> None:
    people = [stage.person() for _ in range(2)]
    stage.preview.rates.rules = RateRules()
    stage.time[0] += 60
    answers = [stage.call("sendMessage", chat_id=people[i % 2], text="a").status_code for i in range(31)]
    assert answers == [200] * 30 + [429]


def test_a_fault_before_the_call_leaves_no_trace(stage: Stage) -> None:
    chat = stage.person()
    fault = {"method": "sendMessage", "times": 2, "status": 502, "description": "Bad Gateway", "retry_after": 3}
    stage.post("faults", **fault)
    stage.result("getMe")
    for _ in range(2):
        answer = stage.call("sendMessage", chat_id=chat, text="a")
        assert (answer.status_code, answer.json()["parameters"]) == (502, {"retry_after": 3})
    stage.result("sendMessage", chat_id=chat, text="a")
    assert len(stage.seen(chat)["messages"]) == 2


def test_a_fault_after_the_call_loses_only_the_answer(stage: Stage) -> None:
    chat = stage.person()
    stage.preview.faults.add(Fault("*", when="after", drop=True, delay=0.01))
    with pytest.raises(httpx.RemoteProtocolError):
        stage.call("sendMessage", chat_id=chat, text="arrived")
    assert stage.seen(chat)["messages"][-1]["message"]["text"] == "arrived"


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({}, "field method: name a Bot API method, or * for any"),
        ({"method": "getMe", "when": "now"}, "field when: 'now' is neither before nor after"),
        ({"method": "getMe", "times": "2"}, "field times: '2' is not int"),
        (
            {"method": "getMe", "color": 1},
            (
                "field color: unknown; known are method, times, when, delay, status, description, retry_after, drop, "
                "reset, body, parameters, chat_id, chance, seed"
            ),
        ),
        ({"method": "getMe", "chance": 0}, "field chance: 0 is not above 0 and at most 1"),
        (
            {"method": "getMe", "parameters": {"a": "b"}},
            "field parameters: {'a': 'b'} holds other things than whole numbers",
        ),
    ],
)
def test_a_fault_that_makes_no_sense(stage: Stage, order: dict[str, Any], reason: str) -> None:
    answer = stage.http.post("/preview/faults", json=order)
    assert (answer.status_code, answer.json()) == (400, {"error": reason})


def test_settings_over_http(stage: Stage) -> None:
    stage.post("settings", rates=True, callback_age=10)
    assert stage.preview.rates.rules == RateRules()
    assert stage.preview.chats.callback_age == 10
    stage.post("settings", callback_age=150)
    answer = stage.http.post("/preview/settings", json={"rates": "off"})
    assert answer.status_code == 400
