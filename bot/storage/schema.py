"""Bringing a database to this version's tables, or saying clearly why it cannot be."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StartError

__all__ = ["upgrade"]

_MIGRATIONS = Path(__file__).parent / "migrations"

_REPAIRS = {
    "database is locked": "another program holds it locked; close that program and start again",
    "file is not a database": "the file is not a SQLite database; move it away or give another file",
    "database disk image is malformed": "the file is damaged; restore it from a backup",
    "unable to open database file": "the file cannot be opened; give a file in a folder that exists and can be written",
    "attempt to write a readonly database": "the file cannot be written; give the program the right to write it",
    "disk is full": "the disk is full; make room",
}


async def upgrade(engine: AsyncEngine, name: str) -> None:
    """Bring the database to the newest revision in one transaction; an empty one is filled.

    `name` is what the errors call the database. Raises StartError when it is locked, cannot be opened, belongs to
    another program, or comes from a newer version.
    """
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, name)
    except DBAPIError as error:
        reason = str(error.orig)
        repair = next((text for sign, text in _REPAIRS.items() if sign in reason), f"{reason}; give another file")
        raise StartError(f"DATABASE_URL: {name}: {repair}") from error


def _upgrade(connection: Connection, name: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if current is None and (tables := [t for t in inspect(connection).get_table_names() if t != "alembic_version"]):
        raise StartError(
            f"DATABASE_URL: {name}: holds tables of another program ({', '.join(tables[:3])}); give another file"
        )
    if current is not None and current not in known:
        raise StartError(
            f"DATABASE_URL: {name}: was written by a newer visabot (revision {current}); "
            "install that version, or give another file"
        )
    if current != script.get_current_head():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
