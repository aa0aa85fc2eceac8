"""The number of a passport or another document: capital letters and figures."""

import re
import unicodedata

from dialogs.forms.alphabets import alphabets
from dialogs.forms.form import Mistake, Reading, Unsure, Written, veiled
from dialogs.reading.words import clip

__all__ = ["DocumentNumber"]

_SHORTEST, _LONGEST = 5, 12
_NUMBER = re.compile(rf"(?=[A-Z]*[0-9])[A-Z0-9]{{{_SHORTEST},{_LONGEST}}}")
_MARK = re.compile(r"^\s*(?:№|#|NO\.|N°)")
_BETWEEN = re.compile(r"[\s\-‐‑–—.<]+")


class DocumentNumber:
    """5 to 12 letters and figures, at least one of them a figure."""

    def read(self, text: str) -> Reading:
        """The number without spaces and dashes; Cyrillic letters that look like Latin ones have to be confirmed."""
        said = _BETWEEN.sub("", _MARK.sub("", clip(text).upper()))
        said = unicodedata.normalize("NFKC", said)
        if _NUMBER.fullmatch(said) is not None:
            return Written(said)
        latin = alphabets().by_look(said)
        if latin != said and _NUMBER.fullmatch(latin) is not None:
            return Unsure(latin, "document_number_letters")
        if re.fullmatch(r"[A-Z0-9]+", latin) is None:
            return Mistake("document_number_signs")
        if not any(map(str.isdecimal, latin)):
            return Mistake("document_number_digits")
        return Mistake("document_number_length", {"low": _SHORTEST, "high": _LONGEST})

    def is_valid(self, value: str) -> bool:
        """Whether it is such a number."""
        return _NUMBER.fullmatch(value) is not None

    def shown(self, value: str) -> str:
        """As in the document."""
        return value

    def masked(self, value: str) -> str:
        """The first character and the last two."""
        return veiled(value)
