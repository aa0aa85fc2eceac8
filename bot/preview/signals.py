"""One thing happened: everybody who waits for it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Literal

__all__ = ["Signal"]


class Signal:
    """A bell: `wait` returns at the next `fire` after the call."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def fire(self) -> None:
        self._rung.set()
        self._rung = asyncio.Event()

    def wait(self) -> Coroutine[Any, Any, Literal[True]]:
        """To be awaited; a `fire` between this call and the await counts."""
        return self._rung.wait()
