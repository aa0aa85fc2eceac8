"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`, answering as Telegram does."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.preview.faults import Fault
from bot.preview.forms import Arguments, read_arguments
from bot.preview.limits import RefusalError
from bot.preview.server import Preview

__all__ = ["routes"]

_NOT_FOUND = RefusalError(404, "Not Found")


class _Dropped(Response):
    """A connection that breaks off: the answer is announced and never finished."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


def routes(preview: Preview) -> list[BaseRoute]:
    """The routes of the Bot API."""

    async def call(request: Request) -> Response:
        if not _knows(preview, request):
            return _refused(RefusalError(401, "Unauthorized"))
        method = request.path_params["method"].lower()
        fault = preview.faults.take(method)
        if fault is not None and fault.when == "before":
            await asyncio.sleep(fault.delay)
            if (broken := _broken(fault)) is not None:
                return broken
        try:
            answer: Response = JSONResponse({"ok": True, "result": await _result(preview, method, request)})
        except RefusalError as refusal:
            answer = _refused(refusal)
        except ClientDisconnect:
            return _refused(RefusalError(400, "Bad Request: the caller hung up"))
        if fault is not None and fault.when == "after":
            await asyncio.sleep(fault.delay)
            return _broken(fault) or answer
        return answer

    async def download(request: Request) -> Response:
        if not _knows(preview, request):
            return _refused(RefusalError(401, "Unauthorized"))
        file = preview.journal.file(request.path_params["file_id"])
        if file is None:
            return _refused(_NOT_FOUND)
        return Response(file.content, media_type="application/octet-stream")

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/files/{file_id}", download),
    ]


def _knows(preview: Preview, request: Request) -> bool:
    return hmac.compare_digest(request.path_params["token"].encode(), preview.token.encode())


async def _result(preview: Preview, method: str, request: Request) -> Any:
    arguments = read_arguments(
        request.scope["query_string"], request.headers.get("content-type", ""), await request.body()
    )
    if method == "getupdates":
        return await preview.updates.get(
            arguments.integer("offset", 0),
            arguments.integer("limit", 100),
            arguments.integer("timeout", 0),
            _allowed(arguments),
        )
    act = preview.methods.by_name.get(method)
    if act is None:
        raise _NOT_FOUND
    with preview.journal:
        return act(arguments)


def _allowed(arguments: Arguments) -> list[str] | None:
    """The kinds of updates asked for; as at Telegram a value that cannot be read changes nothing."""
    try:
        kinds = arguments.structure("allowed_updates", "allowed updates")
    except RefusalError:
        return None
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else None


def _broken(fault: Fault) -> Response | None:
    if fault.drop:
        return _Dropped()
    if fault.status is None:
        return None
    parameters = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
    return _refused(RefusalError(fault.status, fault.description, parameters))


def _refused(refusal: RefusalError) -> Response:
    content: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.parameters:
        content["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["retry-after"] = str(refusal.parameters["retry_after"])
    return JSONResponse(content, status_code=refusal.code, headers=headers)
