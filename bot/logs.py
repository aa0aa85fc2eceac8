"""Logging that never shows a bot token, and shows nothing of what people write."""

import logging
import re
import sys
import traceback
from typing import TextIO

__all__ = ["Redaction", "describe", "set_up_logging"]

_TOKEN = re.compile(r"(?<![0-9])[0-9]{5,20}:[A-Za-z0-9_-]{20,}")
_REPLACEMENT = "<token>"

# These print addresses with the token, or whole updates, at DEBUG and INFO.
_CHATTY = ("aiohttp", "aiosqlite", "alembic", "asyncio", "httpcore", "httpx", "sqlalchemy", "telegram", "uvicorn")


class Redaction(logging.Formatter):
    """Formats a record, traceback included, and replaces what looks like a bot token or is one of `secrets`."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line to print."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _REPLACEMENT)
        return _TOKEN.sub(_REPLACEMENT, line)


def set_up_logging(level: str, secrets: tuple[str, ...] = (), stream: TextIO | None = None) -> None:
    """Send all logging through one redacting handler (standard error by default) at `level`."""
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.setFormatter(Redaction(secrets))
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
