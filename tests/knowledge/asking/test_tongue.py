"""The language of the answer to a few words: their matches, their letters, a guess, the reader's own."""

import pytest

from knowledge.asking.tongue import tongue
from knowledge.language import Language

KK, RU, EN = Language.KK, Language.RU, Language.EN
NONE: frozenset[Language] = frozenset()


@pytest.mark.parametrize(
    ("text", "matched", "guessed", "own", "expected"),
    [
        ("сбор", {RU}, KK, KK, RU),
        ("толем", {KK}, RU, RU, KK),
        ("төлем", {KK, RU}, RU, RU, KK),
        ("паспорт", {KK, RU}, EN, KK, KK),
        ("паспорт", {KK, RU}, KK, EN, RU),
        ("b3", set(Language), EN, KK, KK),
        ("инд", NONE, KK, RU, RU),
        ("инд", NONE, KK, EN, RU),
        ("india", NONE, RU, KK, EN),
        ("skolko stoit viza", NONE, RU, KK, RU),
        ("qansha turady", NONE, KK, EN, KK),
        ("стоимость визы", {KK, RU}, RU, KK, RU),
        ("🇮🇳", NONE, RU, KK, KK),
        ("ә", NONE, RU, EN, KK),
    ],
)
def test_the_language(text: str, matched: set[Language], guessed: Language, own: Language, expected: Language) -> None:
    assert tongue(text, frozenset(matched), guessed, own) is expected
