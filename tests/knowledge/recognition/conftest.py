"""One recognizer for all tests of recognition."""

import pytest

from knowledge.recognition import CountryRecognizer


@pytest.fixture(scope="session")
def recognizer() -> CountryRecognizer:
    return CountryRecognizer.from_data()
