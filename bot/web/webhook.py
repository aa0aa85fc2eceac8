"""Telegram's webhook: an update is acknowledged once it is stored, and work on it never delays the answer."""

import asyncio
import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import StartError
from bot.logs import describe
from bot.metrics import Metrics
from bot.web.replies import empty

__all__ = ["MOST_BYTES", "Receive", "Webhook", "webhook_route"]

_log = logging.getLogger(__name__)

Receive = Callable[[Sequence[Mapping[str, Any]]], Awaitable[object]]
"""Stores updates. It returns once they are committed, and raises when they are not."""

MOST_BYTES = 1024 * 1024
"""More than any update of Telegram, whose longest text has 4,096 characters."""
_STORE_SECONDS = 10.0
"""Telegram waits for 60 s; by then it should have been told long ago to come again."""

_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_OWN = ("metrics", "healthz")
_LARGEST_ID = 2**63 - 1

# What is refused before it was read ends with the connection, else the rest would be taken for the next request.
_REPLIES = {
    200: empty(200),
    403: empty(403, connection="close"),
    413: empty(413, connection="close"),
    503: empty(503, **{"retry-after": "1"}),
}


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates arrive, the secret that Telegram shows with each, and what stores them.

    Raises StartError for a path or a secret that cannot be used: without a secret anybody could write to the inbox.
    """

    path: str
    secret: str = field(repr=False)
    receive: Receive

    def __post_init__(self) -> None:
        problems = []
        if not self.path.startswith("/") or self.path.split("/")[1] in _OWN or set("{}") & set(self.path):
            problems.append(
                f"WEBHOOK_URL: the path {self.path!r} cannot be used; give one that begins with / and holds no braces, "
                "outside /metrics and /healthz"
            )
        if not _SECRET.fullmatch(self.secret):
            problems.append(
                f"WEBHOOK_SECRET: a value of {len(self.secret)} characters (not shown) is no secret for Telegram; "
                "give 1 to 256 letters, figures, _ and -"
            )
        if problems:
            raise StartError.of(problems)

    @classmethod
    def at(cls, url: str, secret: str, receive: Receive) -> "Webhook":
        """The webhook behind the address that Telegram is told."""
        return cls(unquote(urlsplit(url).path) or "/", secret, receive)


def webhook_route(webhook: Webhook, metrics: Metrics, store_seconds: float = _STORE_SECONDS) -> Route:
    """The route that takes updates. Every answer is empty, and none is 410: that would make Telegram give up."""
    secret = webhook.secret.encode()

    async def take(request: Request) -> Response:
        begin = time.perf_counter()
        shown = request.headers.get(_SECRET_HEADER, "").encode("latin-1")
        if hmac.compare_digest(shown, secret):
            status = await _store(request, webhook.receive, metrics, store_seconds)
        else:
            status = 403
        metrics.webhook_answered(status, time.perf_counter() - begin)
        return _REPLIES[status]

    return Route(webhook.path, take, methods=["POST"])


async def _store(request: Request, receive: Receive, metrics: Metrics, seconds: float) -> int:
    """The status to answer."""
    try:
        async with asyncio.timeout(seconds):
            body = await _body(request)
            if body is None:
                _log.error("webhook: a body over %d bytes was refused", MOST_BYTES)
                return 413
            update = _read(body)
            if update is None:
                # Any other answer than success makes Telegram send it again for 24 hours, and the chat behind it waits.
                _log.error("webhook: %d bytes that are no update were dropped", len(body))
                metrics.unreadable.inc()
                return 200
            await receive((update,))
    except Exception as error:
        # Whatever went wrong, the update is not known to be stored: Telegram keeps it and comes again.
        _log.warning("webhook: an update could not be stored: %s; Telegram sends it again", describe(error))
        return 503
    return 200


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too large; its announced length is no proof, so what comes is counted."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _read(body: bytes) -> Mapping[str, Any] | None:
    """The update, or None when it is none: no JSON object, or one without an id that a table can hold."""
    try:
        update = orjson.loads(body)  # as strict as what stores it: no lone surrogates
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return update if type(number) is int and 0 <= number <= _LARGEST_ID else None
