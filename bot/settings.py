"""The settings of the program: typed, read once, from the environment only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import StartError
from bot.storage.vault import is_key

__all__ = ["DEFAULT_API_URL", "DEFAULT_DATABASE", "LOG_LEVELS", "LOOPBACK", "Settings"]

DEFAULT_API_URL = "https://api.telegram.org"
DEFAULT_DATABASE = Path("var") / "visabot.sqlite3"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The hosts of the preview: it is for the people at this machine."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,}")
_GROUP = re.compile(r"-[1-9][0-9]{0,17}")
_SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<path>.+)")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations.

    `token` is None when the preview is to be run. `data_keys` seal what is stored, newest first; without any they stand
    in a file beside the database. Both are kept out of `repr`. `staff_chat` is the group of the contact centre, None
    when there is none.
    """

    token: str | None = field(default=None, repr=False)
    api_url: str = DEFAULT_API_URL
    database: Path = DEFAULT_DATABASE
    host: str = "127.0.0.1"
    port: int = 8080
    log_level: str = "INFO"
    data_keys: tuple[str, ...] = field(default=(), repr=False)
    staff_chat: int | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings in `environment`; an empty variable counts as not set.

        Raises StartError that lists every value that cannot be used, with its repair.
        """
        reader = _Reader({name: value.strip() for name, value in environment.items() if value.strip()})
        settings = cls(
            token=reader.token(),
            api_url=reader.api_url(),
            database=reader.database(),
            host=reader.host(),
            port=reader.port(),
            log_level=reader.log_level(),
            data_keys=reader.data_keys(),
            staff_chat=reader.staff_chat(),
        )
        reader.refuse_webhook()
        if reader.problems:
            raise StartError.of(reader.problems)
        return settings


class _Reader:
    """Reads one variable at a time and collects what is wrong."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.problems: list[str] = []

    def token(self) -> str | None:
        value = self.values.get("BOT_TOKEN")
        if value is not None and not _TOKEN.fullmatch(value):
            self.problems.append(
                f"BOT_TOKEN: a value of {len(value)} characters (not shown) is not a bot token; "
                "copy it from @BotFather (digits, a colon, letters), or leave it out to run the preview"
            )
        return value

    def api_url(self) -> str:
        value = self.values.get("BOT_API_URL", DEFAULT_API_URL)
        try:
            parts = urlsplit(value)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
            _ = parts.port
        except ValueError:
            good = False
        if not good:
            self.problems.append(
                f"BOT_API_URL: {value!r} is not an address; give one such as {DEFAULT_API_URL} or http://127.0.0.1:8081"
            )
        return value.rstrip("/")

    def database(self) -> Path:
        value = self.values.get("DATABASE_URL")
        if value is None:
            return DEFAULT_DATABASE
        match = _SQLITE.fullmatch(value)
        if match is None:
            scheme = value.split(":", 1)[0]
            self.problems.append(
                f"DATABASE_URL: {scheme}: is not a database this version can use; "
                "give a SQLite file such as sqlite:///var/visabot.sqlite3"
            )
            return DEFAULT_DATABASE
        path = Path(match["path"])
        if path == Path(":memory:"):
            self.problems.append(
                "DATABASE_URL: :memory: keeps nothing, and conversations must outlive the program; "
                "give a SQLite file such as sqlite:///var/visabot.sqlite3"
            )
            return DEFAULT_DATABASE
        return path

    def host(self) -> str:
        value = self.values.get("HOST", "127.0.0.1")
        if "BOT_TOKEN" not in self.values and value not in LOOPBACK:
            self.problems.append(
                f"HOST: {value!r} is not this machine, and the preview answers nobody else; "
                f"give one of {', '.join(LOOPBACK)}, or leave it out"
            )
        return value

    def port(self) -> int:
        value = self.values.get("PORT", "8080")
        if not (value.isascii() and value.isdigit() and 0 <= int(value) <= 65535):
            self.problems.append(f"PORT: {value!r} is not a port; give a number from 1 to 65535 (0: any free one)")
            return 8080
        return int(value)

    def log_level(self) -> str:
        value = self.values.get("LOG_LEVEL", "INFO").upper()
        if value not in LOG_LEVELS:
            self.problems.append(f"LOG_LEVEL: {value!r} is not a level; give one of {', '.join(LOG_LEVELS)}")
        return value

    def data_keys(self) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in self.values.get("DATA_KEYS", "").split(",") if key.strip())
        for number, key in enumerate(keys, 1):
            if not is_key(key):
                self.problems.append(
                    f"DATA_KEYS: key {number} of {len(keys)} ({len(key)} characters, not shown) is not a Fernet key; "
                    "`visabot db new-key` prints one, or leave the variable out to use a file beside the database"
                )
        return keys

    def staff_chat(self) -> int | None:
        value = self.values.get("STAFF_CHAT_ID")
        if value is None:
            return None
        if not _GROUP.fullmatch(value):
            self.problems.append(
                f"STAFF_CHAT_ID: {value!r} is not the id of a group; it is a number that begins with - "
                "and stands in the log when the bot is added to the group"
            )
            return None
        return int(value)

    def refuse_webhook(self) -> None:
        for name in ("WEBHOOK_URL", "WEBHOOK_SECRET"):
            if name in self.values:
                self.problems.append(
                    f"{name}: is set, but this version receives updates by polling only; remove the variable"
                )
                return
