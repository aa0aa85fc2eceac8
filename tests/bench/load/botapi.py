"""A minimal Bot API on loopback: it hands out updates to whoever polls and passes every call on.

Raw HTTP, so that it costs far less than any bot. `distance` is the seconds that each answer takes on its way.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from tests.bench.load.script import BOT

__all__ = ["BotApi", "RefusedError"]

_MOST = 100
_GET: Mapping[str, Any] = {"getMe": BOT, "getMyCommands": [], "getMyDescription": {}, "getMyShortDescription": {}}
_CALLS = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"})
_REPLACED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class RefusedError(Exception):
    """A call that Telegram would answer with `ok: false`."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


class BotApi:
    """The server. `take(method, parameters)` gives the result of a call; `handed(ids)` is told what was handed out."""

    def __init__(
        self, distance: float, take: Callable[[str, dict[str, Any]], Any], handed: Callable[[Sequence[int]], None]
    ) -> None:
        self._distance = distance
        self._take = take
        self._handed = handed
        self._updates: deque[dict[str, Any]] = deque()
        self._number = 0
        self._poll: _Poll | None = None
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()
        self.polled = asyncio.Event()
        self.url = ""

    async def start(self) -> None:
        """Listen; `url` tells where."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Drop all connections."""
        if self._server is not None:
            self._server.close()
        for connection in self._connections:
            connection.drop()

    def put(self, update: Mapping[str, Any]) -> int:
        """An update for the bot; gives its id."""
        self._number += 1
        self._updates.append({"update_id": self._number, **update})
        if self._poll is not None:
            self._poll.end(self._waiting())
        return self._number

    def request(self, connection: "_Connection", method: str, parameters: dict[str, Any]) -> None:
        """One call."""
        if method == "getUpdates":
            self._polled(connection, int(parameters.get("offset", 0)), float(parameters.get("timeout", 0)))
        elif method in _CALLS:
            try:
                self.answer(connection, self._take(method, parameters))
            except RefusedError as error:
                self.refuse(connection, error)
        else:
            self.answer(connection, _GET.get(method, True))

    def answer(self, connection: "_Connection", result: Any, ids: Sequence[int] = ()) -> None:
        """Answer a call; `ids` are the updates in the answer."""
        self._write(connection, 200, {"ok": True, "result": result}, ids)

    def refuse(self, connection: "_Connection", error: RefusedError) -> None:
        """Answer a call that is refused."""
        self._write(connection, error.code, {"ok": False, "error_code": error.code, "description": str(error)})

    def opened(self, connection: "_Connection") -> None:
        """Somebody has come."""
        self._connections.add(connection)

    def closed(self, connection: "_Connection") -> None:
        """Somebody has gone; what was asked for there is not answered."""
        self._connections.discard(connection)
        if self._poll is not None and self._poll.connection is connection:
            self._poll.forget()
            self._poll = None

    def _polled(self, connection: "_Connection", offset: int, seconds: float) -> None:
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        self.polled.set()
        if self._poll is not None:
            self._poll.forget()
            self.refuse(self._poll.connection, RefusedError(409, _REPLACED))
            self._poll = None
        if self._updates or seconds == 0:
            self._hand_out(connection, self._waiting())
        else:
            self._poll = _Poll(self, connection, seconds)

    def _waiting(self) -> list[dict[str, Any]]:
        return [self._updates[number] for number in range(min(_MOST, len(self._updates)))]

    def _hand_out(self, connection: "_Connection", updates: list[dict[str, Any]]) -> None:
        self._poll = None
        self.answer(connection, updates, [update["update_id"] for update in updates])

    def ended(self, poll: "_Poll", updates: list[dict[str, Any]]) -> None:
        """A poll that waited has something to tell, or has waited long enough."""
        self._hand_out(poll.connection, updates)

    def _write(self, connection: "_Connection", status: int, content: Any, ids: Sequence[int] = ()) -> None:
        body = json.dumps(content, ensure_ascii=False).encode()
        head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"

        def arrive() -> None:
            connection.write(head.encode() + body)
            if ids:
                self._handed(ids)

        if self._distance:
            asyncio.get_running_loop().call_later(self._distance, arrive)
        else:
            arrive()


class _Poll:
    """A getUpdates that waits for something to come."""

    def __init__(self, api: BotApi, connection: "_Connection", seconds: float) -> None:
        self.connection = connection
        self._api = api
        self._alarm = asyncio.get_running_loop().call_later(seconds, self.end, [])

    def end(self, updates: list[dict[str, Any]]) -> None:
        self._alarm.cancel()
        self._api.ended(self, updates)

    def forget(self) -> None:
        self._alarm.cancel()


class _Connection(asyncio.Protocol):
    """One connection of the bot, with one request at a time on it."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._api.opened(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        self._transport = None
        self._api.closed(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        whole = end + 4 + int(headers.get("content-length", 0))
        if len(self._buffer) < whole:
            return
        body = bytes(self._buffer[end + 4 : whole])
        del self._buffer[:whole]
        self._api.request(self, first.split(" ")[1].rpartition("/")[2], _parameters(headers, body))

    def write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _parameters(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The parameters of a call: JSON, or a form whose larger values are JSON."""
    if not body:
        return {}
    if headers.get("content-type", "").startswith("application/json"):
        return dict(json.loads(body))
    form: dict[str, Any] = dict(parse_qsl(body.decode()))
    if "reply_markup" in form:
        form["reply_markup"] = json.loads(form["reply_markup"])
    return form
