"""The connections of the bot, so that a drill can break them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import time
from collections.abc import Collection, Iterator
from typing import Any

__all__ = ["Address", "Lines"]

Address = tuple[str, int]
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Lines:
    """Who calls now, and whether the line is down."""

    def __init__(self) -> None:
        self._open: Collection[Any] = ()
        self._busy: set[Address] = set()
        self._down_until = 0.0

    def watch(self, connections: Collection[Any]) -> None:
        """Take over a server's open connections; each has `client`, its address, and `transport`."""
        self._open = connections

    @property
    def down(self) -> bool:
        """Whether every call loses its connection now."""
        return time.monotonic() < self._down_until

    def cut_for(self, seconds: float) -> None:
        """Break the calls under way, and each new one before it takes effect, for some seconds; 0 ends it."""
        self._down_until = time.monotonic() + seconds
        if seconds > 0:
            for address in self._busy:
                self._reset(address)

    @contextlib.contextmanager
    def busy(self, address: Address | None) -> Iterator[None]:
        """While a call from this address is under way."""
        if address is None:
            yield
            return
        self._busy.add(address)
        try:
            yield
        finally:
            self._busy.discard(address)

    async def reset(self, address: Address | None) -> bool:
        """Break the connection from this address without a word; False where no server knows it."""
        found = address is not None and self._reset(address)
        await asyncio.sleep(0)  # Then the server has seen it, and sends nothing more.
        return found

    def _reset(self, address: Address) -> bool:
        for connection in self._open:
            if connection.client == address:
                transport = connection.transport
                # Closing a socket that must not linger sends a reset.
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
                transport.abort()
                return True
        return False
