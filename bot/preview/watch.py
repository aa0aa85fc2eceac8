"""What people see, over HTTP: a chat as a stream (SSE) or by long poll, the bot's face, files, inline results."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.preview.misuse import MisuseError
from bot.preview.orders import chat_id_of, told
from bot.preview.server import Preview

__all__ = ["routes"]

_HEARTBEAT = 10.0
_LONGEST_WAIT = 60.0
_RECONNECT_MS = 500

Seen = TypeVar("Seen")


def routes(preview: Preview) -> list[BaseRoute]:
    """The routes under `/preview` that only look."""
    chats = preview.chats

    async def bot(request: Request) -> Response:
        language = request.query_params.get("language_code", "")
        chat_id = request.query_params.get("chat_id")
        profile = preview.profile
        return JSONResponse(
            {
                "id": chats.bot["id"],
                "username": chats.bot["username"],
                "name": profile.text("name", language),
                "description": profile.text("description", language),
                "short_description": profile.text("short_description", language),
                "commands": profile.menu(int(chat_id) if chat_id else None, language),
                "polling": preview.updates.polling or preview.webhooks.current is not None,
                "pending_updates": preview.updates.pending(),
            }
        )

    async def chat(request: Request) -> Response:
        found = chats.find(chat_id_of(request))
        state = {"seq": found.seq, "started": found.started, "blocked": found.blocked}
        return JSONResponse({"chat": found.chat, "user": found.user, **state})

    async def messages(request: Request) -> Response:
        chat_id = chats.find(chat_id_of(request)).id
        after = int(request.query_params.get("after", "0"))
        changes = await _changes(preview, chat_id, after, _timeout(request))
        return JSONResponse(
            {
                "seq": changes[-1]["seq"] if changes else after,
                "messages": [change for change in changes if change["kind"] == "message"],
                "events": [change for change in changes if change["kind"] != "message"],
            }
        )

    async def events(request: Request) -> Response:
        chat_id = chats.find(chat_id_of(request)).id
        after = int(request.headers.get("last-event-id") or request.query_params.get("after", "0"))
        stream = _stream(preview, chat_id, after)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"cache-control": "no-store"})

    async def file(request: Request) -> Response:
        found = preview.journal.file(request.path_params["file_id"])
        if found is None:
            raise MisuseError(404, "file: unknown")
        return Response(
            found.content, media_type="application/octet-stream", headers={"content-disposition": "attachment"}
        )

    async def inline_results(request: Request) -> Response:
        query_id = request.path_params["query_id"]
        found = await _wait(preview, 0, lambda: chats.inline_answers.get(query_id), _timeout(request))
        if found is None:
            return JSONResponse({"answered": False, "results": [], "button": None})
        return JSONResponse({"answered": True, "results": found.results, "button": found.button})

    return [
        Route("/preview/bot", told(bot)),
        Route("/preview/chats/{chat_id}", told(chat)),
        Route("/preview/chats/{chat_id}/messages", told(messages), methods=["GET"]),
        Route("/preview/chats/{chat_id}/events", told(events)),
        Route("/preview/files/{file_id}", told(file)),
        Route("/preview/inline/{query_id}", told(inline_results)),
    ]


def _timeout(request: Request) -> float:
    return min(float(request.query_params.get("timeout", "0")), _LONGEST_WAIT)


async def _wait(preview: Preview, chat_id: int, look: Callable[[], Seen], seconds: float) -> Seen:
    """What `look` sees once there is something, or after some `seconds`."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and not preview.closed and (left := deadline - time.monotonic()) > 0:
        try:
            await asyncio.wait_for(preview.chats.signal(chat_id).wait(), left)
        except TimeoutError:
            break
    return seen


async def _changes(preview: Preview, chat_id: int, after: int, seconds: float) -> list[dict[str, Any]]:
    return await _wait(preview, chat_id, lambda: preview.chats.changes(chat_id, after), seconds)


async def _stream(preview: Preview, chat_id: int, after: int) -> AsyncIterator[str]:
    """Server-sent events; each carries its number, from which a reader that lost the line goes on."""
    yield f"retry: {_RECONNECT_MS}\n\n"
    while not preview.closed:
        changes = await _changes(preview, chat_id, after, _HEARTBEAT)
        for change in changes:
            after = change["seq"]
            yield f"id: {after}\ndata: {json.dumps(change, ensure_ascii=False)}\n\n"
        if not changes:
            yield ": still here\n\n"
