"""The words people type, in three languages, and the folding that makes their spellings equal."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml
from rapidfuzz import fuzz, process

__all__ = ["LONGEST_TEXT", "Words", "clip", "fold", "is_question", "words"]

LONGEST_TEXT = 300
"""Characters of a message that are read; no answer is longer."""

_LETTERS = str.maketrans("ёәғқңөұүһі", "еагкноуухи")
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_SHORTEST_WITH_TYPOS = 4
_SIMILAR = 84.0


def clip(text: str) -> str:
    """The readable start of a message: no control characters, single spaces, at most LONGEST_TEXT characters."""
    start = text[: 4 * LONGEST_TEXT]
    if start.isprintable():
        return " ".join(start.split())[:LONGEST_TEXT]
    kept = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Zs"} else letter
        for letter in start
        if unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(kept.split())[:LONGEST_TEXT]


def fold(text: str) -> str:
    """Words in one spelling: lower case, Kazakh letters as people type them without a Kazakh keyboard, no marks."""
    return " ".join(_ALPHANUMERIC.findall(unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)))


def is_question(text: str) -> bool:
    """Whether a text asks something: by its mark, or by a word such as "how", "нужно ли", "қалай"."""
    folded = f" {fold(text)} "
    return text.rstrip().endswith("?") or any(f" {word} " in folded for word in words().questions)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `data/words.yaml`, `data/options` and `data/corrections.yaml`, folded: what each word means."""

    commands: Mapping[str, str]
    languages: Mapping[str, str]
    answers: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]
    units: Mapping[str, float]
    numbers: Mapping[str, float]
    months: Mapping[str, float]
    days_from_today: Mapping[str, float]
    endings: frozenset[str]
    after: frozenset[str]
    next: frozenset[str]
    weekdays: Mapping[str, float]
    ordinals: Mapping[str, float]
    around_a_day: Mapping[str, str]
    around_a_length: Mapping[str, str]
    counted: frozenset[str]
    negations: frozenset[str]
    home_names: frozenset[str]
    citizens: frozenset[str]
    corrections: frozenset[str]
    labels: Mapping[str, tuple[str, ...]]
    questions: frozenset[str]

    def unit_of(self, word: str) -> float | None:
        """The days in the unit of time that a folded word names, with a Kazakh ending or not."""
        return next((self.units[stem] for stem in self._stems(word) if stem in self.units), None)

    def month_of(self, word: str) -> int | None:
        """The month that a word names, with a Kazakh ending or a typo."""
        folded = fold(word)
        found = next((stem for stem in self._stems(folded) if stem in self.months), None) or self.nearest(
            folded, self.months
        )
        return None if found is None else int(self.months[found])

    def weekday_of(self, word: str) -> int | None:
        """The day of the week that a folded word names, Monday is 1; with a Kazakh ending or not."""
        return next((int(self.weekdays[stem]) for stem in self._stems(word) if stem in self.weekdays), None)

    def _stems(self, word: str) -> Iterator[str]:
        """The word as it is, then without each ending that it may carry."""
        yield word
        yield from (word.removesuffix(ending) for ending in sorted(self.endings) if word.endswith(ending))

    @staticmethod
    def nearest(text: str, known: Iterable[str], similar: float = _SIMILAR) -> str | None:
        """The known word that `text` is, or is a likely typo of; None when there is none or two are equally near."""
        folded = fold(text)
        spellings = list(dict.fromkeys(known))
        if folded in spellings:
            return folded
        if len(folded) < _SHORTEST_WITH_TYPOS:
            return None
        longer = [word for word in spellings if len(word) >= _SHORTEST_WITH_TYPOS]
        best = process.extract(folded, longer, scorer=fuzz.ratio, limit=2, score_cutoff=similar)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return str(best[0][0])


@cache
def words() -> Words:
    """The word lists of the product, read once."""
    folder = files("dialogs") / "data"
    data = yaml.safe_load((folder / "words.yaml").read_text("utf-8"))
    repair = yaml.safe_load((folder / "corrections.yaml").read_text("utf-8"))
    return Words(
        commands=_meaning(data["commands"]),
        languages=_meaning(data["languages"]),
        answers=_meaning(data["answers"]),
        options=_options(folder / "options"),
        units=_figures(data["units"]),
        numbers=_figures(data["numbers"]),
        months=_figures(data["months"]),
        days_from_today=_figures(data["days_from_today"]),
        endings=_folded(data["endings"]),
        after=_folded(data["after"]),
        next=_folded(data["next"]),
        weekdays=_figures(data["weekdays"]),
        ordinals=_figures(data["ordinals"]),
        around_a_day=_meaning(data["around_a_day"]),
        around_a_length=_meaning(data["around_a_length"]),
        counted=_folded(data["counted"]),
        negations=_folded(data["negations"]),
        home_names=_folded(data["home_names"]),
        citizens=_folded(data["citizens"]),
        corrections=_folded(repair["corrections"]),
        questions=_folded(repair["questions"]),
        labels=MappingProxyType({key: tuple(map(fold, said)) for key, said in repair["labels"].items()}),
    )


def _options(folder: Traversable) -> Mapping[str, tuple[str, ...]]:
    """The words for each option; a theme (a file) may add words to an option of another."""
    found: dict[str, tuple[str, ...]] = {}
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        for option, said in yaml.safe_load(part.read_text("utf-8")).items():
            found[option] = (*found.get(option, ()), *(fold(word) for word in said))
    return MappingProxyType(found)


def _folded(said: list[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in said)


def _meaning(lists: Mapping[str, list[str]]) -> Mapping[str, str]:
    return MappingProxyType({fold(word): str(meaning) for meaning, said in lists.items() for word in said})


def _figures(lists: Mapping[Any, list[str]]) -> Mapping[str, float]:
    return MappingProxyType({fold(word): float(figure) for figure, said in lists.items() for word in said})
