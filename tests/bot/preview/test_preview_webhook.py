"""The webhook: its settings, and deliveries with Telegram's order, waits and expiry."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.preview import RateRules, create_preview
from bot.preview.lanes import lane_of
from bot.preview.posting import Waits
from tests.bot.preview.receiver import Receiver, receiver
from tests.bot.preview.stage import NOON, TOKEN, Stage
from tests.preview_server import serve

ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
USUAL = {"webhook_patience": 60, "webhook_copies": 1, "webhook_swaps": 0, "webhook_replicas": []}


@pytest.fixture
def hook() -> Iterator[Receiver]:
    """A webhook of the bot that takes everything."""
    with receiver() as opened:
        yield opened


@pytest.fixture
def hooked(stage: Stage) -> Iterator[Stage]:
    """A preview whose waits are a thousand times shorter; its webhook goes with the test."""
    stage.post("settings", webhook_waits=0.001)
    yield stage
    stage.post("settings", webhook_waits=1, **USUAL)
    stage.result("deleteWebhook", drop_pending_updates=True)


def say(stage: Stage, chat: int, *texts: str) -> None:
    for text in texts:
        stage.post(f"chats/{chat}/messages", text=text)


def press(stage: Stage, chat: int) -> None:
    number = stage.result("sendMessage", chat_id=chat, text="a", reply_markup=YES)["message_id"]
    stage.post(f"chats/{chat}/callbacks", message_id=number, data="yes")


def empty(stage: Stage) -> None:
    """Returns once nothing is left to deliver."""
    for _ in range(5000):
        if stage.result("getWebhookInfo")["pending_update_count"] == 0:
            return
    raise AssertionError(stage.result("getWebhookInfo"))


def test_an_update_comes_with_the_secret(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    hooked.result("setWebhook", url=f"{hook.base}/in", secret_token="s-e_c", allowed_updates=["message"])
    say(hooked, chat, "сәлем")
    post = hook.next()
    assert post.path == "/in"
    assert post.headers["x-telegram-bot-api-secret-token"] == "s-e_c"
    assert post.headers["content-type"] == "application/json"
    assert post.update.keys() == {"update_id", "message"}
    assert post.text == "сәлем"
    empty(hooked)
    [entry] = hooked.http.get("/preview/deliveries").json()["entries"][-1:]
    assert (entry["update_id"], entry["status"]) == (post.update["update_id"], 200)


def test_polling_and_webhook_exclude_each_other(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(hooked.refusal, "getUpdates", timeout=15)
        hooked.preview_polls()
        hooked.result("setWebhook", url=hook.base)
        assert waiting.result(15) == (409, "Conflict: terminated by setWebhook request")
    assert hooked.refusal("getUpdates") == (409, ACTIVE)
    hook.answer = lambda _: 503
    say(hooked, chat, "kept")
    hook.next()
    hooked.result("deleteWebhook")
    assert [update["message"]["text"] for update in hooked.updates()] == ["kept"]
    assert hooked.result("getWebhookInfo")["url"] == ""


def test_the_webhook_is_told(hooked: Stage, hook: Receiver) -> None:
    hooked.result("setWebhook", url=hook.base, max_connections=500, allowed_updates=["message"])
    assert hooked.http.get("/preview/bot").json()["polling"] is True
    info = hooked.result("getWebhookInfo")
    assert info == {
        "url": hook.base,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 100,
        "allowed_updates": ["message"],
    }
    hooked.result("setWebhook", url=hook.base, allowed_updates=[])
    assert hooked.result("getWebhookInfo")["max_connections"] == 40
    hooked.result("setWebhook", url="")
    assert hooked.result("getWebhookInfo")["url"] == ""


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"url": "https://visa.example.kz/in", "secret_token": "a" * 256}, None),
        ({"url": "https://visa.example.kz:8443/in"}, None),
        ({"url": "http://localhost:1/in"}, None),
        ({"url": "https://visa.example.kz/in", "secret_token": "a" * 257}, "secret token is too long"),
        ({"url": "https://visa.example.kz/in", "secret_token": "a.b"},
         "secret token contains unallowed characters"),
        ({"url": "https://visa.example.kz:5000/in"},
         "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "http://visa.example.kz/in"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "ftp://visa.example.kz/in"}, "invalid webhook URL specified"),
        ({"url": "https://visa.example.kz:port/in"}, "invalid webhook URL specified"),
        ({"url": "https://visa.example.kz/in", "certificate": "x"},
         "certificate: this preview trusts public certificates only"),
    ],
)  # fmt: skip
def test_addresses_and_secrets(hooked: Stage, arguments: dict[str, Any], reason: str | None) -> None:
    if reason is None:
        hooked.result("setWebhook", **arguments)
    else:
        assert hooked.refusal("setWebhook", **arguments) == (400, f"Bad Request: {reason}")
        assert hooked.result("getWebhookInfo")["url"] == ""


def test_a_webhook_is_set_once_a_second(hooked: Stage, hook: Receiver) -> None:
    hooked.preview.rates.rules = RateRules()
    hooked.time[0] += 1
    hooked.result("setWebhook", url=hook.base)
    assert hooked.call("setWebhook", url=hook.base).json()["parameters"] == {"retry_after": 1}
    hooked.time[0] += 1
    hooked.result("setWebhook", url=hook.base)


def test_what_is_not_taken_comes_again_in_its_order(hooked: Stage, hook: Receiver) -> None:
    first, second = hooked.person(), hooked.person()
    tries = Counter[int]()

    def stubborn(update: dict[str, Any]) -> int:
        tries[update["update_id"]] += 1
        return 503 if update["message"]["chat"]["id"] == first and tries[update["update_id"]] < 4 else 204

    hook.answer = stubborn
    hooked.result("setWebhook", url=hook.base)
    say(hooked, first, "a", "b")
    say(hooked, second, "c")
    posts = [hook.next() for _ in range(9)]
    assert [post.text for post in posts if post.text != "c"] == ["a"] * 4 + ["b"] * 4
    empty(hooked)
    info = hooked.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert info["last_error_date"] == int(hooked.time[0])


@pytest.mark.parametrize(
    ("retry_after", "waits"),
    [([0] * 6, [0, 2, 4, 8, 16, 32]), ([7, 0, 0, 9, 0], [7, 2, 4, 9, 8]), ([5000, -3], [3600, 2])],
)
def test_waits_double_unless_the_bot_says(retry_after: list[int], waits: list[float]) -> None:
    ours = Waits()
    assert [ours.next(seconds) for seconds in retry_after] == waits


def test_waits_have_a_cap() -> None:
    ours = Waits()
    assert all(60 <= wait <= 120 for wait in [ours.next(0) for _ in range(40)][7:])


def test_retry_after_is_honoured(hooked: Stage, hook: Receiver) -> None:
    """A wait that ends behind the life of a press drops it: an answer of 200 s must be what was waited for."""
    chat = hooked.person()
    hook.answer = lambda update: (503, {"retry-after": "200"}) if "callback_query" in update else 200
    hooked.post("settings", webhook_waits=1)
    hooked.result("setWebhook", url=hook.base)
    press(hooked, chat)
    assert hook.next().text == "yes"
    empty(hooked)
    assert hook.posts.empty()


def test_a_press_overtakes_a_message(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    pressed = threading.Event()
    hook.answer = lambda update: 200 if "callback_query" in update or pressed.wait(15) else 500
    hooked.result("setWebhook", url=hook.base)
    say(hooked, chat, "a", "b")
    assert hook.next().text == "a"
    press(hooked, chat)
    assert hook.next().text == "yes"
    pressed.set()
    assert hook.next().text == "b"


def test_chats_come_beside_each_other(hooked: Stage, hook: Receiver) -> None:
    both = threading.Barrier(2)
    hook.answer = lambda _: 200 if both.wait(15) >= 0 else 500
    hooked.result("setWebhook", url=hook.base, max_connections=2)
    for text in ("a", "b"):
        chat = int(hooked.post("users", first_name="Aigerim")["id"])
        say(hooked, chat, text)
    assert sorted(hook.texts(2)) == ["a", "b"]
    empty(hooked)


def test_there_are_no_more_connections_than_allowed(hooked: Stage, hook: Receiver) -> None:
    for text in ("a", "b", "c"):
        say(hooked, int(hooked.post("users", first_name="Aigerim")["id"]), text)
    free = threading.Event()
    hook.answer = lambda _: 200 if free.wait(15) else 500
    hooked.result("setWebhook", url=hook.base, max_connections=2)
    seen = hook.texts(2)
    for _ in range(50):
        hooked.result("getMe")
    assert hook.posts.empty()
    free.set()
    assert sorted([*seen, hook.next().text]) == ["a", "b", "c"]
    empty(hooked)


def test_an_answer_that_does_not_come_is_not_waited_for(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    silent = threading.Event()
    tries: list[int] = []

    def slow(update: dict[str, Any]) -> int:
        tries.append(update["update_id"])
        if len(tries) == 1:
            silent.wait(15)
        return 200

    hook.answer = slow
    hooked.post("settings", webhook_patience=0.05)
    hooked.result("setWebhook", url=hook.base)
    say(hooked, chat, "a")
    assert hook.texts(2) == ["a", "a"]
    silent.set()
    empty(hooked)
    assert hooked.result("getWebhookInfo")["last_error_message"] == "Read timeout expired"


def test_nobody_listens_yet(hooked: Stage) -> None:
    chat = hooked.person()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    hooked.result("setWebhook", url=f"http://127.0.0.1:{port}")
    say(hooked, chat, "a")
    for _ in range(5000):
        if "last_error_message" in (info := hooked.result("getWebhookInfo")):
            break
    assert info["last_error_message"] == "Connection refused"
    with receiver(port) as late:
        assert late.next().text == "a"
        empty(hooked)


def test_a_press_that_is_not_taken_dies_after_150_seconds(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    hook.answer = lambda update: 503 if "callback_query" in update else 200
    hooked.result("setWebhook", url=hook.base)
    press(hooked, chat)
    assert hook.texts(3) == ["yes"] * 3
    hooked.time[0] += 151
    empty(hooked)
    say(hooked, chat, "in words")
    while (post := hook.next()).text == "yes":
        pass
    assert post.text == "in words"


def test_pending_updates_can_be_dropped(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    say(hooked, chat, "a")
    hooked.result("setWebhook", url=hook.base, drop_pending_updates=True)
    say(hooked, chat, "b")
    assert hook.next().text == "b"


def test_copies_swaps_and_replicas(hooked: Stage, hook: Receiver) -> None:
    chat = hooked.person()
    hooked.result("setWebhook", url=hook.base)
    with receiver() as other:
        hooked.post("settings", webhook_copies=4, webhook_replicas=[hook.base, other.base])
        say(hooked, chat, "a")
        posts = [box.next() for box in (hook, hook, other, other)]
        assert len({post.update["update_id"] for post in posts}) == 1
        empty(hooked)
    hooked.post("settings", **{**USUAL, "webhook_swaps": 1})
    say(hooked, chat, "b", "c", "d")
    assert hook.texts(3) == ["c", "b", "d"]
    hooked.post("settings", webhook_swaps=1)
    say(hooked, chat, "alone")
    hooked.post("settings", webhook_swaps=0)
    assert hook.next().text == "alone"


@pytest.mark.parametrize(
    "order",
    [
        {"webhook_waits": 0},
        {"webhook_patience": "1"},
        {"webhook_copies": 0},
        {"webhook_copies": 1.5},
        {"webhook_swaps": True},
        {"webhook_replicas": "http://127.0.0.1"},
    ],
)
def test_settings_that_make_no_sense(hooked: Stage, order: dict[str, Any]) -> None:
    answer = hooked.http.post("/preview/settings", json=order)
    assert answer.status_code == 400
    [(name, value)] = order.items()
    assert answer.json()["error"].startswith(f"{name}: {value!r}; settings are rates (true, false), ")


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": 5}, "from": {"id": 6}}}, ("message", 5)),
        ({"edited_message": {"chat": {"id": 5}}}, ("message", 5)),
        ({"channel_post": {"chat": {"id": -5}}}, ("message", -5)),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}, ("callback", 6)),
        ({"inline_query": {"from": {"id": 6}}}, ("inline", 6)),
        ({"my_chat_member": {"chat": {"id": 5}, "from": {"id": 6}}}, ("member", 5)),
        ({"message": {"message_id": 1}}, ("alone", 9)),
        ({"message": []}, ("alone", 9)),
    ],
)
def test_lanes(update: dict[str, Any], lane: tuple[str, int]) -> None:
    assert lane_of({"update_id": 9, **update}) == lane


def test_a_restart_delivers_what_was_left(tmp_path: Path, hook: Receiver) -> None:
    path = tmp_path / "preview.db"
    hook.answer = lambda _: 503
    app = create_preview(token=TOKEN, state=path, clock=lambda: NOON)
    with serve(app) as base, httpx.Client(base_url=base) as http:
        stage = Stage(http, app.state.preview, [NOON])
        chat = stage.person()
        stage.result("setWebhook", url=hook.base, secret_token="kept")
        say(stage, chat, "a", "b")
        assert hook.texts(2) == ["a", "a"]
    hook.answer = lambda _: 200
    with (
        serve(create_preview(token=TOKEN, state=path, clock=lambda: NOON)) as base,
        httpx.Client(base_url=base) as http,
    ):
        stage = Stage(http, app.state.preview, [NOON])
        post = hook.next()
        assert (post.text, post.headers["x-telegram-bot-api-secret-token"]) == ("a", "kept")
        assert hook.next().text == "b"
        empty(stage)
