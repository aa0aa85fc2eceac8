"""Moving everything to another database: nothing is held or changed on the way, as no bot works on either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import StartError
from bot.files import make_private
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.copying import clear, copy_rows, count_rows, is_empty, last_ids, raise_ids
from bot.storage.database import open_engine
from bot.storage.engine import Engine
from bot.storage.keys import key_file_of, make_key_file, open_vault, read_key_file
from bot.storage.ledger import erasures_in
from bot.storage.marks import MOVED, refuse_moved, set_mark, take_mark_off
from bot.storage.quiet import keep_quiet, told_in_one_line
from bot.storage.schema import upgrade
from bot.storage.sealing import samples

__all__ = ["Moved", "move", "take_up_again"]


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows of each table, and the file with the keys of the former database, None when DATA_KEYS holds them."""

    counts: Mapping[str, int]
    key_file: Path | None


async def move(source: Address, target: Address, data_keys: Sequence[str], day: str) -> Moved:
    """Copy everything from `source` into the empty `target`, then mark `source` as moved on `day`.

    An embedded target gets a copy of the key file, where there is one. Nobody else may work on the two meanwhile. A
    move that is cut leaves both as they were. Raises StartError.
    """
    if source == target:
        raise StartError(f"{target}: is the database itself; name another one")
    here = open_engine(source)
    try:
        await upgrade(here, str(source))
        async with here.snapshot() as theirs:
            await keep_quiet(theirs, source)
            await refuse_moved(theirs, source)
            found = await samples(theirs)
            _, key_file = open_vault(source, data_keys, found)
            counts = await _copy(theirs, source, target, key_file, found)
            async with here.transaction() as ours:
                await set_mark(ours, MOVED, f"{target} on {day}")
    finally:
        await here.close()
    return Moved(counts, key_file)


async def take_up_again(address: Address) -> bool:
    """Let bots work again on a database that was moved; False when it was not."""
    engine = open_engine(address)
    try:
        await upgrade(engine, str(address))
        async with engine.transaction() as connection:
            return await take_mark_off(connection, MOVED)
    finally:
        await engine.close()


async def _copy(
    theirs: Connection, source: Address, target: Address, key_file: Path | None, found: Sequence[str]
) -> Mapping[str, int]:
    if target.file is not None:
        make_private(target.file, "URL")
    there = open_engine(target)
    try:
        await upgrade(there, str(target))
        with told_in_one_line(f"{target}", there):
            return await _fill(theirs, there, source, target, key_file, found)
    finally:
        await there.close()


async def _fill(
    theirs: Connection, there: Engine, source: Address, target: Address, key_file: Path | None, found: Sequence[str]
) -> Mapping[str, int]:
    async with there.transaction() as ours:
        await keep_quiet(ours, target)
        if not await is_empty(ours) or await erasures_in(ours):
            raise StartError(f"{target}: holds something already; name an empty database")
        await clear(ours, target)
        await copy_rows(theirs, ours)
        await raise_ids(ours, target, await last_ids(theirs, source))
        before, after = await count_rows(theirs), await count_rows(ours)
        if before != after:
            tables = ", ".join(name for name, count in before.items() if after.get(name) != count)
            raise StartError(f"{target}: has not as many rows as {source} in {tables}; nothing was moved, try again")
        _hand_on_keys(key_file, source, target, found)
    return after


def _hand_on_keys(key_file: Path | None, source: Address, target: Address, found: Sequence[str]) -> None:
    if key_file is None or target.file is None:
        return
    if not key_file_of(target.file).exists():
        make_key_file(key_file_of(target.file), read_key_file(key_file))
    open_vault(target, (), found, source)
