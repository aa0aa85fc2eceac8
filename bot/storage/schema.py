"""Bringing a database to this version's tables, or saying clearly why it cannot be."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StartError
from bot.storage.engine import Engine

__all__ = ["LOCK", "downgrade", "upgrade"]

_MIGRATIONS = Path(__file__).parent / "migrations"

LOCK = 7_652_019_846
"""The lock of who changes a database as a whole: any number that no other program on the server uses."""

_REPAIRS = {
    "database is locked": "another program holds it locked; close that program and start again",
    "file is not a database": "the file is not a SQLite database; move it away or give another file",
    "database disk image is malformed": "the file is damaged; restore it from a backup",
    "unable to open database file": "the file cannot be opened; give a file in a folder that exists and can be written",
    "attempt to write a readonly database": "the file cannot be written; give the program the right to write it",
    "disk is full": "the disk is full; make room",
    "Connect call failed": "the server does not answer; start it, or correct the host and port",
    "password authentication failed": "the server refuses the name or password; correct them",
    "does not exist": "the server has no such database or user; create it (createdb), or correct the name",
}


async def upgrade(engine: Engine, name: str) -> None:
    """Bring the database to the newest revision in one transaction; an empty one is filled.

    `name` is what the errors call the database. Raises StartError when it is locked, cannot be opened, belongs to
    another program, or comes from a newer version.
    """
    await _migrate(engine, name, lambda connection: _upgrade(connection, name))


async def downgrade(engine: Engine, name: str, revision: str) -> None:
    """Take the tables back to an older revision (`base`: none), in one transaction. Raises StartError."""
    await _migrate(engine, name, lambda connection: _downgrade(connection, name, revision))


async def _migrate(engine: Engine, name: str, work: Callable[[Connection], None]) -> None:
    try:
        await engine.run(work)
    except StartError:
        raise
    except Exception as error:
        if not (engine.is_unavailable(error) or isinstance(error, DBAPIError)):
            raise
        reason = str(getattr(error, "orig", None) or error or type(error).__name__).splitlines()[0]
        repair = next((repair for sign, repair in _REPAIRS.items() if sign in reason), f"{reason}; give another one")
        raise StartError(f"DATABASE_URL: {name}: {repair}") from error


def _upgrade(connection: Connection, name: str) -> None:
    _one_at_a_time(connection)
    config, script = _scripts(connection)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None and (tables := [t for t in inspect(connection).get_table_names() if t != "alembic_version"]):
        raise StartError(
            f"DATABASE_URL: {name}: holds tables of another program ({', '.join(tables[:3])}); give another database"
        )
    if current is not None and current not in _known(script):
        raise StartError(
            f"DATABASE_URL: {name}: was written by a newer visabot (revision {current}); "
            "install that version, or give another database"
        )
    if current != script.get_current_head():
        command.upgrade(config, "head")


def _downgrade(connection: Connection, name: str, revision: str) -> None:
    _one_at_a_time(connection)
    config, script = _scripts(connection)
    known = _known(script)
    if revision != "base" and revision not in known:
        raise StartError(f"{name}: there is no revision {revision!r}; known are base, {', '.join(sorted(known))}")
    command.downgrade(config, revision)


def _scripts(connection: Connection) -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config, ScriptDirectory.from_config(config)


def _known(script: ScriptDirectory) -> set[str]:
    return {revision.revision for revision in script.walk_revisions()}


def _one_at_a_time(connection: Connection) -> None:
    """Replicas that start together must not migrate together; SQLite has its write lock for that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
