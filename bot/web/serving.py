"""Runs an app under uvicorn inside the event loop of the bot."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette

from bot.listening import address_of, listen

__all__ = ["LoopServer", "WebServer", "serving"]

_GRACE_SECONDS = 12
"""A little more than a webhook call may take."""


class LoopServer(uvicorn.Server):
    """A server in a program whose signals are its own. Before another server class, it takes the signals from that."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signal handlers alone."""
        yield


class WebServer(LoopServer):
    """A server for `create_web`'s app. It tells nobody what it is and writes no access log: paths may be secrets."""

    def __init__(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,  # uvicorn's own handlers would pass by the redaction of ours
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        super().__init__(config)


@asynccontextmanager
async def serving(server: LoopServer, host: str, port: int) -> AsyncIterator[str]:
    """The address of the running server; at the end it finishes the answers at hand.

    Port 0 takes any free one. Raises StartError when the address cannot be had.
    """
    with listen(host, port) as listener:
        address = address_of(listener)
        running = asyncio.create_task(server.serve(sockets=[listener]), name="web")
        try:
            yield address  # connections made before the server is up wait in the queue of the socket
        finally:
            server.should_exit = True
            await running
