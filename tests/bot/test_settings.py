"""Settings: read from the environment, refused in one line each, and never showing the token."""

import re
from pathlib import Path

import pytest

from bot import settings as settings_module
from bot.errors import StartError
from bot.settings import LOG_LEVELS, Settings

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG="
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz_ABCDEFG"


def test_an_empty_environment_gives_the_preview_on_this_machine() -> None:
    settings = Settings.read({"BOT_TOKEN": " ", "PORT": ""})
    assert settings == Settings(
        None, "https://api.telegram.org", Path("var/visabot.sqlite3"), "127.0.0.1", 8080, "INFO"
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
            "DATA_KEYS": f"{KEY}, {KEY}",
            "STAFF_CHAT_ID": "-1001234567890",
        }
    )
    assert settings == Settings(
        TOKEN, "http://127.0.0.1:8081", Path("/srv/bot.sqlite3"), "::1", 0, "DEBUG", (KEY, KEY), -1001234567890
    )
    assert TOKEN not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "repair"),
    [
        ("BOT_API_URL", "ftp://example.org", "https://api.telegram.org"),
        ("BOT_API_URL", "http://example.org:port", "https://api.telegram.org"),
        ("DATABASE_URL", "postgresql://user:hidden@host/db", "sqlite:///var/visabot.sqlite3"),
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
        ("WEBHOOK_URL", "https://example.org/hook", "remove"),
        ("WEBHOOK_SECRET", "s", "remove"),
    ],
)
def test_a_bad_value_is_named_with_its_repair(name: str, value: str, repair: str) -> None:
    with pytest.raises(StartError) as raised:
        Settings.read({name: value})
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
