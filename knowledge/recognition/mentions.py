"""Finds the countries a text names, word by word, the longest name first."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.recognition.endings import KAZAKH_CHAINS, KAZAKH_CHAINS_AFTER_POSSESSIVE, may_take
from knowledge.recognition.folding import BREAK, romanised, skeleton, without_runs
from knowledge.recognition.fuzzy import Speller
from knowledge.recognition.grammar import STOP_WORDS
from knowledge.recognition.names import Entry, Kind, NameTable

__all__ = ["Mention", "MentionFinder"]

_MOST_CANDIDATES = 6
_SHORTEST_STEM = 3
_LONGEST_CHAIN = 12
_SHORTEST_SKELETON = 4
_SHORTEST_JOINED_SKELETON = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A country, its people, or something that is neither, at tokens `start:end`; `chain` is its Kazakh ending."""

    start: int
    end: int
    entry: Entry
    chain: str = ""


class MentionFinder:
    """Looks a token sequence up in a NameTable: listed and inflected forms, Kazakh suffixes, romanisations."""

    def __init__(self, table: NameTable, speller: Speller) -> None:
        self._table = table
        self._speller = speller
        self._chains = frozenset(map(romanised, KAZAKH_CHAINS))

    def find(self, tokens: Sequence[str]) -> list[Mention]:
        """All mentions from left to right, without overlap."""
        mentions: list[Mention] = []
        start = 0
        while start < len(tokens):
            mention = None if tokens[start] == BREAK else self._at(tokens, start)
            if mention is None:
                start += 1
            else:
                mentions.append(mention)
                start = mention.end
        return mentions

    def _at(self, tokens: Sequence[str], start: int) -> Mention | None:
        longest = min(self._table.first_words.get(tokens[start], 1), len(tokens) - start)
        for length in range(longest, 1, -1):
            end = start + length
            found = self._phrase(" ".join(tokens[start:end]))
            if found is not None:
                return Mention(start, end, *found)
        found = self.word(tokens[start])
        if found is not None:
            return Mention(start, start + 1, *found)
        if start + 1 < len(tokens) and BREAK not in tokens[start : start + 2]:
            joined = skeleton(tokens[start] + tokens[start + 1])
            entry = self._table.skeletons.get(joined) if len(joined) >= _SHORTEST_JOINED_SKELETON else None
            if entry is not None and not {tokens[start], tokens[start + 1]} & STOP_WORDS:
                return Mention(start, start + 2, entry)
        return None

    def _phrase(self, key: str) -> tuple[Entry, str] | None:
        entry = self._table.forms.get(key)
        if entry is not None:
            return entry, ""
        last = key.rindex(" ") + 1
        for cut in range(len(key) - 1, last + 2, -1):
            chain = key[cut:]
            if chain in KAZAKH_CHAINS_AFTER_POSSESSIVE and may_take(key[:cut], chain):
                entry = self._table.forms.get(key[:cut])
                if entry is not None:
                    return entry, chain
        return None

    def word(self, token: str) -> tuple[Entry, str] | None:
        """What a single word stands for, and the Kazakh ending it carries."""
        forms = self._table.forms
        entry = forms.get(token)
        if entry is not None:
            return entry, ""
        if len(token) <= _SHORTEST_STEM or token in self._table.everyday or token in STOP_WORDS:
            return None
        for cut in range(len(token) - 1, max(_SHORTEST_STEM, len(token) - _LONGEST_CHAIN) - 1, -1):
            chain = token[cut:]
            if chain in KAZAKH_CHAINS and may_take(token[:cut], chain):
                entry = forms.get(token[:cut])
                if entry is not None:
                    return entry, chain
        return self._romanised(token)

    def _romanised(self, token: str) -> tuple[Entry, str] | None:
        bone = skeleton(token)
        if len(bone) < _SHORTEST_SKELETON:
            return None
        skeletons = self._table.skeletons
        entry = skeletons.get(bone)
        if entry is not None:
            return entry, ""
        entry = self._table.inflected.get(bone)
        if entry is not None:
            rivals = self._speller.rivals(bone, entry.codes) + self._speller.unfinished(token)
            codes = tuple(dict.fromkeys(entry.codes + rivals))[:_MOST_CANDIDATES]
            return (entry if codes == entry.codes else Entry(codes, Kind.NAME)), ""
        letters = romanised(token)
        for cut in range(len(letters) - 1, max(_SHORTEST_SKELETON, len(letters) - _LONGEST_CHAIN) - 1, -1):
            if letters[cut:] in self._chains:
                entry = skeletons.get(without_runs(letters[:cut]))
                if entry is not None and entry.kind is not Kind.NOT:
                    return entry, letters[cut:]
        return None
