"""A preview on a real port, a person in it, and its bot."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.preview import create_preview
from tests.bot.preview.stage import NOON, TOKEN, Stage
from tests.preview_server import serve

KINDS = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]


@pytest.fixture(scope="module")
def _served() -> Iterator[tuple[Starlette, str, list[float]]]:
    time = [NOON]
    app = create_preview(token=TOKEN, state=None, clock=lambda: time[0])
    with serve(app) as base:
        yield app, base, time


@pytest.fixture
def stage(_served: tuple[Starlette, str, list[float]]) -> Iterator[Stage]:
    """A preview without rate limits, with an empty queue and a clock that stands still."""
    app, base, time = _served
    preview = app.state.preview
    preview.rates.rules = None
    preview.faults.clear()
    with httpx.Client(base_url=base, timeout=20) as http:
        stage = Stage(http, preview, time)
        stage.result("getUpdates", offset=-1, allowed_updates=KINDS)
        stage.updates()
        yield stage
