"""What the ways behind a question have in common, and how those of several answers are put together."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.tree import Kind, Question

__all__ = ["Answered", "Survey", "joined", "led_by"]

Answered = tuple[tuple[str, Answer], ...]
"""Answers in the order in which they were given."""

_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Survey:
    """What the ways from one question on have in common.

    `ends` counts the ways to each outcome, each passport of a class counted, and `countries` are the passports on
    them, by the first question about a country; `none` stands in for ways before any passport. `taken` are the rules
    (question, place) on some way, `longest` the most questions of one. `examples` are some ways to each outcome.
    `problems` are ways that do not end, and rules that raise an error.
    """

    ends: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    countries: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    taken: frozenset[tuple[str, int]] = frozenset()
    longest: int = 0
    examples: Mapping[str, tuple[Answered, ...]] = field(default_factory=lambda: MappingProxyType({}))
    problems: frozenset[str] = frozenset()

    @property
    def paths(self) -> int:
        """How many ways there are."""
        return sum(self.ends.values())


def led_by(first: Answered, ways: Mapping[str, tuple[Answered, ...]]) -> Mapping[str, tuple[Answered, ...]]:
    """The examples `ways`, each with the answers `first` before it."""
    return {end: tuple((*first, *rest) for rest in of) for end, of in ways.items()}


def joined(parts: Sequence[Survey], question: Question) -> Survey:
    """All ways of `parts`; of the examples some of each, and of a question about a country some for each country."""
    ends: Counter[str] = Counter()
    countries: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    examples: defaultdict[str, list[tuple[Answered, ...]]] = defaultdict(list)
    for part in parts:
        ends.update(part.ends)
        for end, members in part.countries.items():
            countries[end] |= members
        for end, ways in part.examples.items():
            examples[end].append(ways)
    return Survey(
        dict(ends),
        dict(countries),
        frozenset().union(*(part.taken for part in parts)),
        max((part.longest for part in parts), default=0),
        {end: _some(of_end, question) for end, of_end in examples.items()},
        frozenset().union(*(part.problems for part in parts)),
    )


def _some(of_parts: Sequence[tuple[Answered, ...]], question: Question) -> tuple[Answered, ...]:
    """The first way of each part, then the second of each, as far as there is room."""
    turns = [way for turn in zip_longest(*of_parts) for way in turn if way is not None]
    if question.kind is Kind.COUNTRY:
        return tuple(turns)
    return tuple(turns[: max(_EXAMPLES, *map(len, of_parts))])
