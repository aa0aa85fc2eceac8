"""The sealed columns as a whole: samples to try a key on, and sealing everything anew."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select, update

from bot.storage.connection import Connection
from bot.storage.database import insert_new
from bot.storage.tables import NOTHING_KEPT, SEALED, chores
from bot.storage.vault import PLAIN, Vault

__all__ = ["reseal", "samples", "seal_once"]


_NO_BOT = 0
_SEALED_MARK = "sealed"
"""The chore that was done when nothing of an older version is left in plain words."""


async def samples(connection: Connection) -> list[str]:
    """Sealed texts: the oldest and the newest of each table."""
    found: list[str] = []
    for column in SEALED:
        keys = column.table.primary_key.columns
        for order in (tuple(keys), tuple(key.desc() for key in keys)):
            query = select(column).where(column.not_like(f"{PLAIN}%")).order_by(*order).limit(1)
            found += (await connection.execute(query)).scalars()
    return found


async def seal_once(connection: Connection, vault: Vault) -> int:
    """Seal what was stored in plain words before there was a vault, unless that was done; gives how many texts."""
    mark = {"bot_id": _NO_BOT, "name": _SEALED_MARK}
    found = await connection.execute(select(chores.c.name).filter_by(**mark))
    if found.first() is not None:
        return 0
    await connection.execute(insert_new(chores, [{**mark, "not_before": 0.0}]))
    return await _seal_plain(connection, vault)


async def _seal_plain(connection: Connection, vault: Vault) -> int:
    """Seal what was stored in plain words before there was a vault; gives how many texts that were."""
    return await _rewrite(connection, vault.seal, plain=True)


async def reseal(connection: Connection, vault: Vault) -> int:
    """Seal everything with the newest key; gives how many texts that were. Raises SealedError."""
    return await _rewrite(connection, lambda text: vault.seal(vault.open(text)), plain=False)


async def _rewrite(connection: Connection, change: Callable[[str], str], *, plain: bool) -> int:
    total = 0
    for column in SEALED:
        keys = tuple(column.table.primary_key.columns)
        wanted: ColumnElement[bool] = column != NOTHING_KEPT
        if plain:
            wanted = wanted & column.like(f"{PLAIN}%")
        for *key, text in (await connection.execute(select(*keys, column).where(wanted))).all():
            same = (part == value for part, value in zip(keys, key, strict=True))
            await connection.execute(update(column.table).where(*same).values({column: change(text)}))
            total += 1
    return total
