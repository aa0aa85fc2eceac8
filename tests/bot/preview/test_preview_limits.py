"""Each limit of Telegram: the last value that passes, the first that does not, and the words of the refusal."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.bot.preview.stage import Stage

BAD = "Bad Request: "


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(**action: Any) -> dict[str, Any]:
    return {"text": "x", **action}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"text": "a" * 4096}, None),
        ({"text": "🏟" * 2048}, None),
        ({"text": f"  <b>{'a' * 4096}</b>\n", "parse_mode": "HTML"}, None),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🏟" * 2049}, "message is too long"),
        ({"text": "a" * 40000}, "text is too long"),
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "<x>", "parse_mode": "html"},
         'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        ({"text": "a", "parse_mode": "MarkdownV2"}, "parse_mode markdownv2: this preview reads HTML only"),
        ({"text": "a", "parse_mode": "wiki"}, "unsupported parse_mode"),
        ({"text": {"a": 1}}, 'field "text" must be of type String'),
        ({"text": "a", "entities": [{"type": "bold", "offset": "0"}]},
         "can't parse MessageEntity: expected an Object with type, offset and length"),
        ({"text": "a", "reply_parameters": {"message_id": 999999}}, "message to be replied not found"),
        ({"text": "a", "reply_parameters": {"message_id": 999999, "allow_sending_without_reply": True}}, None),
        ({"text": "a", "no_such_parameter": [1]}, None),
    ],
)  # fmt: skip
def test_text(stage: Stage, arguments: dict[str, Any], reason: str | None) -> None:
    chat = stage.person()
    if reason is None:
        stage.result("sendMessage", chat_id=chat, **arguments)
    else:
        assert stage.refusal("sendMessage", chat_id=chat, **arguments) == (400, BAD + reason)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard([button(callback_data="a" * 64)]), None),
        (keyboard([button(callback_data="ә" * 32)]), None),
        (keyboard([button(callback_data="a" * 65)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="ә" * 33)]), "BUTTON_DATA_INVALID"),
        (keyboard([button(callback_data="")]),
         "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        (keyboard([button(callback_data=7)]),
         'can\'t parse inline keyboard button: Field "callback_data" must be of type String'),
        (keyboard(*[[button(callback_data="a")] * 8] * 12, [button(callback_data="a")] * 4), None),
        (keyboard(*[[button(callback_data="a")] * 8] * 12, [button(callback_data="a")] * 5),
         "reply markup is too long"),
        (keyboard([button(callback_data="a")] * 9), "reply markup is too long"),
        (keyboard([{"text": " ", "callback_data": "a"}]), "BUTTON_TEXT_INVALID"),
        (keyboard([{"callback_data": "a"}]), 'can\'t parse inline keyboard button: Can\'t find field "text"'),
        (keyboard([button(url="https://www.gov.kz/")]), None),
        (keyboard([button(url="tg://resolve?domain=x")]), None),
        (keyboard([button(url="javascript:alert(1)")]),
         "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"),
        (keyboard([button(copy_text={"text": "a" * 256})]), None),
        (keyboard([button(copy_text={"text": "a" * 257})]), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard([button(copy_text={"text": ""})]), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard([button(switch_inline_query="")]), None),
        (keyboard([button(callback_data="a", style="danger")]), None),
        (keyboard([button(callback_data="a", style="pink")]),
         "can't parse inline keyboard button: Invalid button style specified"),
        (keyboard([button(web_app={"url": "https://a.kz"})]), "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [button(callback_data="a")]},
         'can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays'),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ({"remove_keyboard": True}, None),
        ({"keyboard": [[{"text": "a"}]]}, None),
    ],
)  # fmt: skip
def test_buttons(stage: Stage, markup: object, reason: str | None) -> None:
    arguments = {"chat_id": stage.person(), "text": "a", "reply_markup": markup}
    if reason is None:
        stage.result("sendMessage", **arguments)
    else:
        assert stage.refusal("sendMessage", **arguments) == (400, BAD + reason)


@pytest.mark.parametrize(
    ("method", "arguments", "reason"),
    [
        ("setMyCommands", {"commands": [{"command": "a" * 32, "description": "d" * 256}] * 100}, None),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "Start", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "старт", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": " "}]},
         "command description must be non-empty"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "d" * 257}]},
         "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "d"}] * 101}, "too many commands specified"),
        ("setMyCommands", {"commands": {"command": "a"}}, "expected an Array of BotCommand"),
        ("setMyCommands", {"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}},
         "can't parse BotCommandScope: Unsupported type specified"),
        ("setMyCommands", {"commands": [], "language_code": "kaz"}, "invalid language code specified"),
        ("setMyDescription", {"description": "d" * 512}, None),
        ("setMyDescription", {"description": "d" * 513}, "description is too long"),
        ("setMyShortDescription", {"short_description": "d" * 120}, None),
        ("setMyShortDescription", {"short_description": "d" * 121}, "short description is too long"),
        ("setMyName", {"name": "n" * 64}, None),
        ("setMyName", {"name": "n" * 65}, "name is too long"),
        ("setChatMenuButton", {"menu_button": {"type": "commands"}}, None),
        ("setChatMenuButton", {"menu_button": {"type": "x"}},
         "can't parse menu button: MenuButton has unsupported type"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("getFile", {}, "file_id not specified"),
        ("sendMessage", {"text": "a"}, "chat_id is empty"),
        ("sendMessage", {"text": "a", "chat_id": "@nobody"}, "chat not found"),
        ("sendMessage", {"text": "a", "chat_id": 5}, "chat not found"),
        ("getChat", {"chat_id": 5}, "chat not found"),
        ("deleteWebhook", {}, None),
    ],
)  # fmt: skip
def test_profile_and_addresses(stage: Stage, method: str, arguments: dict[str, Any], reason: str | None) -> None:
    if reason is None:
        stage.result(method, **arguments)
    else:
        assert stage.refusal(method, **arguments) == (400, BAD + reason)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"text": "a" * 200}, None),
        ({"text": "a" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "javascript:alert(1)"}, "URL_INVALID"),
        ({"cache_time": "soon"}, 'field "cache_time" must be a valid Number'),
        ({"callback_query_id": "5"}, "query is too old and response timeout expired or query ID is invalid"),
    ],
)
def test_callback_answers(stage: Stage, arguments: dict[str, Any], reason: str | None) -> None:
    chat = stage.person()
    sent = stage.result("sendMessage", chat_id=chat, text="a", reply_markup=keyboard([button(callback_data="b")]))
    pressed = stage.post(f"chats/{chat}/callbacks", message_id=sent["message_id"], data="b")
    arguments = {"callback_query_id": pressed["callback_query_id"], **arguments}
    if reason is None:
        stage.result("answerCallbackQuery", **arguments)
    else:
        assert stage.refusal("answerCallbackQuery", **arguments) == (400, BAD + reason)


def article(number: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>a</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "t", "input_message_content": content, **more}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"results": [article(str(number)) for number in range(50)]}, None),
        ({"results": [article(str(number)) for number in range(51)]},
         "can't parse inline query results: Too many inline query results specified"),
        ({"results": [article("a" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
         "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ({"results": [], "next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "Open", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"text": "Open", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"text": "Open", "start_parameter": ""}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"text": "Open"}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"text": " ", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"results": [], "button": {"start_parameter": "a"}},
         "can't parse inline query results button: Can't find field \"text\""),
        ({"results": [article(input_message_content={"message_text": "a" * 4097})]}, "message is too long"),
        ({"results": [article(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "b" * 65}]]})]},
         "BUTTON_DATA_INVALID"),
        ({"results": "x"}, "can't parse inline query results JSON object"),
        ({}, "can't parse inline query results: Expected an Array of inline query results"),
    ],
)  # fmt: skip
def test_inline_answers(stage: Stage, arguments: dict[str, Any], reason: str | None) -> None:
    asked = stage.post("inline", **{"from": stage.person(), "query": "виза"})
    [update] = stage.updates()
    assert update["inline_query"]["query"] == "виза"
    answer = {"inline_query_id": asked["inline_query_id"], **arguments}
    if reason is None:
        stage.result("answerInlineQuery", **answer)
        seen = stage.http.get(f"/preview/inline/{asked['inline_query_id']}").json()
        assert len(seen["results"]) == 50
    else:
        assert stage.refusal("answerInlineQuery", **answer) == (400, BAD + reason)


def test_caption_and_document(stage: Stage) -> None:
    chat = stage.person()
    url = f"/bot{stage.token}/sendDocument"

    def send(caption: str, content: bytes = b"\r\n--x\x00\xff") -> httpx.Response:
        return stage.http.post(
            url, data={"chat_id": str(chat), "caption": caption}, files={"document": ("ә.pdf", content)}
        )

    kept = send("a" * 1024).json()["result"]["document"]
    assert (kept["file_name"], kept["file_size"]) == ("ә.pdf", 7)
    assert stage.http.get(f"/preview/files/{kept['file_id']}").content == b"\r\n--x\x00\xff"
    assert stage.http.get(f"/preview/files/{kept['file_id']}").headers["content-disposition"] == "attachment"
    again = stage.result("sendDocument", chat_id=chat, document=kept["file_id"])
    assert again["document"] == kept
    assert send("a" * 1025).json()["description"] == BAD + "message caption is too long"
    assert send("a", b"").json()["description"] == BAD + "file must be non-empty"
    assert stage.refusal("sendDocument", chat_id=chat)[1] == BAD + "there is no document in the request"


@pytest.mark.parametrize("form", ["query", "urlencoded", "json", "multipart"])
def test_parameters_come_in_four_forms(stage: Stage, form: str) -> None:
    chat = stage.person()
    url = f"/bot{stage.token}/SENDMESSAGE"
    markup = keyboard([button(callback_data="a")])
    flat = {"chat_id": str(chat), "text": "a+б & c", "reply_markup": json.dumps(markup)}
    answers = {
        "query": lambda: stage.http.get(url, params=flat),
        "urlencoded": lambda: stage.http.post(url, data=flat),
        "json": lambda: stage.http.post(url, json={"chat_id": chat, "text": flat["text"], "reply_markup": markup}),
        "multipart": lambda: stage.http.post(url, files={name: (None, value) for name, value in flat.items()}),
    }
    message = answers[form]().json()["result"]
    assert (message["text"], message["reply_markup"]) == ("a+б & c", markup)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("application/json", b"{"), ("application/json", b"[]"), ("multipart/form-data", b"x")],
)
def test_a_body_that_cannot_be_read(stage: Stage, content_type: str, body: bytes) -> None:
    answer = stage.http.post(f"/bot{stage.token}/getMe", content=body, headers={"content-type": content_type})
    assert answer.json()["description"] == BAD + "can't parse the request body"
