"""Both sides of a preview, as tests speak to it over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from bot.preview.server import Preview

__all__ = ["NOON", "TOKEN", "Stage"]

TOKEN = "42:test"
NOON = 1_795_000_000.0


@dataclass
class Stage:
    """Both sides of one preview: `call` speaks as the bot, the rest as people."""

    http: httpx.Client
    preview: Preview
    time: list[float]
    token: str = TOKEN
    offset: int = 0

    @property
    def base(self) -> str:
        return str(self.http.base_url).rstrip("/")

    def call(self, method: str, **arguments: Any) -> httpx.Response:
        return self.http.post(f"/bot{self.token}/{method}", json=arguments)

    def result(self, method: str, **arguments: Any) -> Any:
        answer = self.call(method, **arguments)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    def refusal(self, method: str, **arguments: Any) -> tuple[int, str]:
        answer = self.call(method, **arguments)
        content = answer.json()
        assert content["ok"] is False, content
        assert content["error_code"] == answer.status_code
        return answer.status_code, content["description"]

    def post(self, path: str, **order: Any) -> Any:
        answer = self.http.post(f"/preview/{path}", json=order)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def person(self, text: str = "hello", language: str = "kk") -> int:
        """A new person who has written `text` to the bot; its update is confirmed."""
        user_id = int(self.post("users", first_name="Aigerim", language_code=language)["id"])
        self.post(f"chats/{user_id}/messages", text=text)
        self.updates()
        return user_id

    def updates(self, **arguments: Any) -> list[dict[str, Any]]:
        """The next updates, confirmed."""
        found: list[dict[str, Any]] = self.result("getUpdates", offset=self.offset, **arguments)
        if found:
            self.offset = found[-1]["update_id"] + 1
            self.result("getUpdates", offset=self.offset)
        return found

    def seen(self, chat_id: int, after: int = 0, timeout: float = 0) -> Any:
        query = {"after": after, "timeout": timeout}
        return self.http.get(f"/preview/chats/{chat_id}/messages", params=query).json()

    def preview_polls(self) -> None:
        """Returns once a long poll of the bot is open."""
        for _ in range(2000):
            if self.preview.updates.waiting:
                return
            self.result("getMe")
        raise AssertionError("no long poll arrived")
