"""Runs the preview on a free port of this machine, in a thread, for as long as a test needs it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

from starlette.applications import Starlette

from bot.preview import PreviewServer

__all__ = ["serve"]


@contextlib.contextmanager
def serve(app: Starlette, port: int = 0) -> Iterator[str]:
    """The address of the running app, such as http://127.0.0.1:40001; it stops when the block ends."""
    listener = socket.create_server(("127.0.0.1", port))
    server = PreviewServer(app)
    server.config.log_level = "critical"
    server.config.configure_logging()
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        if not server.ready.wait(10):
            raise RuntimeError("the preview did not start within 10 seconds")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
