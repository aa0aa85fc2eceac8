"""The database of an installation, for commands that work beside the running bot."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import StartError
from bot.settings import Settings
from bot.storage.store import Store

__all__ = ["with_store"]

T = TypeVar("T")


def with_store(work: Callable[[Store], Awaitable[T]]) -> T:
    """What `work` gives on the database that DATABASE_URL names. Raises StartError when there is none yet."""
    settings = Settings.read(os.environ)
    file = settings.database.file
    if file is not None and not file.exists():
        raise StartError(
            f"DATABASE_URL: {settings.database}: is not there; `visabot run` makes it, or name the file that it uses"
        )

    async def run() -> T:
        store = await Store.open(settings.database, settings.data_keys)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
