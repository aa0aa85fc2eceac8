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
from bot.preview.limits import RefusalError, bad_request
from bot.preview.record import sent_entry
from bot.preview.server import Preview

__all__ = ["routes"]


class _Dropped(Response):
    """A connection that breaks off: the answer is announced and never finished."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


class _Silence(Response):
    """No answer at all, for a connection that is already gone."""

    async def __call__(self, _scope: Scope, _receive: Receive, _send: Send) -> None:
        return


def routes(preview: Preview) -> list[BaseRoute]:
    """The routes of the Bot API."""

    async def call(request: Request) -> Response:
        if not _knows(preview, request):
            return _refused(RefusalError(401, "Unauthorized"))
        if preview.lines.down:
            return await _reset(preview, request)
        with preview.lines.busy(request.client):
            try:
                return await _answer(preview, request)
            except RefusalError as refusal:
                return _refused(refusal)
            except ClientDisconnect:
                return _refused(bad_request("the caller hung up"))

    async def download(request: Request) -> Response:
        if not _knows(preview, request):
            return _refused(RefusalError(401, "Unauthorized"))
        if preview.lines.down:
            return await _reset(preview, request)
        file = preview.journal.file(request.path_params["file_id"])
        if file is None:
            return _refused(RefusalError(404, "Not Found"))
        return Response(file.content, media_type="application/octet-stream")

    return [
        Route("/bot{token}/{method}", call, methods=["GET", "POST"]),
        Route("/file/bot{token}/files/{file_id}", download),
    ]


def _knows(preview: Preview, request: Request) -> bool:
    return hmac.compare_digest(request.path_params["token"].encode(), preview.token.encode())


async def _answer(preview: Preview, request: Request) -> Response:
    """What the call gets: its result, its refusal, or the fault that was ordered for it."""
    method = request.path_params["method"]
    content_type = request.headers.get("content-type", "")
    arguments = read_arguments(request.scope["query_string"], content_type, await request.body())
    fault = preview.faults.take(method, arguments.chat_id_or_none())
    if fault is not None and fault.when == "before" and (broken := await _broken(preview, request, fault)):
        return broken
    try:
        answer: Response = JSONResponse({"ok": True, "result": await _result(preview, method, arguments)})
    except RefusalError as refusal:
        answer = _refused(refusal)
    if fault is not None and fault.when == "after":
        return await _broken(preview, request, fault) or answer
    return answer


async def _result(preview: Preview, method: str, arguments: Arguments) -> Any:
    name = method.lower()
    if name == "getupdates":
        preview.webhooks.check_polling()
        return await preview.updates.get(
            arguments.integer("offset", 0),
            arguments.integer("limit", 100),
            arguments.integer("timeout", 0),
            arguments.kinds(),
        )
    act = preview.methods.by_name.get(name)
    if act is None:
        raise RefusalError(404, "Not Found")
    with preview.journal:
        result = act(arguments)
    if not name.startswith("get"):
        preview.sent.add(sent_entry(method, arguments.values, result))
    return result


async def _broken(preview: Preview, request: Request, fault: Fault) -> Response | None:
    """What a fault makes of the answer; None where it is only slow."""
    await asyncio.sleep(fault.delay)
    if fault.reset:
        return await _reset(preview, request)
    if fault.drop:
        return _Dropped()
    if fault.body is not None:
        media = "text/html" if fault.body.lstrip().startswith("<") else "application/json"
        return Response(fault.body, fault.status or 200, media_type=media)
    if fault.status is None:
        return None
    retry_after = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
    return _refused(RefusalError(fault.status, fault.description, {**fault.parameters, **retry_after}))


async def _reset(preview: Preview, request: Request) -> Response:
    return _Silence() if await preview.lines.reset(request.client) else _Dropped()


def _refused(refusal: RefusalError) -> Response:
    content: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.parameters:
        content["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["retry-after"] = str(refusal.parameters["retry_after"])
    return JSONResponse(content, status_code=refusal.code, headers=headers)
