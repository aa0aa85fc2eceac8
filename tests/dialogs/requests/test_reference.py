"""A reference can be read out and typed in; a wrong character is noticed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.requests.reference import is_reference, read_reference, reference_of

FORM = re.compile(r"KZ-[0-9BCDFGHJKMNPQRSTVWXYZ]{4}-[0-9BCDFGHJKMNPQRSTVWXYZ]{4}")
ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
FRESH = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefgh", min_size=1, max_size=40)


@given(FRESH)
def test_what_is_made_is_a_reference(fresh: str) -> None:
    reference = reference_of(fresh)
    assert FORM.fullmatch(reference)
    assert is_reference(reference)
    assert reference_of(fresh) == reference


@given(FRESH, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(fresh: str, place: int, wrong: str) -> None:
    reference = reference_of(fresh)
    at = len("KZ-") + place + place // 4
    changed = reference[:at] + wrong + reference[at + 1 :]
    assert is_reference(changed) is (changed == reference)


@given(st.text(max_size=30))
def test_any_text_can_be_read(text: str) -> None:
    read = read_reference(text)
    assert read is None or is_reference(read)


@pytest.mark.parametrize(
    "typed",
    ["KZ-8YGC-62HR", "kz-8ygc-62hr", " KZ 8YGC 62HR ", "8YGC62HR", "kz8ygc62hr."],
)
def test_people_type_it_in_their_own_way(typed: str) -> None:
    assert read_reference(typed) == "KZ-8YGC-62HR"


def test_letters_that_look_like_digits_are_meant_as_digits() -> None:
    reference = next(found for number in range(500) if {"0", "1"} <= set(found := reference_of(f"x{number}")))
    assert read_reference(reference.replace("0", "O").replace("1", "l")) == reference


@pytest.mark.parametrize("text", ["", "KZ-8YGC-62HS", "KZ-8YGC-62H", "KZ-AAAA-AAAA", "KZ-8YGC-62HRR"])
def test_anything_else_is_none(text: str) -> None:
    assert read_reference(text) is None
    assert not is_reference(text)


def test_without_randomness_there_is_no_reference() -> None:
    with pytest.raises(ValueError, match="no random letters"):
        reference_of("")
