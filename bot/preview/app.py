"""The preview as an ASGI app."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.preview import acts, api, drills, page, watch
from bot.preview.guard import Guard
from bot.preview.server import Preview

__all__ = ["create_preview"]


def create_preview(*, token: str, state: Path | None, clock: Callable[[], float] = time.time) -> Starlette:
    """A strict local Bot API for the bot with `token`, and a chat page for people.

    `state` is the SQLite file that keeps chats, messages and undelivered updates; None keeps them in memory. `clock`
    gives Unix seconds. `app.state.preview` is the `Preview`, with all that tests, drills and the server that runs the
    app may use.
    """
    preview = Preview(token, state, clock)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        preview.deliveries.start()
        yield
        preview.close()
        await preview.deliveries.stopped()
        preview.journal.close()

    routes = [
        *api.routes(preview),
        *acts.routes(preview),
        *watch.routes(preview),
        *drills.routes(preview),
        *page.routes(),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)], lifespan=lifespan)
    app.state.preview = preview
    return app
