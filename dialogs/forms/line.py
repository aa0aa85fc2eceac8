"""One line of plain text, and an address, which is such a line with a street and a number."""

import unicodedata

from dialogs.forms.form import Mistake, Reading, Unsure, Written, veiled
from dialogs.reading.words import clip

__all__ = ["Address", "Line"]

_LONGEST = 200
_SHORTEST_ADDRESS = 5


class Line:
    """Up to 200 characters without control characters. A question is no line: it waits for an answer itself."""

    def read(self, text: str) -> Reading:
        """The text in one line, with single spaces."""
        said = _plain(text)
        if len(said) > _LONGEST:
            return Mistake("line_length", {"n": _LONGEST})
        if not any(map(str.isalnum, said)):
            return Mistake("line_empty")
        return Mistake("line_question") if said.endswith("?") else Written(said)

    def is_valid(self, value: str) -> bool:
        """Whether it is such a line; what was confirmed is kept."""
        reading = self.read(value)
        return not isinstance(reading, Mistake) and reading.value == value

    def shown(self, value: str) -> str:
        """As it is written."""
        return value

    def masked(self, value: str) -> str:
        """The first character."""
        return veiled(value, last=0)


class Address(Line):
    """5 to 200 characters with letters; one without a figure, or with figures alone, has to be confirmed."""

    def read(self, text: str) -> Reading:
        """The address in one line."""
        reading = super().read(text)
        if not isinstance(reading, Written):
            return reading
        said = reading.value
        if len(said) < _SHORTEST_ADDRESS:
            return Mistake("address_short")
        if not any(map(str.isalpha, said)):
            return Unsure(said, "address_letters")
        return reading if any(map(str.isdigit, said)) else Unsure(said, "address_number")


def _plain(text: str) -> str:
    """The readable characters: no control characters, and none that turn the direction of writing."""
    return unicodedata.normalize("NFC", clip(text))
