"""Runs the preview under uvicorn, so that it stops at once although streams and long polls are open."""

from __future__ import annotations

import socket
import threading

import uvicorn
from starlette.applications import Starlette

from bot.listening import without_delay

__all__ = ["PreviewServer"]

_GRACE_SECONDS = 2


class PreviewServer(uvicorn.Server):
    """A server for `create_preview`'s app; `ready` is set when it answers.

    `should_exit = True` (or a signal) ends waiting calls first, then the server.
    """

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=_GRACE_SECONDS)
        super().__init__(config)
        self.ready = threading.Event()
        self._preview = app.state.preview
        self._preview.lines.watch(self.server_state.connections)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([without_delay(listener) for listener in sockets] if sockets else sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._preview.close()
        await super().shutdown(sockets)
