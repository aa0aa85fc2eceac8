"""A preview on a real port and the people around it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.preview import create_preview
from bot.storage.address import Address
from bot.storage.store import Store
from dialogs.world import World
from tests.bot.rig import ENGINES, TOKEN, Town, open_store, world
from tests.postgres import Postgres
from tests.preview_server import serve


def pytest_configure(config: pytest.Config) -> None:
    """Say what our marks mean."""
    config.addinivalue_line("markers", "sqlite: on SQLite alone, where the engine makes no difference or is the matter")
    config.addinivalue_line("markers", "postgresql: on PostgreSQL alone, where several processes are the matter")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the engines of a test."""
    if "database" in metafunc.fixturenames:
        alone = [engine for engine in ENGINES if metafunc.definition.get_closest_marker(engine) is not None]
        metafunc.parametrize("database", alone or ENGINES, indirect=True)


@pytest.fixture
def preview() -> Iterator[str]:
    """The address of a new preview without rate limits."""
    app = create_preview(token=TOKEN, state=None)
    app.state.preview.rates.rules = None
    with serve(app) as base:
        yield base


@pytest.fixture
async def town(preview: str) -> AsyncIterator[Town]:
    """The people around the preview."""
    async with aiohttp.ClientSession() as http:
        yield Town(preview, http)


@pytest.fixture
def stage(tmp_path: Path) -> World:
    """A world without facts."""
    return world(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for a SQLite file."""
    return tmp_path / "data" / "bot.sqlite3"


@pytest.fixture
def database(request: pytest.FixtureRequest, file: Path) -> Iterator[Address]:
    """A new database: of each engine in turn, or of the one that a test is marked with."""
    if request.param == "sqlite":
        yield Address(file)
        return
    server: Postgres = request.getfixturevalue("server")
    with server.database() as address:
        yield address


@pytest.fixture
async def store(database: Address) -> AsyncIterator[Store]:
    """An open store in a new database."""
    opened = await open_store(database)
    yield opened
    await opened.close()
