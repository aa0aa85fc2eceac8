"""Text to country: the passport a traveller means, a question when it is not clear, or nothing."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.recognition.beginnings import Beginnings
from knowledge.recognition.destinations import destinations
from knowledge.recognition.endings import without_ending
from knowledge.recognition.folding import BREAK, FLAG, flags, words
from knowledge.recognition.fuzzy import Speller
from knowledge.recognition.grammar import ETHNIC, FROM, HOME, is_citizenship, is_stop_word, without_personal_names
from knowledge.recognition.kin import Kin
from knowledge.recognition.layouts import retyped
from knowledge.recognition.mentions import MentionFinder
from knowledge.recognition.names import Entry, NameTable, data_directory
from knowledge.recognition.sentence import WITHOUT_PASSPORT, Verdict, weigh
from knowledge.recognition.statuses import Status, StatusKind, statuses

__all__ = ["CountryRecognizer", "Recognition", "RecognitionStatus"]

_LONGEST_TEXT = 600
_AROUND_A_CODE = string.punctuation + string.whitespace
_CODE_BY_A_PASSPORT = re.compile(
    r"\b([A-Z]{2,3})(?=\s+(?:citizen|passport|national|паспорт|граждан|азамат|төлқұжат))"
    r"|(?:\bfrom(?: the)?|[Cc]itizen(?: of)?|[Pp]assport of|[Pp]assport:|ationality:?|[Пп]аспорт|[Гг]ражданин|из)"
    r"\s+([A-Z]{2,3})\b"
    r"|\b(US|GB)(?=\s*(?:\b(?:and|or|и|или|және|немесе)\b|[/&-])\s*\w+\s+(?:dual\s+)?(?:citizen|passport|national))"
    r"|(?:\b(?:and|or|и|или|және|немесе)\s|[/&-])\s*(US|GB)\b(?!\s+(?:visa|green|resid|perm|dollar))"
)
_WORDS_IN_CAPITALS = frozenset({"MY", "IN", "NO", "IS", "IT", "DO", "SO", "TO", "BE", "ME", "AM", "AT", "BY", "ID"})
_SETTLED = WITHOUT_PASSPORT | frozenset(StatusKind)
"""Reasons that no guess at the spelling may undo."""
_MOST_CANDIDATES = 6
_LONG_WORD = 7
_MOST_TRIES = 8
_LONGEST_NAME = 6


class RecognitionStatus(StrEnum):
    """Whether the country is known, must be asked for, or is not there."""

    MATCH = "match"
    CHOOSE = "choose"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recognition:
    """The answer to one text.

    `candidates` holds the country of a match, two to six countries to choose from (best first), or nothing.
    `score` is 0..1. `reason` says why there is none (stateless, refugee, other_document, union, unrecognised, place,
    people, relative, destination, residence) or, on a match, `passport_of`: the name is of a land whose people hold
    that passport.
    """

    query: str
    status: RecognitionStatus
    country: str | None
    candidates: tuple[str, ...]
    score: float
    reason: str | None


class CountryRecognizer:
    """Recognises the country of a passport in Kazakh, Russian and English text. Build once, use from anywhere."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._speller = Speller(table)
        self._finder = MentionFinder(table, self._speller)
        self._kin = Kin(table)
        self._beginnings = Beginnings(table)

    @classmethod
    def from_data(cls, directory: Traversable | Path | None = None) -> "CountryRecognizer":
        """Read the name data of a directory; by default the data of the package."""
        return cls(NameTable.from_data(data_directory() if directory is None else directory))

    def recognize(self, text: str) -> Recognition:
        """What a text says about the traveller's passport. Pure; any text is answered."""
        clipped = text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        verbatim = self._table.codes.get(clipped.strip(_AROUND_A_CODE))
        if verbatim is not None:
            return _answer(text, Verdict(verbatim.codes, verbatim.reason), 0.9)
        emblems = self._of_flags(clipped)
        spelt = words(_CODE_BY_A_PASSPORT.sub(self._spelt_out, self._without_flags(clipped) if emblems else clipped))
        tokens = without_personal_names(spelt)
        found = statuses(tokens)
        if emblems is not None and not found:
            return _answer(text, emblems, 0.95)
        if not tokens:
            return _answer(text, Verdict(()), 0.0)
        exact = self._exact(tokens)
        if exact is not None:
            return _answer(text, Verdict(exact.codes, exact.reason), 1.0)
        verdict = self._of_sentence(tokens, found)
        if verdict is None and found:
            verdict = Verdict((), found[0].kind.value)
        if verdict is not None and (verdict.codes or verdict.reason):
            return _answer(text, verdict, 0.95)
        if verdict is None:
            verdict = self._of_other_layout(clipped, tokens)
        if verdict is not None:
            return _answer(text, verdict, 0.9)
        return self._of_misspelling(text, tokens)

    def begun(self, text: str) -> tuple[str, ...]:
        """The countries that somebody may be about to name: `text` begins one of their names. At most six."""
        return self._beginnings.of(text[:_LONGEST_TEXT])

    def destinations(self, text: str) -> tuple[str, ...]:
        """The countries other than Kazakhstan that a text says somebody goes to; none where Kazakhstan is named too."""
        tokens = words(text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8"))
        return destinations(tokens, self._finder.find(tokens))

    def named(self, text: str) -> tuple[str, ...]:
        """Every country other than Kazakhstan that a text names, as a passport or otherwise."""
        tokens = words(text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8"))
        codes = (code for mention in self._finder.find(tokens) for code in mention.entry.codes)
        return tuple(dict.fromkeys(code for code in codes if code != HOME))

    def _of_other_layout(self, text: str, tokens: list[str]) -> Verdict | None:
        if all(is_stop_word(token) or token == BREAK or self._table.is_everyday(token) for token in tokens):
            return None
        for keys in retyped(text):
            typed = words(keys)
            if any(len(token) > 2 for token in typed):
                exact = self._exact(typed)
                found = Verdict(exact.codes, exact.reason) if exact is not None else self._of_sentence(typed)
                if found is not None and found.codes:
                    return found
                guess = self._speller.guess(typed[0]) if len(typed) == 1 and len(typed[0]) >= _LONG_WORD else None
                if guess is not None and guess.edits[0] == 1 and guess.length >= _LONG_WORD - 1:
                    return Verdict(guess.codes[:1] if guess.certain else guess.codes)
        return None

    def _spelt_out(self, found: re.Match[str]) -> str:
        """A code beside a word for passport or citizenship, as the country's name: "US citizen"."""
        code = next(filter(None, found.groups()))
        name = self._table.names_of_codes.get(code)
        return found[0] if name is None or code in _WORDS_IN_CAPITALS else found[0].replace(code, name)

    def _exact(self, tokens: list[str]) -> Entry | None:
        entry = self._table.forms.get(" ".join(token for token in tokens if token != BREAK))
        if entry is None and len(tokens) > 1 and all(len(token) == 1 for token in tokens):
            entry = self._table.forms.get("".join(tokens))
        return entry

    def _of_flags(self, text: str) -> Verdict | None:
        entries = [self._table.codes[code] for code in flags(text) if code in self._table.codes]
        if not entries:
            return None
        codes = tuple(dict.fromkeys(code for entry in entries for code in entry.codes))
        return Verdict(codes[:_MOST_CANDIDATES], entries[0].reason if len(codes) == 1 else None)

    def _without_flags(self, text: str) -> str:
        """The text with the names of the countries in place of their flags."""
        return FLAG.sub(lambda pair: f" {self._table.names_of_codes.get(flags(pair[0])[0], '')} ", text)

    def _of_sentence(self, tokens: list[str], found: Sequence[Status] = ()) -> Verdict | None:
        mentions = self._finder.find(tokens)
        if not mentions:
            return None
        verdict = weigh(tokens, mentions, self._table, found)
        if len(verdict.codes) > 1 or found or verdict.reason in _SETTLED or any(token in ETHNIC for token in tokens):
            return verdict
        covered = {position for mention in mentions for position in range(mention.start, mention.end)}
        beside = [token for position, token in enumerate(tokens) if position not in covered and token != BREAK]
        if len(tokens) <= _LONGEST_NAME and not all(map(is_stop_word, beside)):
            guess = self._speller.guess("".join(token for token in tokens if token != BREAK))
            if guess is not None and guess.certain:
                return Verdict(guess.codes[:1])
        if not verdict.codes:
            return verdict
        rivals = [code for mention in mentions for code in self._kin.rivals(tokens, mention)]
        codes = tuple(dict.fromkeys([*rivals, *verdict.codes]))[:_MOST_CANDIDATES]
        return verdict if codes == verdict.codes else Verdict(codes)

    def _of_misspelling(self, text: str, tokens: list[str]) -> Recognition:
        content = [token for token in tokens if token != BREAK and not is_stop_word(token)]
        if not content:
            return _answer(text, Verdict(()), 0.0)
        everyday = self._table.is_everyday
        if len(content) == 1 and not everyday(content[0]):
            begun = self._speller.unfinished(content[0])
            if len(begun) > 1:
                return _answer(text, Verdict(begun), 0.5)
        phrase = "".join(content)
        tries = [phrase] if len(content) <= 4 and not (len(content) == 1 and everyday(content[0])) else []
        long_words = [token for token in content if len(token) >= _LONG_WORD and not everyday(token)]
        if len(content) > 1:
            tries += long_words
        of_a_passport = any(is_citizenship(token) or token in FROM for token in tokens)
        bare = (stem for token in long_words for stem in without_ending(token, russian=of_a_passport))
        tries += [stem for stem in bare if not everyday(stem)]
        for attempt in tries[:_MOST_TRIES]:
            guess = self._speller.guess(attempt)
            if guess is not None:
                codes = guess.codes[:1] if guess.certain else guess.codes
                return _answer(text, Verdict(codes), round(1 - guess.edits[0] / guess.length, 3))
        if len(content) == 1 and not everyday(content[0]):
            codes = self._speller.unfinished(content[0])
            if codes:
                return _answer(text, Verdict(codes), 0.6)
        return _answer(text, Verdict(()), 0.0)


def _answer(text: str, verdict: Verdict, score: float) -> Recognition:
    codes = verdict.codes
    if not codes:
        return Recognition(text, RecognitionStatus.NONE, None, (), 0.0, verdict.reason)
    if len(codes) == 1:
        return Recognition(text, RecognitionStatus.MATCH, codes[0], codes, score, verdict.reason)
    return Recognition(text, RecognitionStatus.CHOOSE, None, codes, min(score, 0.5), None)
