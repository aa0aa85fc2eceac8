"""The product as it is measured: `python -m tests.bench.load.assistant <url> <database> <key>`.

`database` is a path, or the address of a PostgreSQL database.
"""

import asyncio
import signal
import sys
from pathlib import Path

from sqlalchemy import make_url

from bot.clock import day_in_kazakhstan, system_clock
from bot.loading import load_world
from bot.logs import set_up_logging
from bot.service import Account, Service, Tuning
from bot.storage.address import Address
from bot.storage.store import Store
from dialogs.engine import turn

__all__ = ["TOKEN", "address_of"]

TOKEN = "1:bench"


def address_of(database: str) -> Address:
    """The address in words of the product."""
    return Address(server=make_url(database)) if "://" in database else Address(file=Path(database))


async def main(url: str, database: str, key: str) -> None:
    """Run until SIGTERM."""
    store = await Store.open(address_of(database), (key,))
    try:
        world = load_world(day_in_kazakhstan(system_clock()))
        service = Service(Account(TOKEN, url), store, world, turn, tuning=Tuning(rates=None))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, service.stop)
        await service.run()
    finally:
        await store.close()


if __name__ == "__main__":
    set_up_logging("WARNING")
    asyncio.run(main(*sys.argv[1:]))
