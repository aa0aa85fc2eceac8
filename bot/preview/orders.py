"""JSON requests to the preview: read, and refused with one clear sentence."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.preview.limits import RefusalError
from bot.preview.misuse import MisuseError

__all__ = ["Handler", "chat_id_of", "integer", "order_of", "told"]

Handler = Callable[[Request], Awaitable[Response]]


def told(handler: Handler) -> Handler:
    """The handler, with its refusals as `{"error": …}`."""

    async def tell(request: Request) -> Response:
        try:
            return await handler(request)
        except MisuseError as misuse:
            return JSONResponse({"error": misuse.reason}, status_code=misuse.code)
        except RefusalError as refusal:
            code = 404 if refusal.description.endswith("chat not found") else refusal.code
            return JSONResponse({"error": refusal.description}, status_code=code)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return tell


async def order_of(request: Request) -> dict[str, Any]:
    """The JSON object in the body."""
    # A foreign page cannot send this type without asking first: a second lock beside the check of the Origin.
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise MisuseError(415, "content-type: send application/json")
    order = json.loads(await request.body())
    if not isinstance(order, dict):
        raise MisuseError(400, "body: send a JSON object")
    return order


def integer(order: dict[str, Any], name: str) -> int:
    """A whole number in the body."""
    value = order.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise MisuseError(400, f"{name}: {value!r} is not a whole number")
    return value


def chat_id_of(request: Request) -> int:
    """The chat in the path; groups have negative ids."""
    return int(request.path_params["chat_id"])
