"""Telegram's limits, and the errors its Bot API answers with when one is passed.

Figures and texts follow https://core.telegram.org/bots/api and the behaviour of the Bot API server that
Telegram itself runs (tdlib/telegram-bot-api). Lengths of texts are UTF-16 code units unless said otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = [
    "BUTTONS_PER_MARKUP",
    "BUTTONS_PER_ROW",
    "CALLBACK_ANSWER_LENGTH",
    "CALLBACK_DATA_BYTES",
    "CAPTION_LENGTH",
    "COMMANDS",
    "COMMAND_DESCRIPTION_LENGTH",
    "COPY_TEXT_LENGTH",
    "DESCRIPTION_LENGTH",
    "ENTITIES",
    "INLINE_OFFSET_BYTES",
    "INLINE_QUERY_LENGTH",
    "INLINE_RESULTS",
    "INLINE_RESULT_ID_BYTES",
    "NAME_LENGTH",
    "SECRET_TOKEN_LENGTH",
    "SHORT_DESCRIPTION_LENGTH",
    "START_PARAMETER",
    "TEXT_LENGTH",
    "UPDATES_PER_BATCH",
    "UPDATE_LIFETIME",
    "UPLOAD_BYTES",
    "WEBHOOK_CONNECTIONS",
    "WEBHOOK_DEFAULT_CONNECTIONS",
    "WEBHOOK_PORTS",
    "RefusalError",
    "bad_request",
    "check_command",
    "check_length",
    "checked_url",
    "utf16_length",
]

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
ENTITIES = 100
CALLBACK_DATA_BYTES = 64
BUTTONS_PER_MARKUP = 100
BUTTONS_PER_ROW = 8
COPY_TEXT_LENGTH = 256
CALLBACK_ANSWER_LENGTH = 200
COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
NAME_LENGTH = 64
UPDATES_PER_BATCH = 100
UPDATE_LIFETIME = 24 * 3600.0
"""Seconds that an update nobody fetched is kept."""
UPLOAD_BYTES = 50 * 1024 * 1024
INLINE_RESULTS = 50
INLINE_OFFSET_BYTES = 64
INLINE_RESULT_ID_BYTES = 64
INLINE_QUERY_LENGTH = 256
SECRET_TOKEN_LENGTH = 256
WEBHOOK_CONNECTIONS = 100
WEBHOOK_DEFAULT_CONNECTIONS = 40
WEBHOOK_PORTS = (80, 88, 443, 8443)
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What may follow `/start` in a link to a bot."""

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_URL = re.compile(r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://)?)?(?P<rest>\S+)")
_HOST = re.compile(r"(?:[^\s@/]*@)?(?:\[[0-9A-Fa-f:.]+\]|localhost|[\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?", re.UNICODE)


class RefusalError(Exception):
    """A call that the Bot API answers with `ok: false`.

    `code` is both the HTTP status and `error_code`; `parameters` is Telegram's ResponseParameters object.
    """

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(reason: str) -> RefusalError:
    """The 400 answer in Telegram's wording: `Bad Request: ` and the reason."""
    return RefusalError(400, f"Bad Request: {reason}")


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 code units, the unit of all Bot API offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_length(text: str, most: int, reason: str) -> None:
    """Refuse a text of more than `most` UTF-16 units with `reason`."""
    if utf16_length(text) > most:
        raise bad_request(reason)


def check_command(command: str, description: str) -> None:
    """Refuse a command that `setMyCommands` would refuse."""
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description.strip():
        raise bad_request("command description must be non-empty")
    check_length(description, COMMAND_DESCRIPTION_LENGTH, "BOT_COMMAND_DESCRIPTION_INVALID")


def checked_url(url: str) -> str | None:
    """The address as Telegram stores it, or None where it does not accept one.

    http, https and tg addresses are accepted; an address without a scheme becomes http; a bare host gets its slash.
    """
    match = _URL.fullmatch(url.strip())
    if match is None:
        return None
    scheme, rest = (match["scheme"] or "http").lower(), match["rest"]
    if match["scheme"] and not url.strip()[len(scheme) :].startswith("://"):
        return None
    if scheme == "tg":
        return f"tg://{rest}"
    if scheme not in ("http", "https"):
        return None
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not _HOST.fullmatch(host):
        return None
    tail = rest[len(host) :]
    return f"{scheme}://{host}{tail if tail.startswith('/') else '/' + tail}"
