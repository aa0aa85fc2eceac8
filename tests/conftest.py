"""What every floor's tests may use."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import LAUNCH_ARGS, chromium_path
from tests.postgres import Postgres, postgres

__all__ = ["browser", "chromium_path", "server"]


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server, started for the first test that asks for it; one for each process of tests."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A browser for one module: its driver's event loop must not outlive the module's tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(LAUNCH_ARGS))
        yield browser
        browser.close()
