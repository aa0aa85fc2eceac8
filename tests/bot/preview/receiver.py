"""A bot's webhook as tests see it: what was posted, and what it is answered."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

__all__ = ["Answer", "Post", "Receiver", "receiver"]

Answer = Callable[[dict[str, Any]], int | tuple[int, dict[str, str]]]
"""From an update to the status (and headers) that it is answered with; it may wait, in a thread of its own."""
_PATIENCE = 15


@dataclass(frozen=True)
class Post:
    """One request to the webhook."""

    path: str
    headers: dict[str, str]
    update: dict[str, Any]

    @property
    def text(self) -> str:
        """The text of the message, or the data of the pressed button."""
        if "callback_query" in self.update:
            return str(self.update["callback_query"]["data"])
        return str(self.update["message"]["text"])


@dataclass
class Receiver:
    """`posts` in order of arrival; `answer` decides what each gets."""

    base: str
    answer: Answer = lambda _: 200
    posts: Queue[Post] = field(default_factory=Queue)

    def next(self) -> Post:
        """The next post, which must come soon."""
        return self.posts.get(timeout=_PATIENCE)

    def texts(self, count: int) -> list[str]:
        """The texts of the next posts."""
        return [self.next().text for _ in range(count)]


@contextlib.contextmanager
def receiver(port: int = 0) -> Iterator[Receiver]:
    """A webhook on this machine, for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            update = json.loads(body)
            opened.posts.put(Post(self.path, {name.lower(): value for name, value in self.headers.items()}, update))
            answer = opened.answer(update)
            status, headers = (answer, {}) if isinstance(answer, int) else answer
            with contextlib.suppress(OSError):  # the caller may have given up
                self.send_response(status)
                for name, value in {**headers, "content-length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 128

    with Server(("127.0.0.1", port), Handler) as server:
        opened = Receiver(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield opened
        finally:
            server.shutdown()
            thread.join(_PATIENCE)
