"""Telling other processes that there is work in their slots: NOTIFY, heard by LISTEN. A hint, never the only way."""

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import Any

import asyncpg
from sqlalchemy import URL, func, select

from bot.logs import describe
from bot.storage.connection import Connection
from bot.storage.store import Store

__all__ = ["Wake"]

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 1.0


class Wake:
    """The hints between the processes of one bot. `heard` is given the kind of work and its slots.

    On an embedded database there is nobody to tell, and nothing is heard.
    """

    def __init__(self, store: Store, bot_id: int, heard: Callable[[str, Collection[int]], None]) -> None:
        self._store = store
        self._channel = f"visabot_{bot_id}"
        self._heard = heard
        self._told: set[tuple[str, int]] = set()
        self._news = asyncio.Event()

    def tell(self, part: str, slot: int) -> None:
        """There is work of this kind in a slot that is not ours."""
        if self._store.address.is_shared:
            self._told.add((part, slot))
            self._news.set()

    async def run(self) -> None:
        """Tell and listen until cancelled."""
        server = self._store.address.server
        if server is not None:
            await asyncio.gather(self._tell(), self._listen(server))

    async def _tell(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            told, self._told = self._told, set()
            words = " ".join(f"{part}:{slot}" for part, slot in sorted(told))

            async def notify(connection: Connection, words: str = words) -> None:
                await connection.execute(select(func.pg_notify(self._channel, words)))

            try:
                await self._store.read(notify)
            except Exception as error:
                _log.warning("wake: cannot tell: %s; the others find it by themselves", describe(error))

    async def _listen(self, server: URL) -> None:
        while True:
            lost = asyncio.Event()
            try:
                connection = await asyncpg.connect(**_arguments(server))
            except Exception as error:
                _log.warning("wake: cannot listen: %s; trying again", describe(error))
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            try:
                connection.add_termination_listener(lambda _, lost=lost: lost.set())
                await connection.add_listener(self._channel, self._hear)
                await lost.wait()
            except Exception as error:
                _log.warning("wake: %s; listening again", describe(error))
            finally:
                connection.terminate()
            await asyncio.sleep(_RETRY_SECONDS)

    def _hear(self, _connection: Any, _process: int, _channel: str, words: str) -> None:
        slots: dict[str, set[int]] = {}
        for word in words.split():
            part, _, slot = word.partition(":")
            slots.setdefault(part, set()).add(int(slot))
        for part, numbers in slots.items():
            self._heard(part, numbers)


def _arguments(server: URL) -> dict[str, Any]:
    """The address as asyncpg takes it."""
    arguments = server.translate_connect_args(username="user")
    return {**arguments, **server.query}
