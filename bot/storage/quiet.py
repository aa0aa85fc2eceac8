"""That nobody works on a database while it is changed as a whole, and what is said when that cannot be done."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Double, cast, func, select

from bot.errors import StartError
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.engine import Engine
from bot.storage.schema import LOCK
from bot.storage.tables import replicas

__all__ = ["keep_quiet", "live_processes", "told_in_one_line"]


@contextmanager
def told_in_one_line(what: str, *engines: Engine) -> Iterator[None]:
    """Turn an error that says a database cannot do its work now (down, locked, disk full) into a StartError."""
    try:
        yield
    except Exception as error:
        if not any(engine.is_unavailable(error) for engine in engines):
            raise
        reason = str(getattr(error, "orig", None) or error or type(error).__name__).splitlines()[0]
        raise StartError(f"{what}: {reason}; nothing was changed, mend that and try again") from error


async def live_processes(connection: Connection) -> list[str]:
    """The names of the processes that work on a shared database, by its own clock."""
    now = cast(func.extract("epoch", func.clock_timestamp()), Double)
    query = select(replicas.c.name).where(replicas.c.until >= now).distinct().order_by(replicas.c.name)
    return list((await connection.execute(query)).scalars())


async def keep_quiet(connection: Connection, address: Address) -> None:
    """Let no process start on a shared database until the end of this transaction.

    An embedded one has its lock file for that (`bot.lock`). Raises StartError when a process works on it now.
    """
    if not address.is_shared:
        return
    if not (await connection.execute(select(func.pg_try_advisory_xact_lock(LOCK)))).scalar_one():
        raise StartError(f"DATABASE_URL: {address}: is just being upgraded, restored or moved; wait until that is done")
    names = await live_processes(connection)
    if names:
        raise StartError(f"DATABASE_URL: {address}: a bot works on this database ({', '.join(names)}); stop it first")
