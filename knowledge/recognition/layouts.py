"""Undoes typing with the wrong keyboard layout: English, Russian, Kazakh (Windows)."""

import re

__all__ = ["retyped"]

_ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю."
_NUMBER_ROW = "234567890-="
_KAZAKH_ROW = "әіңғ,.үұқөһ"

_TO_RUSSIAN = str.maketrans(_ENGLISH, _RUSSIAN)
_TO_KAZAKH = str.maketrans(_ENGLISH + _NUMBER_ROW, _RUSSIAN + _KAZAKH_ROW)
_TO_ENGLISH = str.maketrans(_RUSSIAN + _KAZAKH_ROW, _ENGLISH + _NUMBER_ROW)
_DIGITS_TO_KAZAKH = str.maketrans(_NUMBER_ROW, _KAZAKH_ROW)
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-яёәіңғүұқөһ]")
_BROKEN_WORD = re.compile(r"[,.;'`/\[\]][a-z]|[a-z][;`/\[\]]")
_KAZAKH_KEY = re.compile("[234567890=-]")


def retyped(text: str) -> list[str]:
    """What the same keys give in the layouts the writer may have meant; empty when there is nothing to undo."""
    text = text.casefold()
    latin, cyrillic = _LATIN.search(text), _CYRILLIC.search(text)
    if latin and not cyrillic:
        keys = [text.translate(_TO_RUSSIAN)]
        if _KAZAKH_KEY.search(text):
            keys.insert(0, text.translate(_TO_KAZAKH))
        return keys
    if cyrillic and not latin:
        english = text.translate(_TO_ENGLISH)
        keys = [] if _BROKEN_WORD.search(english) else [english]
        if _KAZAKH_KEY.search(text):
            keys.insert(0, text.translate(_DIGITS_TO_KAZAKH))
        return keys
    return []
