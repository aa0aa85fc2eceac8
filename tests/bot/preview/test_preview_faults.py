"""Faults of the network and of the Bot API, floods, outages, chats that cannot be reached, and the record of calls."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.preview import Fault, RateRules
from bot.preview.faults import Faults
from bot.preview.record import Record
from tests.bot.preview.stage import Stage

MOVED = "Bad Request: group chat was upgraded to a supergroup chat"


@pytest.fixture
def torn(stage: Stage) -> Iterator[Stage]:
    """A stage on which no fault outlives the test."""
    yield stage
    stage.http.delete("/preview/faults")
    for order in ({"seconds": 0}, {"seconds": 0, "chat_id": 7}):
        stage.post("floods", **order)
    stage.post("outage", seconds=0)


def texts(stage: Stage, chat: int) -> list[str]:
    return [change["message"]["text"] for change in stage.seen(chat)["messages"]]


@pytest.mark.parametrize(("when", "arrived"), [("before", ["hello"]), ("after", ["hello", "a"])])
def test_a_reset_before_and_after_the_call(torn: Stage, when: str, arrived: list[str]) -> None:
    chat = torn.person()
    torn.post("faults", method="sendMessage", when=when, reset=True)
    with pytest.raises(httpx.ReadError):
        torn.call("sendMessage", chat_id=chat, text="a")
    assert texts(torn, chat) == arrived


@pytest.mark.parametrize(
    ("fault", "media", "body"),
    [
        ({"status": 502, "body": "<html>Bad gateway</html>"}, "text/html", "<html>Bad gateway</html>"),
        ({"body": '{"ok": true, "result": {"mess'}, "application/json", '{"ok": true, "result": {"mess'),
    ],
)
def test_an_answer_that_is_garbage(torn: Stage, fault: dict[str, Any], media: str, body: str) -> None:
    torn.post("faults", method="getMe", **fault)
    answer = torn.call("getMe")
    assert answer.status_code == fault.get("status", 200)
    assert (answer.headers["content-type"].split(";")[0], answer.text) == (media, body)
    torn.result("getMe")


def test_a_fault_in_one_chat_until_it_is_cleared(torn: Stage) -> None:
    here, there = torn.person(), torn.person()
    torn.post(
        "faults", method="*", chat_id=here, times=0, status=400, description=MOVED, parameters={"migrate_to_chat_id": 5}
    )
    for _ in range(3):
        answer = torn.call("sendMessage", chat_id=here, text="a")
        assert answer.json() == {
            "ok": False,
            "error_code": 400,
            "description": MOVED,
            "parameters": {"migrate_to_chat_id": 5},
        }
    torn.result("sendMessage", chat_id=there, text="a")
    torn.http.delete("/preview/faults")
    torn.result("sendMessage", chat_id=here, text="a")


def storm(fault: Fault, calls: int) -> list[bool]:
    faults = Faults()
    faults.add(fault)
    return [faults.take("sendMessage", 1) is not None for _ in range(calls)]


def test_a_storm_can_be_repeated() -> None:
    wild = storm(Fault("*", times=None, chance=0.3, seed=1), 1000)
    assert wild == storm(Fault("*", times=None, chance=0.3, seed=1), 1000)
    assert wild != storm(Fault("*", times=None, chance=0.3, seed=2), 1000)
    assert 250 < sum(wild) < 350
    assert sum(storm(Fault("*", times=5, chance=0.3), 1000)) == 5
    assert sum(storm(Fault("*", times=5), 1000)) == 5


def test_a_flood_wait_for_one_chat_and_for_all(torn: Stage) -> None:
    here, there = torn.person(), torn.person()
    torn.post("floods", chat_id=here, seconds=35)
    torn.result("sendMessage", chat_id=there, text="a")
    for seconds, left in ((0, 35), (10.5, 25), (24, 1)):
        torn.time[0] += seconds
        answer = torn.call("sendMessage", chat_id=here, text="a")
        assert (answer.status_code, answer.json()["parameters"]) == (429, {"retry_after": left})
    torn.time[0] += 0.5
    torn.result("sendMessage", chat_id=here, text="a")
    torn.post("floods", seconds=1)
    for chat in (here, there):
        assert torn.refusal("sendChatAction", chat_id=chat, action="typing")[0] == 429
    torn.time[0] += 1
    torn.result("sendMessage", chat_id=there, text="b")


def test_who_must_wait_is_refused_again(torn: Stage) -> None:
    """All chats together get 30 at once; a thirtieth of a second later there is room, but the wait is a second."""
    people = [torn.person() for _ in range(2)]
    torn.preview.rates.rules = RateRules()
    torn.time[0] += 60
    for number in range(30):
        torn.result("sendMessage", chat_id=people[number % 2], text="a")
    for _ in range(3):
        assert torn.call("sendMessage", chat_id=people[0], text="b").json()["parameters"] == {"retry_after": 1}
        torn.time[0] += 0.25
    torn.time[0] += 0.25
    torn.result("sendMessage", chat_id=people[0], text="b")


def test_a_forum_is_one_peer(torn: Stage) -> None:
    order = {"title": "Desk", "from": torn.person(), "is_forum": True}
    forum = torn.post("groups", **order)["id"]
    torn.preview.rates.rules = RateRules()
    torn.time[0] += 60
    for topic in range(2, 22):
        sent = torn.result("sendMessage", chat_id=forum, text="a", message_thread_id=topic)
        assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert torn.refusal("sendMessage", chat_id=forum, text="a", message_thread_id=99)[0] == 429
    plain = torn.post("groups", **{"title": "Desk", "from": order["from"]})["id"]
    refused = torn.refusal("sendMessage", chat_id=plain, text="a", message_thread_id=2)
    assert refused == (400, "Bad Request: message thread not found")


def test_typing_has_a_budget_of_its_own(torn: Stage) -> None:
    chat = torn.person()
    torn.preview.rates.rules = RateRules()
    torn.time[0] += 60
    for _ in range(20):
        torn.result("sendChatAction", chat_id=chat, action="typing")
    assert torn.refusal("sendChatAction", chat_id=chat, action="typing")[0] == 429
    torn.result("sendMessage", chat_id=chat, text="a")
    torn.time[0] += 5
    torn.result("sendChatAction", chat_id=chat, action="typing")


def test_an_outage_breaks_calls_under_way_and_new_ones(torn: Stage) -> None:
    chat = torn.person()
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(torn.call, "getUpdates", timeout=15)
        torn.preview_polls()
        torn.post("outage", seconds=60)
        with pytest.raises(httpx.ReadError):
            poll.result(15)
    # The reset may come before the body was written, which httpx then tells as a missing answer.
    with pytest.raises(httpx.TransportError):
        torn.call("sendMessage", chat_id=chat, text="a")
    assert texts(torn, chat) == ["hello"]
    torn.post("outage", seconds=0)
    torn.result("sendMessage", chat_id=chat, text="a")


def test_an_account_that_is_gone(torn: Stage) -> None:
    person = torn.person()
    torn.post(f"chats/{person}/deactivate", deactivated=True)
    refused = torn.refusal("sendMessage", chat_id=person, text="a")
    assert refused == (403, "Forbidden: user is deactivated")
    answer = torn.http.post(f"/preview/chats/{person}/messages", json={"text": "a"})
    assert (answer.status_code, answer.json()["error"]) == (409, f"user {person}: the account is deactivated")
    assert torn.updates() == []
    torn.post(f"chats/{person}/deactivate", deactivated=False)
    torn.result("sendMessage", chat_id=person, text="a")


def test_a_group_becomes_a_supergroup(torn: Stage) -> None:
    person = torn.person()
    group = torn.post("groups", **{"title": "Desk", "from": person, "type": "group"})["id"]
    assert torn.updates()[0]["my_chat_member"]["chat"]["type"] == "group"
    torn.result("sendMessage", chat_id=group, text="a")
    new = torn.post(f"chats/{group}/upgrade", **{"from": person})["id"]
    told = [update["message"] for update in torn.updates()]
    assert [(message["chat"]["id"], message.get("migrate_to_chat_id")) for message in told] == [
        (group, new),
        (new, None),
    ]
    assert told[1]["migrate_from_chat_id"] == group
    answer = torn.call("sendMessage", chat_id=group, text="b").json()
    assert (answer["description"], answer["parameters"]) == (MOVED, {"migrate_to_chat_id": new})
    torn.result("sendMessage", chat_id=new, text="b")
    order = {"text": "c", "from": person}
    answer = torn.http.post(f"/preview/chats/{group}/messages", json=order).json()
    assert answer == {"error": f"chat {group}: became {new}; write there"}
    for chat in (group, new):
        again = torn.http.post(f"/preview/chats/{chat}/upgrade", json={"from": person})
        assert again.status_code == 409


@pytest.mark.parametrize(
    ("path", "order", "reason"),
    [
        ("floods", {}, "seconds: None is not a number of seconds from 0"),
        ("floods", {"seconds": 1, "chat_id": "x"}, "chat_id: 'x' is not a whole number; leave it out for all chats"),
        ("outage", {"seconds": -1}, "seconds: -1 is not a number of seconds from 0"),
        ("groups", {"type": "channel", "from": 1}, "type: 'channel' is none of supergroup, group"),
        ("groups", {"type": "group", "is_forum": True, "from": 1}, "is_forum: only a supergroup has topics"),
        ("chats/5/deactivate", {"deactivated": 1}, "deactivated: 1 is neither true nor false"),
    ],
)
def test_orders_that_make_no_sense(torn: Stage, path: str, order: dict[str, Any], reason: str) -> None:
    answer = torn.http.post(f"/preview/{path}", json=order)
    assert (answer.status_code, answer.json()) == (400, {"error": reason})


def test_calls_that_took_effect_are_on_record(torn: Stage) -> None:
    chat = torn.person()
    entries = torn.http.get("/preview/sent").json()["entries"]
    last = entries[-1]["n"] if entries else 0
    number = torn.result("sendMessage", chat_id=chat, text="<b>a</b>", parse_mode="HTML")["message_id"]
    torn.refusal("sendMessage", chat_id=chat, text="")
    torn.post("faults", method="sendMessage", status=500)
    torn.call("sendMessage", chat_id=chat, text="never")
    torn.post("faults", method="sendMessage", status=500, when="after")
    torn.call("sendMessage", chat_id=chat, text="unheard")
    torn.result("sendChatAction", chat_id=chat, action="typing")
    torn.result("deleteMessage", chat_id=str(chat), message_id=number)
    torn.result("setMyDescription", description="Visa")
    found = torn.http.get("/preview/sent", params={"after": last}).json()["entries"]
    assert [(entry["n"] - last, entry["method"], entry["chat_id"], entry["text"]) for entry in found] == [
        (1, "sendMessage", chat, "a"),
        (2, "sendMessage", chat, "unheard"),
        (3, "sendChatAction", chat, "typing"),
        (4, "deleteMessage", chat, None),
        (5, "setMyDescription", None, None),
    ]
    assert found[0]["message_id"] == found[3]["message_id"] == number
    assert found[0]["at_ms"] <= found[4]["at_ms"]
    assert torn.http.get("/preview/sent", params={"after": last + 1, "limit": 1}).json()["entries"] == [found[1]]


def test_the_record_is_bounded_and_its_numbers_tell() -> None:
    record = Record(kept=3)
    for letter in "abcde":
        record.add({"text": letter})
    assert [(entry["n"], entry["text"]) for entry in record.after(0, 10)] == [(3, "c"), (4, "d"), (5, "e")]
    assert [entry["n"] for entry in record.after(4, 10)] == [5]
    assert record.after(5, 10) == []
