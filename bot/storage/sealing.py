"""The sealed columns as a whole: samples to try a key on, and sealing everything anew."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import NOTHING_KEPT, SEALED
from bot.storage.vault import PLAIN, Vault

__all__ = ["reseal", "samples", "seal_plain"]


async def samples(connection: AsyncConnection) -> list[str]:
    """Sealed texts: the oldest and the newest of each table."""
    found: list[str] = []
    for column in SEALED:
        keys = column.table.primary_key.columns
        for order in (tuple(keys), tuple(key.desc() for key in keys)):
            query = select(column).where(column.not_like(f"{PLAIN}%")).order_by(*order).limit(1)
            found += (await connection.execute(query)).scalars()
    return found


async def seal_plain(connection: AsyncConnection, vault: Vault) -> int:
    """Seal what was stored in plain words before there was a vault; gives how many texts that were."""
    return await _rewrite(connection, vault.seal, plain=True)


async def reseal(connection: AsyncConnection, vault: Vault) -> int:
    """Seal everything with the newest key; gives how many texts that were. Raises SealedError."""
    return await _rewrite(connection, lambda text: vault.seal(vault.open(text)), plain=False)


async def _rewrite(connection: AsyncConnection, change: Callable[[str], str], *, plain: bool) -> int:
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
