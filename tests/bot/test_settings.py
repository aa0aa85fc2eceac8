"""Settings: read from the environment, refused in one line each, and never showing the token."""

import re
from pathlib import Path

import pytest

from bot import settings as settings_module
from bot.errors import StartError
from bot.settings import LOG_LEVELS, Settings, Webhook
from bot.storage.address import Address

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG="
SECRET = "a_secret-of-the-webhook"
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz_ABCDEFG"


def test_an_empty_environment_gives_the_preview_on_this_machine() -> None:
    settings = Settings.read({"BOT_TOKEN": " ", "PORT": ""})
    assert settings == Settings(
        token=None,
        api_url="https://api.telegram.org",
        database=Address(Path("var/visabot.sqlite3")),
        host="127.0.0.1",
        port=8080,
        log_level="INFO",
        log_format="text",
        webhook=None,
    )


def test_values_are_read() -> None:
    settings = Settings.read(
        {
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": "http://127.0.0.1:8081/",
            "DATABASE_URL": "sqlite:////srv/bot.sqlite3",
            "HOST": "::1",
            "PORT": "0",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "WEBHOOK_URL": "https://bot.example.org/telegram",
            "WEBHOOK_SECRET": SECRET,
            "DATA_KEYS": f"{KEY}, {KEY}",
            "STAFF_CHAT_ID": "-1001234567890",
        }
    )
    assert settings == Settings(
        token=TOKEN,
        api_url="http://127.0.0.1:8081",
        database=Address(Path("/srv/bot.sqlite3")),
        host="::1",
        port=0,
        log_level="DEBUG",
        log_format="json",
        webhook=Webhook("https://bot.example.org/telegram", SECRET),
        data_keys=(KEY, KEY),
        staff_chat=-1001234567890,
    )
    for secret in (TOKEN, KEY, SECRET):
        assert secret not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "repair"),
    [
        ("BOT_API_URL", "ftp://example.org", "https://api.telegram.org"),
        ("BOT_API_URL", "http://example.org:port", "https://api.telegram.org"),
        ("DATABASE_URL", "mysql://user:hidden@host/db", "postgresql://user:password@host/name"),
        ("DATABASE_URL", "postgresql://user:hidden@host", "add its name after the host"),
        ("DATABASE_URL", "postgresql://user:hidden@host/", "add its name after the host"),
        ("DATABASE_URL", "postgresql://user:hidden@host:port/db", "postgresql://user:password@host/name"),
        ("DATABASE_URL", "postgresql://", "sqlite:///var/visabot.sqlite3"),
        ("DATABASE_URL", "sqlite://", "sqlite:///var/visabot.sqlite3"),
        ("DATABASE_URL", "sqlite:///:memory:", "sqlite:///var/visabot.sqlite3"),
        ("HOST", "0.0.0.0", "127.0.0.1, localhost, ::1"),
        ("HOST", "example.org", "127.0.0.1, localhost, ::1"),
        ("PORT", "80800", "1 to 65535"),
        ("PORT", "-1", "1 to 65535"),
        ("PORT", "²", "1 to 65535"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("STAFF_CHAT_ID", "12345", "begins with -"),
        ("STAFF_CHAT_ID", "@staff", "begins with -"),
        ("LOG_FORMAT", "xml", "text, json"),
        ("WEBHOOK_SECRET", "hidden", "remove the secret"),
    ],
)
def test_a_bad_value_is_named_with_its_repair(name: str, value: str, repair: str) -> None:
    with pytest.raises(StartError) as raised:
        Settings.read({name: value})
    (problem,) = raised.value.problems
    assert problem.startswith(f"{name}: ")
    assert repair in problem
    assert "hidden" not in problem


@pytest.mark.parametrize(
    "value",
    [
        "postgres://user:hidden@host/db",
        "postgresql://user:hidden@host/db",
        "postgresql+asyncpg://user:hidden@host/db",
    ],
)
def test_a_database_on_a_server_is_named_without_its_password(value: str) -> None:
    settings = Settings.read({"DATABASE_URL": value})
    address = settings.database
    assert address.is_shared
    assert str(address) == "postgresql://user:***@host/db"
    for shown in (repr(settings), repr(address), str(address), f"{address}"):
        assert "hidden" not in shown
    assert address.server is not None
    assert address.server.password == "hidden"
    assert address.server.query == {}


def test_a_server_behind_a_socket_and_what_else_its_address_tells() -> None:
    address = Settings.read({"DATABASE_URL": "postgresql://user@/db?host=/run/postgresql"}).database
    assert address.server is not None
    assert (address.server.database, address.server.query) == ("db", {"host": "/run/postgresql"})


def test_a_file_is_one_process_alone() -> None:
    address = Settings.read({"DATABASE_URL": "sqlite+aiosqlite:///var/x.sqlite3"}).database
    assert (address, str(address), address.is_shared) == (Address(Path("var/x.sqlite3")), "var/x.sqlite3", False)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://bot.example.org", "/"),
        ("https://bot.example.org/telegram/4200", "/telegram/4200"),
        ("https://bot.example.org:8443/t", "/t"),
        ("http://127.0.0.1:9000/t", "/t"),
        ("http://localhost:9000/t", "/t"),
    ],
)
def test_where_telegram_delivers(url: str, path: str) -> None:
    settings = Settings.read({"BOT_TOKEN": TOKEN, "WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET})
    assert settings.webhook == Webhook(url, SECRET)
    assert settings.webhook.path == path


@pytest.mark.parametrize(
    ("changes", "name", "repair"),
    [
        ({"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET", "openssl rand -hex 32"),
        ({"WEBHOOK_SECRET": "hidden"}, "WEBHOOK_SECRET", "16 to 256"),
        ({"WEBHOOK_SECRET": "hidden " * 9}, "WEBHOOK_SECRET", "16 to 256"),
        ({"BOT_TOKEN": ""}, "WEBHOOK_URL", "set BOT_TOKEN too"),
        ({"WEBHOOK_URL": "http://bot.example.org/t"}, "WEBHOOK_URL", "443, 80, 88, 8443"),
        ({"WEBHOOK_URL": "https://bot.example.org:8080/t"}, "WEBHOOK_URL", "443, 80, 88, 8443"),
        ({"WEBHOOK_URL": "https://bot.example.org/t?a=1"}, "WEBHOOK_URL", "https://bot.example.org/telegram"),
        ({"WEBHOOK_URL": "https://bot.example.org:x/t"}, "WEBHOOK_URL", "https://bot.example.org/telegram"),
        ({"WEBHOOK_URL": "https://user:hidden@bot.example.org/t"}, "WEBHOOK_URL", "https://bot.example.org/telegram"),
        ({"WEBHOOK_URL": "bot.example.org"}, "WEBHOOK_URL", "https://bot.example.org/telegram"),
    ],
)
def test_a_webhook_that_cannot_be_is_told_with_its_repair(changes: dict[str, str], name: str, repair: str) -> None:
    good = {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://bot.example.org/t", "WEBHOOK_SECRET": SECRET}
    with pytest.raises(StartError) as raised:
        Settings.read(good | changes)
    (problem,) = raised.value.problems
    assert problem.startswith(f"{name}: ")
    assert repair in problem
    assert "hidden" not in problem


def test_with_a_token_no_preview_listens_and_the_host_does_not_matter() -> None:
    assert Settings.read({"BOT_TOKEN": TOKEN, "HOST": "0.0.0.0"}).host == "0.0.0.0"


def test_all_bad_values_are_told_at_once_and_the_token_is_not() -> None:
    with pytest.raises(StartError) as raised:
        Settings.read({"BOT_TOKEN": "my token", "PORT": "x", "LOG_LEVEL": "y"})
    assert [problem.split(":")[0] for problem in raised.value.problems] == ["BOT_TOKEN", "PORT", "LOG_LEVEL"]
    assert "my token" not in str(raised.value)


def test_a_key_that_cannot_be_used_is_counted_and_not_shown() -> None:
    with pytest.raises(StartError) as raised:
        Settings.read({"DATA_KEYS": f"{KEY},hidden"})
    (problem,) = raised.value.problems
    assert problem.startswith("DATA_KEYS: key 2 of 2 (6 characters, not shown)")
    assert "hidden" not in problem


def test_the_example_file_names_every_variable_that_is_read() -> None:
    root = Path(__file__).parents[2]
    code = (root / "bot" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'"([A-Z]+_?[A-Z_]*[A-Z])"', code)) - set(LOG_LEVELS) - set(settings_module.__all__)
    named = set(re.findall(r"^#([A-Z_]+)=", (root / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert named == read
