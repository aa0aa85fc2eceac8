"""Who was erased and when, as digests: a backup that is older must not bring them back.

A digest is a keyed one (`bot.storage.vault.Digest`): a copy of the tables tells nobody who it was. Nothing is dropped
from here, as nobody knows how old a backup will be restored.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from bot.errors import StartError
from bot.storage.connection import Connection
from bot.storage.copying import chunks
from bot.storage.tables import cases, erasures, guest_links, handovers, inbox, outbox, sessions, timers
from bot.storage.vault import Digest, Vault

__all__ = ["Erasure", "add_erasures", "erasures_in", "find_erased", "missing", "note_erasure"]

_CHATS = (
    *(table.c.chat_key for table in (sessions, cases, timers, guest_links, handovers, inbox)),
    outbox.c.chat_id,
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """That somebody was erased for a bot. `at` is the moment."""

    bot_id: int
    digest: Digest
    at: float


async def note_erasure(connection: Connection, vault: Vault, bot_id: int, chat_key: str, now: float) -> None:
    """Remember that the person behind `chat_key` was erased."""
    await add_erasures(connection, [Erasure(bot_id, vault.digests(_told(bot_id, chat_key))[0], now)])


async def add_erasures(connection: Connection, noted: Sequence[Erasure]) -> None:
    """Note what was noted elsewhere."""
    rows = [{"bot_id": one.bot_id, "key": one.digest.key, "digest": one.digest.value, "at": one.at} for one in noted]
    if rows:
        await connection.execute(insert(erasures), rows)


async def erasures_in(connection: Connection) -> list[Erasure]:
    """All that were noted, in order."""
    rows = await connection.execute(select(erasures).order_by(erasures.c.id))
    return [Erasure(row.bot_id, Digest(row.key, row.digest), row.at) for row in rows]


def missing(here: Collection[Erasure], elsewhere: Collection[Erasure]) -> list[Erasure]:
    """What was noted elsewhere and not here: it came to pass after a copy was taken."""
    return list((Counter(elsewhere) - Counter(here)).elements())


async def find_erased(connection: Connection, vault: Vault, noted: Collection[Erasure]) -> list[tuple[int, str]]:
    """The bots and chats of those who were erased and of whom something is stored.

    Raises StartError when a key that erasures were noted with is not at hand.
    """
    unknown = {one.digest.key for one in noted} - vault.key_names
    if unknown:
        count = sum(one.digest.key in unknown for one in noted)
        raise StartError(
            f"DATA_KEYS: {count} erasures were noted with a key that is not given, so that nobody can tell whom they "
            "concern; add that key (of the database after the backup) behind the others"
        )
    wanted = {(one.bot_id, one.digest) for one in noted}
    found: set[tuple[int, str]] = set()
    for column in _CHATS if wanted else ():
        async for rows in chunks(connection, column.table, (column.table.c.bot_id, column)):
            for row in rows:
                bot_id, chat_key = row["bot_id"], str(row[column.name]).rpartition(" ")[2]
                if any((bot_id, digest) in wanted for digest in vault.digests(_told(bot_id, chat_key))):
                    found.add((bot_id, chat_key))
    return sorted(found)


def _told(bot_id: int, chat_key: str) -> str:
    return f"erased from {bot_id}: {chat_key}"
