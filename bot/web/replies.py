"""Answers of the web side: nothing in them may be kept, framed, sniffed or run."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

__all__ = ["empty", "json_reply", "text_reply"]

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def empty(status: int, **headers: str) -> Response:
    """An answer without a body. The same object may be given any number of times."""
    return Response(status_code=status, headers={**_HEADERS, **headers})


def json_reply(content: Mapping[str, Any], status: int = 200) -> Response:
    """A JSON object."""
    return JSONResponse(dict(content), status, _HEADERS)


def text_reply(content: bytes, media_type: str) -> Response:
    """A text of the type given."""
    return Response(content, headers={**_HEADERS, "content-type": media_type})
