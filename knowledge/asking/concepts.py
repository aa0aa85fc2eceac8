"""Words of one meaning in three languages: what is learned of one word is then known of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from knowledge.recognition.folding import BREAK, skeleton, words
from knowledge.yamlfile import load_yaml

__all__ = ["Concepts", "concepts"]

_SHORTEST_STEM = 4
"""Letters of a folded stem; a shorter word must stand there as a whole."""
_MOST_PAIRED = 12
"""A message of more concepts is a story: its pairs say little and are many."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """The lists of `concepts.yaml`, folded. `phrases` stand under their first stem: the stems that follow, the name."""

    stems: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def features(self, tokens: Sequence[str]) -> Iterator[str]:
        """The concepts of a message once for each word that means them, and each two of them together."""
        beginnings = [_beginnings(token) for token in tokens]
        found: dict[str, None] = {}
        for place in range(len(tokens)):
            for name in dict.fromkeys(self._at(beginnings, place)):
                found[name] = None
                yield f"#{name}"
        if len(found) <= _MOST_PAIRED:
            for first, second in combinations(sorted(found), 2):
                yield f"#{first}&{second}"

    def _at(self, beginnings: Sequence[tuple[str, ...]], place: int) -> Iterator[str]:
        for beginning in beginnings[place]:
            yield from self.stems.get(beginning, ())
            for rest, name in self.phrases.get(beginning, ()):
                following = beginnings[place + 1 : place + 1 + len(rest)]
                if len(following) == len(rest) and all(map(tuple.__contains__, following, rest)):
                    yield name


def _beginnings(token: str) -> tuple[str, ...]:
    """The stems that a word may carry: all its beginnings of four letters or more, a short word itself."""
    if len(token) < _SHORTEST_STEM:
        return (token,)
    return tuple(token[:end] for end in range(_SHORTEST_STEM, len(token) + 1))


@cache
def concepts() -> Concepts:
    """The concepts of the product, read once."""
    return _folded(load_yaml(files("knowledge") / "asking" / "concepts.yaml"))


def _folded(content: Any) -> Concepts:
    stems: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, by_language in content.items():
        for said in (str(word) for listed in by_language.values() for word in listed):
            first, *rest = [skeleton(token) for token in words(said.replace("-", " ")) if token != BREAK]
            if rest:
                phrases.setdefault(first, []).append((tuple(rest), name))
            else:
                stems.setdefault(first, []).append(name)
    return Concepts(
        {stem: tuple(dict.fromkeys(names)) for stem, names in stems.items()},
        {first: tuple(dict.fromkeys(found)) for first, found in phrases.items()},
    )
