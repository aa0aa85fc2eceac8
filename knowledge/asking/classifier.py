"""A linear classifier over the features of a message; its weights are trained beforehand and travel with the code."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.asking.features import features
from knowledge.language import Language

__all__ = ["Classifier", "Guess", "weighted"]

_LONGEST_READ = 1200
"""Characters: what a person asks stands in them; the rest of a very long story only costs time."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the classifier makes of a message.

    `topics` are all topics with their probabilities, likeliest first; `known` is the share of the message's features
    that were in the questions it learned from, 0..1: a foreign script or random keys have next to none.
    """

    topics: tuple[tuple[str, float], ...]
    language: Language
    known: float


class Classifier:
    """Multinomial logistic regression. Weights are 8-bit, one scale a class."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._index = {name: place for place, name in enumerate(str(arrays["vocabulary"]).split("\n"))}
        self._idf: NDArray[np.float32] = arrays["idf"].astype(np.float32)
        self._weights: NDArray[np.int8] = arrays["weights"]
        self._scale: NDArray[np.float32] = arrays["scale"].astype(np.float32)
        self._bias: NDArray[np.float32] = arrays["bias"].astype(np.float32)
        self._classes = tuple(str(arrays["classes"]).split("\n"))
        self._languages = tuple(Language(code) for code in str(arrays["languages"]).split("\n"))
        self.digest = str(arrays["digest"])
        """What the questions were that it learned from."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Every topic that it can name."""
        return self._classes

    @classmethod
    def read(cls, path: Traversable) -> "Classifier":
        """The classifier of a file that the trainer wrote."""
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def guess(self, text: str) -> Guess:
        """The topics of a message by probability. Pure; any text is answered."""
        counts = Counter(features(text[:_LONGEST_READ]))
        places = [self._index[name] for name in counts if name in self._index]
        total = counts.total()
        if not places:
            return Guess((), self._languages[0], 0.0)
        found = [counts[name] for name in counts if name in self._index]
        values = weighted(found, self._idf[places])
        scores = (values @ self._weights[places].astype(np.float32)) * self._scale + self._bias
        topics, languages = scores[: len(self._classes)], scores[len(self._classes) :]
        chances = np.exp(topics - topics.max())
        chances /= chances.sum()
        order = np.argsort(-chances, kind="stable")
        ranked = tuple((self._classes[place], float(chances[place])) for place in order)
        return Guess(ranked, self._languages[int(languages.argmax())], sum(found) / total)


def weighted(counts: list[int], idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weights of a message's features: damped counts times rarity, scaled to length one."""
    damped = np.array([1 + math.log(count) for count in counts], dtype=np.float32) * idf
    return damped / np.float32(np.linalg.norm(damped))
