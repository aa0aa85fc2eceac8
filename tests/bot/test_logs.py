"""Logs show neither a token nor the words of an error."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import describe, set_up_logging

TOKEN = "987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What is logged; the logging of the test run is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging("DEBUG", ("tiny-secret",), stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_tokens_are_replaced_in_messages_arguments_and_tracebacks(output: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.debug("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise RuntimeError(f"no answer from /bot{TOKEN}/getMe with tiny-secret")
    except RuntimeError:
        log.exception("failed")
    text = output.getvalue()
    assert text.count("<token>") == 4  # the message, the line of code, and the error with both
    assert TOKEN not in text
    assert "tiny-secret" not in text


def test_chatty_libraries_are_silent_below_warning(output: io.StringIO) -> None:
    for name in ("httpx", "telegram.ext.Application", "aiohttp.client", "sqlalchemy.engine"):
        logging.getLogger(name).info("everything a person wrote")
    logging.getLogger("bot.service").info("ready")
    assert "everything" not in output.getvalue()
    assert "ready" in output.getvalue()


def test_an_error_is_described_without_its_message() -> None:
    try:
        int("passport N123")
    except ValueError as error:
        told = describe(error)
    assert told.startswith("ValueError at bot/test_logs.py:")
    assert "N123" not in told
    assert describe(KeyError("x")) == "KeyError"
