"""What a classifier sees of a message: words, pieces of words and what words mean, in one spelling for all scripts."""

from collections.abc import Iterator
from itertools import pairwise

from knowledge.asking.concepts import concepts
from knowledge.recognition.folding import BREAK, skeleton, words

__all__ = ["features"]

_SHORTEST_PIECE, _LONGEST_PIECE = 3, 4


def features(text: str) -> Iterator[str]:
    """Words, pairs of neighbours, pieces of three and four letters with the ends of the word marked, and concepts.

    Cyrillic, Latin Kazakh and transliterated Russian are written alike, so that "шақыру", "шакыру" and "shaqyru" share
    their features. Pieces stand for stems: Kazakh and Russian endings change, the rest of the word stays.
    """
    tokens = [skeleton(word) for word in words(text) if word != BREAK]
    for token in tokens:
        marked = f"<{token}>"
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
            for start in range(len(marked) - length + 1):
                yield marked[start : start + length]
        yield f"={token}"
    for first, second in pairwise(tokens):
        yield f"{first} {second}"
    yield from concepts().features(tokens)
