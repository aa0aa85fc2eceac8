"""Where the tests find Chromium."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

__all__ = ["LAUNCH_ARGS", "chromium_path", "find_chromium"]

LAUNCH_ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """The browser to drive: `CHROMIUM`, one on the path, or Playwright's own; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return _own()


def _own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of Chromium; without one the test is skipped, and in CI it fails."""
    path = find_chromium()
    if path is None:
        line = "no Chromium: set CHROMIUM, install chromium, or run `playwright install chromium`"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    return path


if __name__ == "__main__":  # asked by .ci/browser before it installs one
    raise SystemExit(find_chromium() is None)
