"""What a log line may not show, and what it must still show."""

import pytest

from bot.redaction import PERSONAL, SECRET, TOKEN, Redactor
from tests.bot.specimen import NUMBER

KEY = "GKl3nobeM8wEPV11kM9cB8QhvAJ0-ei_ed4XGNtKJ8c="  # invented for this test


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("POST /bot987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr/getMe", f"POST /bot{TOKEN}/getMe"),
        ("url=%2Fbot987654321%3AAAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr", f"url=%2Fbot{TOKEN}"),
        (f"key {KEY} of 2", f"key {SECRET} of 2"),
        ("postgresql+asyncpg://visabot:pass%20word@db:5432/visabot", f"postgresql+asyncpg://{SECRET}@db:5432/visabot"),
        ("write to ainur@example.kz, please", f"write to {PERSONAL} please"),
        ("call +7 (701) 000-00-00.", f"call {PERSONAL}."),
        ("call +77010000000", f"call {PERSONAL}"),
        ("call 8 701 000 00 00", f"call {PERSONAL}"),
        ("call 87010000000", f"call {PERSONAL}"),
        ("number 990101000011", f"number {PERSONAL}"),
        (f"passport {NUMBER}", f"passport {PERSONAL}"),
        ("passport N 12345678, AA1234567, n12345678", f"passport {PERSONAL}, {PERSONAL}, {PERSONAL}"),
        ("паспорт 71 1234567 и 45 06 123456", f"паспорт {PERSONAL} и {PERSONAL}"),
        ("L898902C36UTO7408122F1204159ZE184226B<<<<<10", PERSONAL),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", PERSONAL),
        ("ERIKSSON<<ANNA", PERSONAL),
    ],
)
def test_what_is_taken_out(line: str, shown: str) -> None:
    assert Redactor()(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "update row 12345678: try 2 of 5 failed: KeyError at dialogs/engine.py:120",
        "call 4294967296 (sendMessage): failed: 403 Forbidden: bot was blocked by the user",
        "the bot was added to the group -1001234567890",
        "polling: again in 12.5 s",
        "webhook: 1048577 bytes",
        'File "/opt/visabot/bot/queues.py", line 120, in <module>',
        "1 << 20",
        "2026-11-22T10:00:00.000+00:00",
        "schema r0003 since 2026-11-22 10:00:00,123",
        "@pytest.fixture",
        "B12-1, C5 and A1",
    ],
)
def test_what_stays(line: str) -> None:
    assert Redactor()(line) == line


def test_the_secrets_given_go_the_longest_first_and_nothing_is_no_secret() -> None:
    assert Redactor(("tiny", "", "tiny-and-long"))("a tiny-and-long word, a tiny one") == (
        f"a {SECRET} word, a {SECRET} one"
    )
