"""A few letters to answers: those whose shortcut they are, or whose keyword or title they begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from knowledge.answer import Answer
from knowledge.language import Language
from knowledge.recognition.folding import fold

__all__ = ["FEWEST_LETTERS", "Closeness", "Keyed", "by_keyword"]

FEWEST_LETTERS = 2
"""One letter begins a word of almost every answer."""


class Closeness(IntEnum):
    """How a text matches, best first: it is the shortcut, is a keyword, begins one, or begins a word in one."""

    SHORTCUT = 0
    KEYWORD = 1
    BEGUN_KEYWORD = 2
    BEGUN_WORD = 3


@dataclass(frozen=True, slots=True)
class Keyed:
    """An answer that a text stands for; `languages` are those in which it matches best."""

    answer: Answer
    closeness: Closeness
    languages: frozenset[Language]


def by_keyword(answers: Iterable[Answer], text: str) -> tuple[Keyed, ...]:
    """The answers that `text` stands for, closest first, of equal ones those that stand earlier in `answers`.

    Spellings are folded: case, ё, and Kazakh letters as people type them without a Kazakh keyboard.
    """
    key = fold(text)
    if sum(map(len, key.split())) < FEWEST_LETTERS:
        return ()
    found: list[Keyed] = []
    for answer in answers:
        if key == _folded(answer.shortcut):
            found.append(Keyed(answer, Closeness.SHORTCUT, frozenset(Language)))
            continue
        read = {language: _closeness(answer, language, key) for language in Language}
        matched = {language: closeness for language, closeness in read.items() if closeness is not None}
        if matched:
            best = min(matched.values())
            found.append(Keyed(answer, best, frozenset(name for name, value in matched.items() if value is best)))
    return tuple(sorted(found, key=lambda keyed: keyed.closeness))


def _closeness(answer: Answer, language: Language, key: str) -> Closeness | None:
    """How well the answer matches in one language; None where it does not."""
    keywords = [_folded(keyword) for keyword in answer.keywords[language]]
    if key in keywords:
        return Closeness.KEYWORD
    if any(keyword.startswith(key) for keyword in keywords):
        return Closeness.BEGUN_KEYWORD
    begun = f" {key}"
    if any(begun in f" {words}" for words in (*keywords, _folded(answer.titles[language]))):
        return Closeness.BEGUN_WORD
    return None


@cache
def _folded(text: str) -> str:
    """The words of an answer in one spelling. Only words of the product come here, never those of a person."""
    return fold(text)
