"""Answers that note which of them were looked at, and results remembered by what they looked at."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from dialogs.answer import Answer
from dialogs.walk.hints import Hints
from knowledge.base import KnowledgeBase

__all__ = [
    "HINT",
    "PEOPLE",
    "TABLE",
    "Memory",
    "Reads",
    "Watched",
    "WatchedHints",
    "WatchedKnowledge",
    "WatchedPeople",
]

V = TypeVar("V")
_MISSING = object()

PEOPLE, HINT, TABLE = "~people", "~hint.", "~table."
"""The key of the people, and the beginnings of those of hints and of tables; no question has such an id."""

_EVERYTHING = "~everything"


class Reads:
    """The keys looked at since it was opened last; what an inner look found counts for the outer one too."""

    def __init__(self) -> None:
        self._open: list[set[str]] = []

    def note(self, *keys: str) -> None:
        """`keys` were looked at, whether there are such answers or not."""
        if self._open:
            self._open[-1].update(keys)

    def begin(self) -> None:
        """Open a look inside the one that is open."""
        self._open.append(set())

    def end(self) -> frozenset[str]:
        """Close the innermost look; its keys."""
        found = self._open.pop()
        if self._open:
            self._open[-1] |= found
        return frozenset(found)


class Watched(Mapping[str, Answer]):
    """Answers that note each look. Going through all of them looks at every one."""

    def __init__(self, answers: Mapping[str, Answer], reads: Reads) -> None:
        self._answers, self._reads = answers, reads

    def __getitem__(self, key: str) -> Answer:
        self._reads.note(key)
        return self._answers[key]

    def __contains__(self, key: object) -> bool:
        self._reads.note(str(key))
        return key in self._answers

    def __iter__(self) -> Iterator[str]:
        self._reads.note(_EVERYTHING)
        return iter(self._answers)

    def __len__(self) -> int:
        self._reads.note(_EVERYTHING)
        return len(self._answers)


class WatchedPeople(Mapping[int, Mapping[str, Answer]]):
    """The people, noting that they were looked at."""

    def __init__(self, people: Mapping[int, Mapping[str, Answer]], reads: Reads) -> None:
        self._people, self._reads = people, reads

    def __getitem__(self, key: int) -> Mapping[str, Answer]:
        self._reads.note(PEOPLE)
        return self._people[key]

    def __iter__(self) -> Iterator[int]:
        self._reads.note(PEOPLE)
        return iter(self._people)

    def __len__(self) -> int:
        self._reads.note(PEOPLE)
        return len(self._people)


class WatchedKnowledge:
    """The facts, noting which of the tables that tell passports apart were looked at."""

    def __init__(self, knowledge: KnowledgeBase, tables: frozenset[str], reads: Reads) -> None:
        self._knowledge, self._tables, self._reads = knowledge, tables, reads

    def __getattr__(self, name: str) -> object:
        if name in self._tables:
            self._reads.note(f"{TABLE}{name}")
        return getattr(self._knowledge, name)


class WatchedHints:
    """Hints that note each look."""

    def __init__(self, hints: Hints, reads: Reads) -> None:
        self._hints, self._reads = hints, reads

    @property
    def stays(self) -> tuple[int, ...]:
        self._reads.note(f"{HINT}stays")
        return self._hints.stays

    @property
    def turning(self) -> tuple[str, ...]:
        self._reads.note(f"{HINT}turning")
        return self._hints.turning

    @property
    def strays(self) -> bool:
        self._reads.note(f"{HINT}strays")
        return self._hints.strays

    @property
    def two(self) -> bool:
        self._reads.note(f"{HINT}two")
        return self._hints.two

    @property
    def rare(self) -> bool:
        self._reads.note(f"{HINT}rare")
        return self._hints.rare


class Memory(Generic[V]):
    """Results by what was looked at for them: equal there, equal result."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[str, ...], dict[tuple[object, ...], V]]] = {}

    def get(self, name: str, seen: Mapping[str, object]) -> tuple[V, tuple[str, ...]] | None:
        """The result of `name` for what is seen, with the keys it rests on; None when it is new."""
        for keys, results in self._known.get(name, {}).items():
            found = results.get(_values(keys, seen))
            if found is not None:
                return found, keys
        return None

    def put(self, name: str, keys: frozenset[str], seen: Mapping[str, object], result: V) -> None:
        """Remember `result`, which looked at `keys` of `seen`."""
        listed = tuple(sorted(keys))
        self._known.setdefault(name, {}).setdefault(listed, {})[_values(listed, seen)] = result


def _values(keys: tuple[str, ...], seen: Mapping[str, object]) -> tuple[object, ...]:
    if _EVERYTHING in keys:
        return tuple(sorted((key, repr(value)) for key, value in seen.items()))
    return tuple([seen.get(key, _MISSING) for key in keys])
