"""Logs show neither a secret nor the words of an error, for people and for machines."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.logs import LogFormat, describe, fields, set_up_logging

TOKEN = "987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
SURNAME = "ERIKSSON"


@pytest.fixture(params=list(LogFormat))
def form(request: pytest.FixtureRequest) -> LogFormat:
    """Each of the formats."""
    assert isinstance(request.param, LogFormat)
    return request.param


@pytest.fixture
def output(form: LogFormat) -> Iterator[io.StringIO]:
    """What is logged; the logging of the test run is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("DEBUG", ("tiny-secret",), stream, form)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_secrets_are_replaced_in_messages_arguments_fields_and_tracebacks(output: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.debug("POST https://api.telegram.org/bot%s/getMe", TOKEN, extra=fields(secret="tiny-secret", token=TOKEN))
    try:
        int("tiny-secret")
    except ValueError:
        log.exception("failed")
    text = output.getvalue()
    assert text.count("<token>") == 2  # the message and the field
    assert text.count("<secret>") == 2  # the field and the line of code
    assert TOKEN not in text
    assert "tiny-secret" not in text


def test_a_traceback_tells_places_and_types_without_what_people_wrote(output: io.StringIO) -> None:
    word = SURNAME
    try:
        try:
            raise KeyError(word)
        except KeyError as error:
            raise RuntimeError(f"nobody is called {word}") from error
    except RuntimeError:
        logging.getLogger("bot.x").exception("failed", stack_info=True)
    text = output.getvalue()
    assert SURNAME not in text
    assert text.index("KeyError") < text.index("RuntimeError")
    assert "test_a_traceback_tells_places" in text


async def test_what_asyncio_finds_lying_about_is_told_without_its_words(output: io.StringIO) -> None:
    word = SURNAME

    async def fails() -> None:
        raise ValueError(f"nobody is called {word}")

    def falls(words: str) -> None:
        raise ValueError(words)

    task = asyncio.create_task(fails())
    await asyncio.wait((task,))
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(falls, f"words of {word}")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    text = output.getvalue()
    assert text.count("raise ValueError") == 2
    assert "never retrieved" in text
    assert "Exception in callback" in text
    assert SURNAME not in text


def test_chatty_libraries_are_silent_below_warning(output: io.StringIO) -> None:
    for name in ("httpx", "telegram.ext.Application", "aiohttp.client", "sqlalchemy.engine"):
        logging.getLogger(name).info("everything a person wrote")
    logging.getLogger("bot.service").info("ready")
    assert "everything" not in output.getvalue()
    assert "ready" in output.getvalue()


@pytest.mark.parametrize("form", [LogFormat.JSON], indirect=True)
def test_a_line_for_machines_is_one_object(output: io.StringIO) -> None:
    log = logging.getLogger("bot.x")
    log.warning("call %d:\nтри слова", 7, extra=fields(tries=2, ratio=0.5, again=True, of=None, message="overwritten"))
    try:
        raise OSError
    except OSError:
        log.exception("failed")
    first, second = (json.loads(line) for line in output.getvalue().splitlines())
    assert datetime.fromisoformat(first.pop("time")).utcoffset() == timedelta(0)
    assert first == {
        "level": "WARNING",
        "logger": "bot.x",
        "message": "call 7:\nтри слова",
        "tries": 2,
        "ratio": 0.5,
        "again": True,
        "of": None,
    }
    assert second["error"].startswith("Traceback (most recent call last):\n")
    assert second["error"].endswith("OSError")


@pytest.mark.parametrize("form", [LogFormat.TEXT], indirect=True)
def test_a_line_for_people_ends_with_its_fields(output: io.StringIO) -> None:
    logging.getLogger("bot.x").warning("call %d", 7, extra=fields(tries=2, kind="text"))
    assert output.getvalue().endswith(" WARNING bot.x: call 7 tries=2 kind=text\n")


def test_an_error_is_described_without_its_message() -> None:
    try:
        int("passport N123")
    except ValueError as error:
        told = describe(error)
    assert told.startswith("ValueError at bot/test_logs.py:")
    assert "N123" not in told
    assert describe(KeyError("x")) == "KeyError"
