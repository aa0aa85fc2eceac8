"""The settings of the program: typed, read once, from the environment only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StartError
from bot.storage.address import Address
from bot.storage.vault import is_key

__all__ = ["DEFAULT_API_URL", "DEFAULT_DATABASE", "LOG_FORMATS", "LOG_LEVELS", "LOOPBACK", "Settings", "Webhook"]

DEFAULT_API_URL = "https://api.telegram.org"
DEFAULT_DATABASE = Path("var") / "visabot.sqlite3"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The hosts of the preview: it is for the people at this machine."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""Where Telegram delivers (https://core.telegram.org/bots/webhooks)."""

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,}")
_GROUP = re.compile(r"-[1-9][0-9]{0,17}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<path>.+)")
_POSTGRES = re.compile(r"postgres(?:ql)?(?:\+asyncpg)?://.+")


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers updates, and the secret that proves they come from there (kept out of `repr`)."""

    url: str
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The path of the address, as requests name it."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations.

    `token` is None when the preview is to be run. `data_keys` seal what is stored, newest first; without any they stand
    in a file beside the database. Both are kept out of `repr`. `staff_chat` is the group of the contact centre, None
    when there is none. Without `webhook` updates are asked for (long polling).
    """

    token: str | None = field(default=None, repr=False)
    api_url: str = DEFAULT_API_URL
    database: Address = field(default_factory=lambda: Address(DEFAULT_DATABASE))
    host: str = "127.0.0.1"
    port: int = 8080
    log_level: str = "INFO"
    log_format: str = "text"
    webhook: Webhook | None = None
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
            log_format=reader.log_format(),
            webhook=reader.webhook(),
            data_keys=reader.data_keys(),
            staff_chat=reader.staff_chat(),
        )
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

    def database(self) -> Address:
        value = self.values.get("DATABASE_URL", f"sqlite:///{DEFAULT_DATABASE}")
        if (match := _SQLITE.fullmatch(value)) is not None and Path(match["path"]) != Path(":memory:"):
            return Address(Path(match["path"]))
        if _POSTGRES.fullmatch(value):
            return self._server(value)
        if match is not None:
            self.problems.append(
                "DATABASE_URL: :memory: keeps nothing, and conversations must outlive the program; "
                "give a SQLite file such as sqlite:///var/visabot.sqlite3"
            )
        else:
            self.problems.append(
                f"DATABASE_URL: {value.split(':', 1)[0]}: is not a database this program can use; give a SQLite file "
                "such as sqlite:///var/visabot.sqlite3, or PostgreSQL as postgresql://user:password@host/name"
            )
        return Address(DEFAULT_DATABASE)

    def _server(self, value: str) -> Address:
        try:
            url = make_url(value)
            _ = url.port
        except (ArgumentError, ValueError):
            self.problems.append(
                "DATABASE_URL: a PostgreSQL address (not shown) cannot be read; "
                "give one such as postgresql://user:password@host/name"
            )
            return Address(DEFAULT_DATABASE)
        if not url.database:
            self.problems.append(f"DATABASE_URL: {Address(server=url)} names no database; add its name after the host")
        return Address(server=url.set(drivername="postgresql+asyncpg"))

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

    def log_format(self) -> str:
        value = self.values.get("LOG_FORMAT", "text").lower()
        if value not in LOG_FORMATS:
            self.problems.append(f"LOG_FORMAT: {value!r} is not a format; give one of {', '.join(LOG_FORMATS)}")
        return value

    def webhook(self) -> Webhook | None:
        url, secret = self.values.get("WEBHOOK_URL"), self.values.get("WEBHOOK_SECRET")
        if url is None:
            if secret is not None:
                self.problems.append(
                    "WEBHOOK_SECRET: is set without WEBHOOK_URL; set the address too, or remove the secret"
                )
            return None
        if "BOT_TOKEN" not in self.values:
            self.problems.append("WEBHOOK_URL: the preview needs none; set BOT_TOKEN too, or remove the address")
        if secret is None:
            self.problems.append(
                "WEBHOOK_SECRET: is not set, and without it anybody could send updates; "
                "give 16 to 256 of A-Z, a-z, 0-9, _ and -, such as the output of `openssl rand -hex 32`"
            )
        elif not _SECRET.fullmatch(secret):
            self.problems.append(
                f"WEBHOOK_SECRET: a value of {len(secret)} characters (not shown) cannot be used; "
                "give 16 to 256 of A-Z, a-z, 0-9, _ and -"
            )
        self._check_webhook(url)
        return Webhook(url, secret or "")

    def _check_webhook(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            parts, port = urlsplit(""), 0
        local = parts.hostname in LOOPBACK  # a local Bot API server delivers on this machine, without TLS
        good = parts.hostname and (local or (parts.scheme == "https" and port in WEBHOOK_PORTS))
        if not good or parts.query or parts.fragment or parts.username:
            shown = "the value (not shown)" if "@" in url else repr(url)
            self.problems.append(
                f"WEBHOOK_URL: {shown} is no address that Telegram delivers to; give one such as "
                f"https://bot.example.org/telegram on port {', '.join(map(str, WEBHOOK_PORTS))}"
            )
