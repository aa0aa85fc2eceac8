"""The language to answer a few words in: by what they matched, by their letters, by what they look like."""

import re

from knowledge.language import Language

__all__ = ["tongue"]

_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_EVERY = frozenset(Language)
_FEWEST_WORDS = 2
"""Of a single word, such as "виза", a guess is chance; the reader's own language says more."""


def tongue(text: str, matched: frozenset[Language], guessed: Language, own: Language) -> Language:
    """The language of the answer to `text`.

    `matched` are the languages of the keywords that it matched, none where it matched none; `guessed` is what a
    classifier takes it for, and `own` the language that the reader uses.
    """
    if _KAZAKH.search(text):
        return Language.KK
    several = len(text.split()) >= _FEWEST_WORDS
    possible = matched or _by_letters(text, several=several)
    likely = (guessed, own) if several else (own,)
    return next((language for language in (*likely, Language.RU) if language in possible), min(possible))


def _by_letters(text: str, *, several: bool) -> frozenset[Language]:
    """The languages that are written so. Kazakh and Russian are typed in Latin letters too, but not in one word."""
    if _CYRILLIC.search(text):
        return frozenset({Language.KK, Language.RU})
    if _LATIN.search(text):
        return _EVERY if several else frozenset({Language.EN})
    return _EVERY
