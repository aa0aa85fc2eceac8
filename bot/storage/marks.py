"""What a database says about itself: that it is a backup, or that its contents were moved elsewhere."""

from sqlalchemy import delete, insert, select

from bot.errors import StartError
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.tables import marks

__all__ = ["BACKUP", "MOVED", "mark_of", "refuse_moved", "set_mark", "take_mark_off"]

BACKUP = "backup"
"""The facts of a backup (`bot.storage.backup`), in the file that it was written to."""
MOVED = "moved"
"""Where the contents went, and when: no bot may go on here."""


async def mark_of(connection: Connection, name: str) -> str | None:
    """What the mark tells; None without it."""
    told: str | None = (await connection.execute(select(marks.c.told).where(marks.c.name == name))).scalar_one_or_none()
    return told


async def set_mark(connection: Connection, name: str, told: str) -> None:
    """Put a mark in the place of the one with this name."""
    await take_mark_off(connection, name)
    await connection.execute(insert(marks).values(name=name, told=told))


async def take_mark_off(connection: Connection, name: str) -> bool:
    """Whether the mark was there."""
    result = await connection.execute(delete(marks).where(marks.c.name == name))
    return result.rowcount == 1


async def refuse_moved(connection: Connection, address: Address) -> None:
    """Raises StartError when the contents are in use elsewhere."""
    told = await mark_of(connection, MOVED)
    if told is not None:
        raise StartError(
            f"DATABASE_URL: {address}: was moved to {told}; name that database, or, to go on with this one as it was "
            "then, run `visabot db move --undo`"
        )
