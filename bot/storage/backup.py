"""A backup: one SQLite file with all rows as they stood at one moment, whichever engine they come from.

What is sealed stays sealed, so a backup is worth nothing without the keys and holds none of them.
"""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, NoResultFound

from bot.errors import StartError
from bot.files import make_private, place_of
from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.copying import copy_rows, count_rows, last_ids, raise_ids
from bot.storage.database import open_engine
from bot.storage.engine import Engine
from bot.storage.marks import BACKUP, set_mark
from bot.storage.quiet import live_processes, told_in_one_line
from bot.storage.schema import upgrade

__all__ = ["Facts", "open_backup", "write_backup"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a backup tells of itself: its moment, the revision of its tables and the rows in each.

    `beside_bot`: a bot worked on the database meanwhile, and went on afterwards.
    """

    moment: float
    revision: str
    beside_bot: bool
    counts: Mapping[str, int]


async def write_backup(address: Address, file: Path, now: float, *, beside_bot: bool) -> Facts:
    """Write all rows of the database as they stand now to `file` (0600), as a whole or not at all.

    A shared database knows by itself whether a bot works on it. Raises StartError.
    """
    place = place_of(file, "FILE")
    if place.exists():
        raise StartError(f"FILE: {file}: is there already; give the name of a new file")
    draft = place.with_name(f"{place.name}.new")
    _remove(draft)
    try:
        make_private(draft, "FILE")
        facts = await _fill(address, draft, now, beside_bot=beside_bot)
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # one file then, which can be read from a read-only disk
        _replace(draft, place)
    except (OSError, sqlite3.Error) as error:
        raise StartError(f"FILE: {file}: cannot be written ({error}); make room, or give another place") from error
    finally:
        _remove(draft)
    return facts


async def _fill(address: Address, draft: Path, now: float, *, beside_bot: bool) -> Facts:
    source, target = open_engine(address), open_engine(Address(draft))
    try:
        await upgrade(target, str(draft))
        with told_in_one_line(f"DATABASE_URL: {address}", source, target):
            return await _copy(source, target, address, draft, now, beside_bot=beside_bot)
    finally:
        await target.close()
        await source.close()


async def _copy(
    source: Engine, target: Engine, address: Address, draft: Path, now: float, *, beside_bot: bool
) -> Facts:
    """The database is not upgraded for it: an older version of the bot may work on it."""
    async with source.snapshot() as theirs, target.transaction() as ours:
        revision, needed = await _revision(theirs), await _revision(ours)
        if revision != needed:
            raise StartError(
                f"DATABASE_URL: {address}: has the tables of revision {revision}, and this version makes backups of "
                f"{needed}; run `visabot db upgrade` first, or the version that the bot runs with"
            )
        if address.is_shared:
            beside_bot = bool(await live_processes(theirs))
        counts = await copy_rows(theirs, ours)
        await raise_ids(ours, Address(draft), await last_ids(theirs, address))
        facts = Facts(now, revision, beside_bot, counts)
        await set_mark(ours, BACKUP, json.dumps(asdict(facts)))
    return facts


async def _revision(connection: Connection) -> str:
    try:
        return str((await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one())
    except (DBAPIError, NoResultFound):
        return "none"


@asynccontextmanager
async def open_backup(file: Path) -> AsyncIterator[tuple[Engine, Facts]]:
    """A copy of the backup with the tables of this version, and what it tells of itself; `file` stays as it is.

    The copy stands in the folder for temporary files (TMPDIR) meanwhile. Raises StartError when it is no backup, is
    damaged, or comes from a newer version.
    """
    with tempfile.TemporaryDirectory(prefix="visabot-restore-") as folder:
        copy = Path(folder) / "backup.sqlite3"
        make_private(copy, "FILE")
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise StartError(f"FILE: {file}: cannot be copied to {folder} ({error.strerror})") from error
        facts = _facts_in(copy, file)
        engine = open_engine(Address(copy))
        try:
            await _bring_up_to_date(engine, file)
            async with engine.reading() as connection:
                found = await count_rows(connection)
            if any(found.get(name) != count for name, count in facts.counts.items()):
                raise StartError(f"FILE: {file}: has other rows than it was made with; take another backup")
            yield engine, facts
        finally:
            await engine.close()


def _facts_in(copy: Path, file: Path) -> Facts:
    try:
        with closing(sqlite3.connect(copy)) as connection:
            if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise StartError(f"FILE: {file}: is damaged; take another backup")
            told = connection.execute("SELECT told FROM marks WHERE name = ?", (BACKUP,)).fetchone()
    except sqlite3.Error as error:
        told = None if "no such table" in str(error) else str(error)
        if told is not None:
            raise StartError(f"FILE: {file}: cannot be read as a backup ({told}); take another backup") from error
    if told is None:
        raise StartError(
            f"FILE: {file}: was not made by `visabot db backup`; a database itself goes elsewhere by `visabot db move`"
        )
    return Facts(**json.loads(told[0]))


async def _bring_up_to_date(engine: Engine, file: Path) -> None:
    try:
        await upgrade(engine, str(file))
    except StartError as error:
        raise StartError(*(problem.replace("DATABASE_URL", "FILE", 1) for problem in error.problems)) from error


def _replace(draft: Path, place: Path) -> None:
    """The disk has the whole file before it has the name, and the name before this returns."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(place)
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove(draft: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        draft.with_name(f"{draft.name}{end}").unlink(missing_ok=True)
