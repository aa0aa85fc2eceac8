"""A process whose tasks write to the database of DATABASE_URL at the same time; the tests run several."""

import asyncio
import os
import sys

from bot.settings import Settings
from bot.storage.inbox import Inbox, Received
from bot.storage.store import Store

__all__ = ["WRITERS", "WRITES"]

WRITERS = 10
WRITES = 5


async def main(number: int) -> None:
    """Say that all is ready, wait for a line, write."""
    settings = Settings.read(os.environ)
    store = await Store.open(settings.database, settings.data_keys)
    inbox = Inbox(42, store.vault)

    def update(update_id: int) -> Received:
        return Received(update_id, str(update_id % WRITERS), None, {"update_id": update_id})

    async def writer(first: int) -> None:
        for update_id in range(first, first + WRITES):
            await store.write(lambda c, update_id=update_id: inbox.receive(c, [update(update_id)], 1.0))  # type: ignore[misc]

    print("ready", flush=True)
    sys.stdin.readline()
    await asyncio.gather(*(writer((number * WRITERS + place) * WRITES) for place in range(WRITERS)))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
