"""Logging for people or for machines, that shows no secret and nothing of what people write."""

import json
import logging
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, TextIO

from bot.redaction import Redactor

__all__ = ["JsonLines", "LogFormat", "PlainLines", "describe", "fields", "set_up_logging"]

_FIELDS = "fields"

# These print addresses with the token, or whole updates, at DEBUG and INFO.
_CHATTY = (
    "aiohttp",
    "alembic",
    "asyncio",
    "asyncpg",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
    "uvicorn",
)

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogFormat(StrEnum):
    """How a line of the log looks."""

    TEXT = "text"
    JSON = "json"


def fields(**values: object) -> dict[str, object]:
    """Named figures of a log line, for `extra`: `_log.info("calls taken up", extra=fields(count=3))`."""
    return {_FIELDS: values}


class _Lines(logging.Formatter):
    """What both formats share. A traceback tells places and types: messages of errors may repeat what people wrote."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.redact = Redactor(secrets)

    def message(self, record: logging.LogRecord) -> str:
        """The words of the record."""
        words = record.getMessage()
        # asyncio adds the task or callback with the words of its error, or its arguments.
        return words.partition("\n")[0].partition("(")[0].strip() if record.name == "asyncio" else words

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name that logging calls
        """Where the error came from, through its causes, the first one first."""
        return "\n".join("".join(_told(error)).rstrip("\n") for error in reversed(list(_chain(ei[1]))))

    def error(self, record: logging.LogRecord) -> str:
        """The traceback of the record, if it has one."""
        parts = [self.formatException(record.exc_info)] if record.exc_info else []
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return "\n".join(parts)


class PlainLines(_Lines):
    """One line for people: time, level, where, what, and the fields; a traceback follows on its own lines."""

    def format(self, record: logging.LogRecord) -> str:
        """The line to print."""
        told = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = f"{record.levelname} {record.name}: {self.message(record)}{told}"
        lines = "\n".join(part for part in (line, self.error(record)) if part)
        return f"{self.formatTime(record)} {self.redact(lines)}"


class JsonLines(_Lines):
    """One JSON object on one line: time (ISO 8601, UTC), level, logger, message, error if any, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line to print."""
        told: dict[str, Any] = {name: self._clean(value) for name, value in _fields(record).items()}
        error = self.error(record)
        if error:
            told["error"] = self.redact(error)
        first = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redact(self.message(record)),
        }
        return json.dumps({**first, **{name: value for name, value in told.items() if name not in first}})

    def _clean(self, value: object) -> object:
        return value if value is None or isinstance(value, (bool, int, float)) else self.redact(str(value))


def set_up_logging(
    level: str,
    secrets: tuple[str, ...] = (),
    stream: TextIO | None = None,
    form: LogFormat = LogFormat.TEXT,
) -> None:
    """Send all logging through one redacting handler (standard error by default) at `level`."""
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(JsonLines(secrets) if form is LogFormat.JSON else PlainLines(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def describe(error: BaseException) -> str:
    """The type of an error and where it was raised. Its message is left out: it may repeat what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {'/'.join(frames[-1].filename.split('/')[-2:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    found = getattr(record, _FIELDS, None)
    return found if isinstance(found, Mapping) else {}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, then what led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield type(error).__name__
