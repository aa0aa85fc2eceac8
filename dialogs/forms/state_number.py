"""The numbers of Kazakhstan for a person (IIN) and a business (BIN): 12 figures, the last one checks the others.

IIN: birth as YYMMDD, a figure for century and sex (0 where it says neither), a serial number. BIN: year and month of
registration, then 4 for a resident company, 5 for one that is not, 6 for sole proprietors who act jointly (one alone
uses an IIN). So the fifth figure tells them apart: no day of a month begins with 4, 5 or 6.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from dialogs.forms.form import Mistake, Reading, Written, veiled
from dialogs.reading.words import clip

__all__ = ["Holder", "StateNumber"]

_FIGURES = 12
_WEIGHTS = (tuple(range(1, 12)), (*range(3, 12), 1, 2))
_BETWEEN = re.compile(r"[\s‐‑–—.,;:№#-]+")
_LABEL = re.compile(r"^(?:ИИН|БИН|ЖСН|БСН|ИНН|IIN|BIN)", re.IGNORECASE)
_CENTURIES = {"0": (1900, 2000), "1": (1800,), "2": (1800,), "3": (1900,), "4": (1900,), "5": (2000,), "6": (2000,)}


class Holder(StrEnum):
    """Whose number is asked for."""

    PERSON = "iin"
    BUSINESS = "bin"
    EITHER = "iin_or_bin"


class StateNumber:
    """The number of one kind of holder, or of either."""

    def __init__(self, holder: Holder) -> None:
        self._holder = holder

    def read(self, text: str) -> Reading:
        """The 12 figures, with or without spaces."""
        said = _BETWEEN.sub("", unicodedata.normalize("NFKC", clip(text)))
        said = _LABEL.sub("", said)
        if not said.isdecimal() or not said.isascii():
            return Mistake(f"{self._holder}_figures", {"digits": _FIGURES})
        if len(said) != _FIGURES:
            return Mistake(f"{self._holder}_length", {"digits": _FIGURES, "n": len(said)})
        key = self._problem(said)
        return Written(said) if key is None else Mistake(key)

    def is_valid(self, value: str) -> bool:
        """Whether its parts and its check figure fit."""
        return re.fullmatch(r"[0-9]{12}", value) is not None and self._problem(value) is None

    def shown(self, value: str) -> str:
        """In two groups."""
        return f"{value[:6]} {value[6:]}"

    def masked(self, value: str) -> str:
        """The first figure and the last two."""
        return veiled(value)

    def _problem(self, figures: str) -> str | None:
        """The key of what is wrong, None when nothing is."""
        of_business = figures[4] in "456"
        if of_business and self._holder is Holder.PERSON:
            return "iin_of_business"
        if not of_business and self._holder is Holder.BUSINESS:
            return "bin_of_person"
        if of_business and not 1 <= int(figures[2:4]) <= 12:
            return "bin_month"
        if not of_business and not _names_a_birth(figures):
            return "iin_birth"
        return None if _check_figure(figures[:-1]) == int(figures[-1]) else "state_number_check"


def _names_a_birth(figures: str) -> bool:
    year, month, day = int(figures[:2]), int(figures[2:4]), int(figures[4:6])
    return any(_is_day(century + year, month, day) for century in _CENTURIES.get(figures[6], ()))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_figure(figures: Sequence[str]) -> int | None:
    """The figure that must follow these eleven; None for a number that is given to nobody."""
    for weights in _WEIGHTS:
        rest: int = sum(int(figure) * weight for figure, weight in zip(figures, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None
