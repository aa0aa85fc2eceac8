"""What staff get to read: no number, address or line that could name a person."""

import pytest

from dialogs.masking import MASK, masked_text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("my passport is N7654321", f"my passport is {MASK}"),
        ("паспорт № N 7654321, что делать", f"паспорт № {MASK}, что делать"),
        ("AB 1234567 and AB-1234567", f"{MASK} and {MASK}"),
        ("серия АВ №123456", f"серия {MASK}"),
        ("ЖСН 900101300123", f"ЖСН {MASK}"),
        ("900101 300 123", MASK),
        ("call +7 (701) 123-45-67 today", f"call {MASK} today"),
        ("8 701 123 45 67", MASK),
        ("write to ainur.example@mail.example please", f"write to {MASK} please"),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", MASK),
        ("L898902C36UTO7408122F1204159ZE184226B<<<<<10", MASK),
        ("L898902C3", MASK),
        ("x1y2z3w4", MASK),
        ("٧٦٥٤٣٢١", MASK),
    ],
)
def test_what_could_name_somebody_is_masked(text: str, seen: str) -> None:
    assert masked_text(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "can I stay for 30 days from 10.12.2026 till 20.12.2026?",
        "2026-12-10, 2027-01-05",
        "10.12.2026 - 20.12.2026",
        "the fee of 2026 is 60 USD",
        "KZ-7F3Q-2M92",
        "Қазақстанға виза керек пе?",
        "B12-1",
        "",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    assert masked_text(text) == text
