"""Runs the preview under uvicorn, so that it stops at once although streams and long polls are open."""

from __future__ import annotations

import socket
import threading

import uvicorn
from starlette.applications import Starlette

__all__ = ["PreviewServer"]

_GRACE_SECONDS = 2


class PreviewServer(uvicorn.Server):
    """A server for `create_preview`'s app; `ready` is set when it answers.

    `should_exit = True` (or a signal) ends waiting calls first, then the server.
    """

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE_SECONDS)
        super().__init__(config)
        self.ready = threading.Event()
        self._preview = app.state.preview

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([_named(listener) for listener in sockets] if sockets else sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._preview.close()
        await super().shutdown(sockets)


def _named(listener: socket.socket) -> socket.socket:
    """The same listener with its protocol named: only then asyncio turns Nagle's algorithm off for its connections.

    With it on, each answer on a kept connection takes 40 ms. Other sockets than TCP stay as they are.
    """
    if listener.family not in (socket.AF_INET, socket.AF_INET6):
        return listener
    number = listener.dup().detach()
    return socket.socket(listener.family, listener.type, socket.IPPROTO_TCP, fileno=number)
