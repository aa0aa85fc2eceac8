"""The names of answers: a question id, after the number of the person where it is asked of each ("2.surname")."""

from functools import lru_cache

__all__ = ["bare", "key_of", "person_of", "with_question"]

_KEYS = 4096
"""Keys taken apart and remembered: a turn asks for the parts of each of its keys many times."""


def key_of(question: str, person: int | None) -> str:
    """The key of the answer to `question`, about `person` if it is asked of each."""
    return question if person is None else f"{person}.{question}"


@lru_cache(maxsize=_KEYS)
def bare(key: str) -> str:
    """The question's id."""
    return key.rpartition(".")[2]


@lru_cache(maxsize=_KEYS)
def person_of(key: str) -> int | None:
    """The number of the person that the answer is about."""
    number = key.rpartition(".")[0]
    return int(number) if number.isdecimal() else None


def with_question(key: str, question: str) -> str:
    """The same key for another question."""
    return key_of(question, person_of(key))
