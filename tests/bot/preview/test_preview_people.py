"""The other side: kinds of messages, groups, what a person cannot do, and who may ask at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.bot.preview.stage import Stage


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "document", "video", "location", "contact"])
def test_every_kind_arrives_as_itself(stage: Stage, kind: str) -> None:
    chat = stage.person()
    stage.post(f"chats/{chat}/messages", kind=kind, caption="see /start")
    [update] = stage.updates()
    message = update["message"]
    assert message[kind]
    if "caption" in message:
        assert message["caption_entities"] == [{"type": "bot_command", "offset": 4, "length": 6}]
    sizes = message[kind]
    reference = sizes[-1] if isinstance(sizes, list) else sizes
    if "file_id" in reference:
        path = stage.result("getFile", file_id=reference["file_id"])["file_path"]
        content = stage.http.get(f"/file/bot{stage.token}/{path}").content
        assert len(content) == reference["file_size"]


def test_an_album_is_several_messages_of_one_group(stage: Stage) -> None:
    chat = stage.person()
    stage.post(f"chats/{chat}/messages", kind="album", caption="two")
    first, second = (update["message"] for update in stage.updates())
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second.get("caption")) == ("two", None)


def test_the_same_client_id_says_it_once(stage: Stage) -> None:
    chat = stage.person()
    answers = [stage.post(f"chats/{chat}/messages", text="a", client_id="c-1") for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(stage.updates()) == 1


def test_a_reply_carries_what_it_answers(stage: Stage) -> None:
    chat = stage.person()
    asked = stage.result("sendMessage", chat_id=chat, text="Your passport?")["message_id"]
    stage.post(f"chats/{chat}/messages", text="Indian", reply_to=asked)
    assert stage.updates()[0]["message"]["reply_to_message"]["text"] == "Your passport?"


def test_a_group_knows_who_wrote(stage: Stage) -> None:
    person = stage.person()
    group = stage.post("groups", **{"title": "Desk", "from": person})["id"]
    assert stage.updates()[0]["my_chat_member"]["chat"]["type"] == "supergroup"
    stage.post(f"chats/{group}/messages", **{"text": "hi", "from": person})
    message = stage.updates()[0]["message"]
    assert (message["chat"]["id"], message["from"]["id"]) == (group, person)
    stage.post(f"chats/{group}/block", blocked=True)
    refused = stage.refusal("sendMessage", chat_id=group, text="a")
    assert refused == (403, "Forbidden: bot was kicked from the supergroup chat")


def test_an_update_of_any_kind(stage: Stage) -> None:
    stage.result("getUpdates", allowed_updates=[])
    stage.post("updates", channel_post={"message_id": 1})
    assert stage.updates()[0]["channel_post"] == {"message_id": 1}


@pytest.mark.parametrize(
    ("path", "order", "status", "reason"),
    [
        ("users", {"first_name": " "}, 400, "first_name: give the person a name"),
        ("chats/5/messages", {"text": "a"}, 404, "chat 5: unknown; make a user first"),
        ("chats/{chat}/messages", {"text": " "}, 400, "text: write at least one character"),
        ("chats/{chat}/messages", {"text": "a" * 4097}, 400, "Bad Request: message is too long"),
        ("chats/{chat}/messages", {"kind": "dance"}, 400, ("kind: 'dance' is none of text, "
         "sticker, voice, photo, album, document, video, location, contact")),
        ("chats/{chat}/callbacks", {"message_id": 1_000_000, "data": "x"}, 404, "message 1000000: not in chat {chat}"),
        ("chats/{chat}/callbacks", {"message_id": "1"}, 400, "message_id: '1' is not a whole number"),
        ("chats/{chat}/block", {}, 400, "blocked: None is neither true nor false"),
        ("updates", {"dance": {}}, 400, None),
    ],
)  # fmt: skip
def test_misuse_is_named(stage: Stage, path: str, order: dict[str, Any], status: int, reason: str | None) -> None:
    chat = stage.person()
    answer = stage.http.post(f"/preview/{path.format(chat=chat)}", json=order)
    assert answer.status_code == status
    if reason is not None:
        assert answer.json() == {"error": reason.format(chat=chat)}


def test_only_buttons_that_are_there_unless_said_otherwise(stage: Stage) -> None:
    chat = stage.person()
    number = stage.result("sendMessage", chat_id=chat, text="a")["message_id"]
    order = {"message_id": number, "data": "gone"}
    assert stage.http.post(f"/preview/chats/{chat}/callbacks", json=order).status_code == 409
    stage.post(f"chats/{chat}/callbacks", **order, stale=True)
    assert stage.updates()[0]["callback_query"]["data"] == "gone"


def test_waiting_for_a_change(stage: Stage) -> None:
    chat = stage.person()
    seq = stage.seen(chat)["seq"]
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(stage.seen, chat, seq, 15)
        stage.result("sendMessage", chat_id=chat, text="now")
        assert [change["message"]["text"] for change in waiting.result(15)["messages"]] == ["now"]


def test_the_stream_goes_on_where_it_broke(stage: Stage) -> None:
    chat = stage.person("one")

    def read(last: str | None, count: int) -> list[str]:
        headers = {"last-event-id": last} if last else {}
        lines: list[str] = []
        with stage.http.stream("GET", f"/preview/chats/{chat}/events", headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                if line.startswith(("id:", "data:")):
                    lines.append(line)
                if len(lines) == 2 * count:
                    break
        return lines

    stage.result("sendMessage", chat_id=chat, text="two")
    first = read(None, 1)
    assert '"one"' in first[1]
    stage.result("sendMessage", chat_id=chat, text="three")
    rest = read(first[0].removeprefix("id: "), 2)
    assert '"two"' in rest[1]
    assert '"three"' in rest[3]


def test_a_chosen_card_is_a_message_of_the_person_via_the_bot(stage: Stage) -> None:
    person = int(stage.post("users", first_name="Aigerim")["id"])
    asked = stage.post("inline", query="fee", **{"from": person})["inline_query_id"]
    stage.updates()
    content = {"message_text": "<b>Fee</b> /help", "parse_mode": "HTML"}
    markup = {"inline_keyboard": [[{"text": "Open", "url": "https://t.me/x?start=y"}]]}
    card = {"type": "article", "id": "1", "title": "t", "input_message_content": content, "reply_markup": markup}
    button = {"text": "Ask", "start_parameter": "lang"}
    stage.result("answerInlineQuery", inline_query_id=asked, results=[card], button=button)
    seen = stage.http.get(f"/preview/inline/{asked}").json()
    assert (seen["answered"], seen["button"]) == (True, button)
    chosen = stage.post(f"chats/{person}/chosen", query_id=asked, result_id="1")["message"]
    assert (chosen["text"], chosen["via_bot"]["id"], chosen["reply_markup"]) == ("Fee /help", 42, markup)
    assert [entity["type"] for entity in chosen["entities"]] == ["bold", "bot_command"]
    [update] = stage.updates()
    assert update["message"] == chosen
    assert stage.result("sendMessage", chat_id=person, text="the chat is open now")


def test_only_what_was_answered_can_be_chosen(stage: Stage) -> None:
    person = stage.person()
    asked = stage.post("inline", query="fee", **{"from": person})["inline_query_id"]
    gif = {"type": "gif", "id": "g"}
    for results, result_id, status in (([], "1", 404), ([gif], "g", 409)):
        stage.result("answerInlineQuery", inline_query_id=asked, results=results)
        order = {"query_id": asked, "result_id": result_id}
        assert stage.http.post(f"/preview/chats/{person}/chosen", json=order).status_code == status
    order = {"query_id": "5", "result_id": "1"}
    assert stage.http.post(f"/preview/chats/{person}/chosen", json=order).status_code == 404
    longer = {"query": "a" * 257, "from": person}
    assert stage.http.post("/preview/inline", json=longer).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": ""},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
    ],
)
def test_foreign_pages_are_turned_away(stage: Stage, headers: dict[str, str]) -> None:
    for path in ("/", "/preview/bot", f"/bot{stage.token}/getMe"):
        assert stage.http.get(path, headers=headers).status_code == 403
    assert stage.http.post("/preview/users", json={"first_name": "X"}, headers=headers).status_code == 403


def test_a_form_cannot_post(stage: Stage) -> None:
    assert stage.http.post("/preview/users", data={"first_name": "X"}).status_code == 415


def test_this_machine_is_welcome(stage: Stage) -> None:
    port = httpx.URL(stage.base).port
    for host in (f"localhost:{port}", f"[::1]:{port}", f"127.0.0.1:{port}"):
        headers = {"host": host, "origin": f"http://{host}"}
        assert stage.http.post("/preview/users", json={"first_name": "X"}, headers=headers).status_code == 201
    policy = stage.http.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
