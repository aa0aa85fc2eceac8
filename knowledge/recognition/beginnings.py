"""The countries whose names begin with what somebody has typed so far."""

from bisect import bisect_left

from knowledge.recognition.folding import fold
from knowledge.recognition.names import NameTable

__all__ = ["Beginnings"]

_FEWEST_LETTERS = 3
"""Two letters begin the names of a dozen countries."""
_MOST = 6
_LAST = "\U0010ffff"


class Beginnings:
    """The listed names of countries and peoples, in the order of their letters. Build once."""

    def __init__(self, table: NameTable) -> None:
        # A territory is left out until its whole name stands there: its card would be headed by another country.
        named = ((key, entry.codes) for key, entry in table.base_forms.items() if entry.reason is None and entry.codes)
        self._names = sorted(named)

    def of(self, text: str) -> tuple[str, ...]:
        """The countries with a name in any language that begins with `text`, shortest name first, at most six."""
        key = fold(text)
        if len(key) < _FEWEST_LETTERS:
            return ()
        begun = self._names[bisect_left(self._names, (key,)) : bisect_left(self._names, (key + _LAST,))]
        begun.sort(key=lambda named: len(named[0]))
        return tuple(dict.fromkeys(code for _, codes in begun for code in codes))[:_MOST]
