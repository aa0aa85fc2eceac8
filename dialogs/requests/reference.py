"""The reference of an invitation, such as KZ-7F3Q-2M92: short enough to read out, with a check character."""

import hashlib
import re

__all__ = ["is_reference", "read_reference", "reference_of"]

# Crockford's letters, which leave out those taken for others (I, L, O, U), and no vowels, so that no word comes out.
_ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LENGTH = 8
_NOT_LETTERS = re.compile(r"[^0-9A-Z]")
_COUNTRY = "KZ"


def reference_of(fresh: str) -> str:
    """The reference made of the random letters and digits `fresh`; equal ones give equal references.

    Raises ValueError without any, because all such references would be the same.
    """
    if not fresh:
        raise ValueError("fresh: '': holds no random letters; pass those of the turn")
    number = int.from_bytes(hashlib.sha256(fresh.encode()).digest())
    body = ""
    while len(body) < _LENGTH - 1:
        number, place = divmod(number, len(_ALPHABET))
        body += _ALPHABET[place]
    return _written(body + _check(body))


def is_reference(text: str) -> bool:
    """Whether `text` is a reference as we write it, with the right check character."""
    return read_reference(text) == text


def read_reference(text: str) -> str | None:
    """The reference that a person means: any case, spaces or dashes, O for 0 and I or L for 1; None for none."""
    typed = _NOT_LETTERS.sub("", text.upper()).removeprefix(_COUNTRY).translate(_MISREAD)
    if len(typed) != _LENGTH or not set(typed) <= set(_ALPHABET) or _check(typed[:-1]) != typed[-1]:
        return None
    return _written(typed)


def _written(characters: str) -> str:
    half = _LENGTH // 2
    return f"{_COUNTRY}-{characters[:half]}-{characters[half:]}"


def _check(body: str) -> str:
    """Luhn's sum over our alphabet: one wrong character never passes, and hardly ever two that changed places."""
    size = len(_ALPHABET)
    total = 0
    for place, character in enumerate(reversed(body)):
        number = _ALPHABET.index(character)
        if place % 2 == 0:
            number = sum(divmod(2 * number, size))
        total += number
    return _ALPHABET[-total % size]
