"""Putting a backup into a database, so that nothing is sent again and nothing of it is lost.

After the moment of a backup the bot went on. Of what was open then, a restore cannot know what came to pass:

- Conversations, invitations, links of guests and counts stand as the backup has them, and go on from there.
- Calls that had not arrived, updates that had not been answered, and reminders that are due by now are **held**
  (`bot.storage.held`): none goes out by itself, none is dropped. Staff send them or drop them. Only when no bot has run
  since the backup (`as_usual`) do they go on by themselves; a backup that was made beside a running bot is never taken
  so.
- Answers to taps, inline cards and typing signs come too late and end.
- Who was erased after the backup is erased once more, from what the former database noted (`bot.storage.ledger`).
- New rows have ids above all that was given out, as far as the former database can be asked.
- What people wrote after the backup and the bot had confirmed to Telegram is not there any more; what Telegram still
  keeps is delivered and answered.

All of it is one transaction: a restore that is cut leaves the database as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from bot.errors import StartError
from bot.files import make_private
from bot.storage.address import Address
from bot.storage.backup import Facts, open_backup
from bot.storage.connection import Connection
from bot.storage.copying import clear, copy_rows, is_empty, last_ids, raise_ids
from bot.storage.database import open_engine
from bot.storage.erasure import forget
from bot.storage.held import Held, held_back, hold_back
from bot.storage.keys import open_vault
from bot.storage.ledger import Erasure, add_erasures, erasures_in, find_erased, missing
from bot.storage.quiet import keep_quiet, told_in_one_line
from bot.storage.schema import upgrade
from bot.storage.sealing import samples
from bot.storage.vault import Vault

__all__ = ["Former", "Restored", "Wish", "former_of", "restore"]


@dataclass(frozen=True, slots=True)
class Former:
    """What a database that was in use after a backup knows: who was erased, and the last ids it gave out."""

    erasures: Sequence[Erasure] = ()
    last_ids: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How to restore. `replace`: what the database holds goes. `as_usual`: no bot has run since the backup.

    `former` is what is known of the database that was in use after the backup, beside what the target itself knows.
    """

    replace: bool = False
    as_usual: bool = False
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: what waits for staff, and how many people were erased once more.

    `knew_erasures`: there was a database of the time after the backup to tell who was erased.
    """

    facts: Facts
    held: tuple[Held, ...]
    erased: int
    knew_erasures: bool


async def former_of(address: Address) -> Former:
    """What the database at `address` knows; it stays as it is. Raises StartError when it is not there."""
    if address.file is not None and not address.file.exists():
        raise StartError(f"--old: {address}: is not there; name the database that was in use after the backup")
    engine = open_engine(address)
    try:
        if not await engine.run(lambda connection: inspect(connection).has_table("erasures")):
            raise StartError(f"--old: {address}: does not know who was erased; its tables are of another version")
        async with engine.snapshot() as connection:
            return await _known(connection, address)
    finally:
        await engine.close()


async def restore(target: Address, data_keys: Sequence[str], file: Path, wish: Wish, now: float) -> Restored:
    """Put the backup `file` into the database at `target`; nobody else may work on it meanwhile.

    Raises StartError, before anything is written, when the keys do not open the backup, the backup cannot be used, the
    database holds something and is not to be replaced, or a bot works on it.
    """
    async with open_backup(file) as (source, facts):
        if wish.as_usual and facts.beside_bot:
            raise StartError(
                f"--stopped: {file}: a bot worked on the database while this backup was made, and went on afterwards; "
                "restore without it, then see `visabot db held list`"
            )
        async with source.reading() as connection:
            found = await samples(connection)
        vault, _ = open_vault(target, data_keys, found, file)
        if target.file is not None:
            make_private(target.file, "DATABASE_URL")
        engine = open_engine(target)
        try:
            await upgrade(engine, str(target))
            with told_in_one_line(f"DATABASE_URL: {target}", source, engine):
                async with source.snapshot() as theirs, engine.transaction() as ours:
                    restored = await _restore(theirs, ours, target, vault, facts, wish, now)
            await engine.forget_deleted()
        finally:
            await engine.close()
    return restored


async def _restore(
    theirs: Connection, ours: Connection, target: Address, vault: Vault, facts: Facts, wish: Wish, now: float
) -> Restored:
    await keep_quiet(ours, target)
    was_empty = await is_empty(ours)
    if not (was_empty or wish.replace):
        raise StartError(
            f"DATABASE_URL: {target}: holds conversations; name an empty database, or, to lose them, add --replace"
        )
    own, former = await _known(ours, target), wish.former or Former()
    await clear(ours, target)
    await copy_rows(theirs, ours)
    for known in (await last_ids(theirs, _EMBEDDED), own.last_ids, former.last_ids):
        await raise_ids(ours, target, known or {})
    if not wish.as_usual:
        await hold_back(ours, now)
    noted = await erasures_in(ours)
    since = missing(noted, own.erasures)
    since += missing([*noted, *since], former.erasures)
    erased = await find_erased(ours, vault, since)
    for bot_id, chat_key in erased:
        await forget(ours, bot_id, vault, chat_key, now)
    await add_erasures(ours, since)
    knew = wish.as_usual or bool(own.erasures) or not was_empty or wish.former is not None
    return Restored(facts, tuple(await held_back(ours)), len(erased), knew)


_EMBEDDED = Address(Path("backup"))
"""A backup is an embedded database, wherever its copy stands."""


async def _known(connection: Connection, address: Address) -> Former:
    return Former(await erasures_in(connection), await last_ids(connection, address))
