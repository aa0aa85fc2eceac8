"""The chat page: one HTML file and what it loads."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

__all__ = ["routes"]

_STATIC = Path(__file__).with_name("static")


def routes() -> list[BaseRoute]:
    """The page at `/` and its files under `/static`."""

    async def index(_: Request) -> Response:
        return FileResponse(_STATIC / "index.html", headers={"cache-control": "no-cache"})

    return [Route("/", index), Mount("/static", StaticFiles(directory=_STATIC))]
