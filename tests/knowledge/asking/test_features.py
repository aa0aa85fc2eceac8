"""Spellings of one word share what the classifier sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.features import features


def seen(text: str) -> set[str]:
    return set(features(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("шақыру", "шакыру"),
        ("шақыру", "Shaqyru"),
        ("сколько стоит виза", "skolko stoit viza"),
        ("ВИЗА", "виза"),
        ("e-visa?", "E visa"),
        ("виииза", "виза"),
        ("төлқұжат", "толкужат"),
    ],
)
def test_spellings_are_one(one: str, other: str) -> None:
    assert seen(one) == seen(other)


def test_endings_change_and_the_stem_stays() -> None:
    assert {"<Sa", "<Sak", "Sak"} <= seen("шақыруды") & seen("шақырудың")
    assert seen("шақыруды") != seen("шақырудың")


def test_words_and_their_order_count() -> None:
    assert "visa fe" in seen("visa fee")
    assert seen("visa fee") != seen("fee visa")


@pytest.mark.parametrize("text", ["", " ", "...", "🙂", "\x00"])
def test_nothing_is_seen_where_there_is_no_word(text: str) -> None:
    assert seen(text) == set()


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(feature, str) for feature in features(text))
