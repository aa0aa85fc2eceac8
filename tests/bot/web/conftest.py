"""The web side on a real port, and somebody who asks it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.metrics import Metrics


@pytest.fixture
def metrics() -> Metrics:
    """Instruments of one bot."""
    return Metrics()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client."""
    async with aiohttp.ClientSession() as session:
        yield session
