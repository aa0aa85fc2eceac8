"""What has been typed of a country's name so far, and the countries it may become."""

import pytest

from knowledge.recognition import CountryRecognizer


@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        ("инд", ("IN", "ID")),
        ("ИНД", ("IN", "ID")),
        ("унд", ("IN",)),
        ("үнд", ("IN",)),
        ("niger", ("NE", "NG")),
        ("сауд", ("SA",)),
        ("в", ()),
        ("ге", ()),
        ("qqq", ()),
        ("гваделу", ()),
        ("индийский чай", ()),
        ("", ()),
    ],
)
def test_a_beginning(typed: str, begun: tuple[str, ...], recognizer: CountryRecognizer) -> None:
    assert recognizer.begun(typed) == begun


def test_a_beginning_offers_six_at_most(recognizer: CountryRecognizer) -> None:
    assert len(recognizer.begun("rep")) == 6
