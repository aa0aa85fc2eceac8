"""A small bot for the page tests: long poll over HTTP, answers that show everything a message can hold."""

from __future__ import annotations

import json
import threading
import urllib.request
from typing import Any

__all__ = ["TOKEN", "FakeBot"]

TOKEN = "7:fake"
RICH = (
    "<b>Visa-free</b> for <i>10 days</i>, <u>not</u> <s>30</s> 🏟. See <a href='https://www.gov.kz/services/3090'>"
    'gov.kz</a> or /help, <tg-time unix="1796000000" format="D">10 December 2026</tg-time>, <code>B12</code>.\n'
    "<blockquote>Be at the border by day.</blockquote>\n"
    "<blockquote expandable>Sources: one\nline two\nline three\nline four\nline five\nline six</blockquote>\n"
    "<tg-spoiler>hidden words</tg-spoiler>\n<pre>a table\n  of figures</pre>"
)
KEYBOARD = [
    [{"text": "Yes, it is for tourism", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}],
    [{"text": "Official page", "url": "https://www.gov.kz"}, {"text": "Copy number", "copy_text": {"text": "B12"}}],
    [
        {"text": "Delete my data", "callback_data": "alert", "style": "danger"},
        {"text": "Share", "switch_inline_query": "x"},
    ],
]


def card(name: str) -> dict[str, Any]:
    """An article that leads back to the bot of the preview."""
    return {
        "type": "article",
        "id": name,
        "title": f"Card {name}",
        "description": f"About {name}",
        "input_message_content": {"message_text": f"<b>Posted {name}</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": [[{"text": "Open", "url": "https://t.me/visa_preview_bot?start=t_a_b"}]]},
    }


class FakeBot(threading.Thread):
    """Polls until `stop`; `/start` shows the rich message, buttons answer, everything else is echoed.

    Inline queries get two cards that repeat the query; `nothing` gets none.
    """

    def __init__(self, base: str) -> None:
        super().__init__(daemon=True)
        self.base = base
        self.seen: list[str] = []
        self._ended = threading.Event()

    def call(self, method: str, **arguments: Any) -> Any:
        request = urllib.request.Request(
            f"{self.base}/bot{TOKEN}/{method}",
            json.dumps(arguments).encode(),
            {"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["result"]

    def run(self) -> None:
        offset = 0
        while not self._ended.is_set():
            try:
                updates = self.call("getUpdates", offset=offset, timeout=20)
            except OSError:
                self._ended.wait(0.05)
                continue
            for update in updates:
                offset = update["update_id"] + 1
                self.handle(update)

    def handle(self, update: dict[str, Any]) -> None:
        if query := update.get("inline_query"):
            self.seen.append(f"inline {query['query']}")
            words = query["query"] or "empty"
            cards = [] if words == "nothing" else [card(f"{words} {number}") for number in (1, 2)]
            button = {"text": "Ask the helper", "start_parameter": "lang"}
            self.call("answerInlineQuery", inline_query_id=query["id"], results=cards, button=button)
        if (message := update.get("message")) and "via_bot" not in message:
            text, chat = message.get("text", "no text"), message["chat"]["id"]
            self.seen.append(text)
            if text.startswith("/start"):
                keyboard = {"inline_keyboard": KEYBOARD}
                self.call("sendMessage", chat_id=chat, text=RICH, parse_mode="HTML", reply_markup=keyboard)
            else:
                self.call("sendMessage", chat_id=chat, text=f"You said: {text}")
        if query := update.get("callback_query"):
            chat, number = query["message"]["chat"]["id"], query["message"]["message_id"]
            self.seen.append(query["data"])
            alert = query["data"] == "alert"
            self.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=alert)
            if query["data"] == "yes":
                keyboard = {"inline_keyboard": [[{"text": "Done", "callback_data": "no"}]]}
                self.call("editMessageText", chat_id=chat, message_id=number, text="Changed", reply_markup=keyboard)

    def stop(self) -> None:
        self._ended.set()
