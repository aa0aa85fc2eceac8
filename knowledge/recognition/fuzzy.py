"""Finds the names a misspelt or unfinished word may have meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.recognition.folding import skeleton
from knowledge.recognition.names import NameTable

__all__ = ["Guess", "Speller"]

_LONG = 8
_SHORT = 4
_LONGEST = 60
_MARGIN = 2
_UNSURE = 5
_MOST = 6
_MOST_UNSURE = 3
_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """Countries within reach, nearest first, with the edits each needs."""

    codes: tuple[str, ...]
    edits: tuple[int, ...]
    length: int

    @property
    def certain(self) -> bool:
        """Whether the first country stands far enough ahead of the second to be taken without asking."""
        if len(self.codes) < 2:
            return True
        return self.edits[0] == 0 or (self.length > _UNSURE and self.edits[1] - self.edits[0] >= _MARGIN)


class Speller:
    """Damerau (optimal string alignment) distance over the skeletons of all names, in buckets by length."""

    def __init__(self, table: NameTable) -> None:
        self._entries: dict[str, tuple[str, ...]] = {}
        self._buckets: dict[int, list[str]] = {}
        self._beginnings: dict[str, list[str]] = {}
        for bone, codes, one_word in _spellings(table):
            if bone not in self._entries:
                self._entries[bone] = codes
                self._buckets.setdefault(len(bone), []).append(bone)
                if one_word:
                    self._beginnings.setdefault(bone[:_BEGINNING], []).append(bone)

    def guess(self, text: str) -> Guess | None:
        """The countries within one edit of a short text, two of a long one; None when there are none."""
        bone = skeleton(text)
        if not _SHORT <= len(bone) <= _LONGEST:
            return None
        reach = 2 if len(bone) >= _LONG else 1
        near = self._distances(bone, reach + 1)
        if not any(edits <= reach and plausible for edits, plausible in near.values()):
            return None
        ranked = _ranked(near)
        if len(bone) <= _UNSURE and ranked[0][1] > 0 and len(ranked) == 1:
            ranked = _ranked(self._distances(bone, reach + 2))
        most = _MOST if ranked[-1][1] <= reach else _MOST_UNSURE
        ranked = ranked[:most]
        return Guess(tuple(code for code, _ in ranked), tuple(edits for _, edits in ranked), len(bone))

    def rivals(self, bone: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Other countries one edit away from a skeleton."""
        return tuple(code for code in self._distances(bone, 1) if code not in codes)

    def unfinished(self, text: str) -> tuple[str, ...]:
        """The countries whose one-word names begin with a text of four letters or more, shortest name first.

        A sibling that shares all but the last letter of the text is offered too ("Австри": Австрия, Австралия).
        """
        bone = skeleton(text)
        if len(bone) < _SHORT:
            return ()
        kin = self._beginnings.get(bone[:_BEGINNING], ())
        begun = sorted((name for name in kin if name.startswith(bone) and name != bone), key=len)
        if not begun or (len(begun) == 1 and len(bone) * 2 < len(begun[0])):
            return ()
        shared = max(_SHORT, len(bone) - 1)
        siblings = sorted((name for name in kin if name[:shared] == bone[:shared]), key=len)
        return tuple(dict.fromkeys(code for name in begun + siblings for code in self._entries[name]))[:_MOST]

    def _distances(self, bone: str, cutoff: int) -> dict[str, tuple[int, bool]]:
        """By country the fewest edits, and whether a writer may have made them."""
        distances: dict[str, tuple[int, bool]] = {}
        for length in range(len(bone) - cutoff, len(bone) + cutoff + 1):
            bucket = self._buckets.get(length)
            if not bucket:
                continue
            for name, distance, _ in process.extract(
                bone, bucket, scorer=OSA.distance, score_cutoff=cutoff, limit=None
            ):
                plausible = _plausible(bone, name, int(distance))
                for code in self._entries[name]:
                    edits, known = distances.get(code, (cutoff + 1, False))
                    if (distance, known) < (edits, plausible):
                        distances[code] = int(distance), plausible
        return distances


def _ranked(distances: dict[str, tuple[int, bool]]) -> list[tuple[str, int]]:
    """Countries and edits, nearest first, of equals the plausible first."""
    order = sorted(distances.items(), key=lambda item: (item[1][0], not item[1][1]))
    return [(code, edits) for code, (edits, _) in order]


def _plausible(bone: str, name: str, edits: int) -> bool:
    """Whether a writer may have meant the name.

    The first letter stands, save as the only slip in a long text, and of four letters none is replaced:
    too many other words are that near.
    """
    if (len(bone) < _LONG or edits > 1) and name[0] != bone[0] and name[:2] != bone[1::-1]:
        return False
    return not len(name) == len(bone) == _SHORT or sorted(name) == sorted(bone)


def _spellings(table: NameTable) -> Iterable[tuple[str, tuple[str, ...], bool]]:
    """Skeletons worth guessing at: long enough to be more than an abbreviation."""
    for key in table.targets:
        bone = skeleton(key)
        if len(bone) >= _SHORT:
            yield bone, table.base_forms[key].codes, " " not in key
