"""A preview on a real port and the people around it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.preview import create_preview
from bot.storage.store import Store
from dialogs.world import World
from tests.bot.rig import TOKEN, Town, world
from tests.preview_server import serve


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
def database(tmp_path: Path) -> Path:
    """A place for a database."""
    return tmp_path / "data" / "bot.sqlite3"


@pytest.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    """An open store in a new file."""
    opened = await Store.open(database)
    yield opened
    await opened.close()
