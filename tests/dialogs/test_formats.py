"""Dates, money and Says as their readers expect them."""

from datetime import date
from decimal import Decimal

import pytest

from dialogs.engine import World
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Bold, Bullets, Button, Fact, Facts, Folded, Heading, Link, Paragraph, PressButton, Say
from knowledge.language import Language

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("language", "shown"),
    [(Language.KK, "01.12.2026"), (Language.RU, "1 декабря 2026 г."), (Language.EN, "1 December 2026")],
)
def test_dates(language: Language, shown: str, world: World) -> None:
    voice = Voice(world.texts, language)
    assert voice.date(DAY) == shown
    assert voice.dated("2026-12-01") == shown
    assert voice.dated("2025-07") == ("July 2025" if language is Language.EN else "07.2025")
    assert voice.dated("2025") == "2025"


def test_months_and_weekdays(world: World) -> None:
    assert Voice(world.texts, Language.KK).month(2026, 12) == "Желтоқсан 2026"
    assert Voice(world.texts, Language.RU).month(2026, 12) == "Декабрь 2026"
    assert Voice(world.texts, Language.EN).weekdays() == ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def test_money_and_days(world: World) -> None:
    voice = Voice(world.texts, Language.EN)
    assert voice.money(Decimal("60"), "USD") == "USD 60"
    assert voice.money(Decimal("2162.5"), "KZT") == "KZT 2,162.5"
    assert voice.money(Decimal("5"), "EUR") == "5 EUR"
    assert (voice.days(1), voice.days(30)) == ("1 day", "30 days")


def test_a_say_in_plain_text() -> None:
    say = Say(
        (
            Heading("Title"),
            Paragraph(("Read ", Bold("this"), " at ", Link("the portal", "https://www.vmp.gov.kz"))),
            Bullets((("one",), ("two",)), numbered=True),
            Facts((Fact("Passport", ("India",)),)),
            Folded("Sources", (("A law",),)),
        ),
        ((Button("Yes", PressButton("1:0:n")), Button("No", PressButton("1:0:h"))),),
    )
    assert to_plain(say) == (
        "Title\n\nRead this at the portal (https://www.vmp.gov.kz)\n\n1. one\n2. two\n\nPassport: India\n\n"
        "Sources:\n  A law\n\n1. Yes\n2. No"
    )


def test_where_a_number_is_an_answer_buttons_have_none() -> None:
    row = (Button("7 days", PressButton("1:0:n")), Button("Back", PressButton("1:0:h")))
    assert to_plain(Say((Heading("T"),), (row,), by_number=False)) == "T\n\n[7 days]  [Back]"
    numbered = (Button("1. Once", PressButton("1:0:n")), Button("Back", PressButton("1:0:h")))
    assert to_plain(Say((Heading("T"),), (numbered,))) == "T\n\n1. Once  [Back]"
