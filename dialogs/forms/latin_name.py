"""A surname or first names as a passport has them: capital Latin letters, hyphens, apostrophes and spaces."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from dialogs.forms.alphabets import alphabets
from dialogs.forms.form import Mistake, Reading, Unsure, Written, veiled
from dialogs.reading.words import clip, fold

__all__ = ["LatinName"]

_LONGEST = 80
_MOST_WORDS = 8
_NAME = re.compile(r"[A-Z]+(?:'[A-Z]+)*'?(?:[ -][A-Z]+(?:'[A-Z]+)*'?)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘ʻ", "'") | dict.fromkeys("‐‑–—−", "-"))


@cache
def _beside_names() -> tuple[frozenset[str], frozenset[str]]:
    """Titles, and the words of sentences about a name."""
    data = yaml.safe_load((files("dialogs") / "data" / "names.yaml").read_text("utf-8"))
    return frozenset(map(fold, data["titles"])), frozenset(map(fold, data["sentences"]))


class LatinName:
    """Names in other letters are proposed in Latin ones; only the person knows how the passport writes them."""

    def read(self, text: str) -> Reading:
        """The name in capitals, or a proposal to compare with the passport."""
        said = unicodedata.normalize("NFKC", clip(text)).translate(_APOSTROPHES).upper().strip(" ,;")
        said = re.sub(r"\s*-\s*", "-", " ".join(said.split()))
        mistake = _mistake(said)
        if mistake is not None:
            return mistake
        if _NAME.fullmatch(said) is not None:
            return Written(said) if len(said) > 1 else Unsure(said, "latin_name_one_letter")
        proposed = " ".join(map(_in_latin, said.split()))
        if _NAME.fullmatch(proposed) is None or len(proposed) > _LONGEST:
            return Mistake("latin_name_letters")
        return Unsure(proposed, "latin_name_other_letters")

    def is_valid(self, value: str) -> bool:
        """Whether these are names in capitals."""
        return len(value) <= _LONGEST and _NAME.fullmatch(value) is not None

    def shown(self, value: str) -> str:
        """As in the passport."""
        return value

    def masked(self, value: str) -> str:
        """The first letter."""
        return veiled(value, last=0)


def _mistake(said: str) -> Mistake | None:
    """What no name has, whatever its letters."""
    titles, sentences = _beside_names()
    folded = fold(said)
    if not folded:
        return Mistake("latin_name_letters")
    if any(letter.isdigit() for letter in said):
        return Mistake("latin_name_digits")
    if any(folded == title or folded.startswith(f"{title} ") for title in titles):
        return Mistake("latin_name_title")
    if "?" in said or any(f" {phrase} " in f" {folded} " for phrase in sentences):
        return Mistake("latin_name_sentence")
    if len(said) > _LONGEST or len(said.split()) > _MOST_WORDS:
        return Mistake("latin_name_sentence")
    return Mistake("latin_name_initials") if "." in said else None


def _in_latin(word: str) -> str:
    """One word; where it mixes Latin letters with Cyrillic ones that look the same, those were meant."""
    if any("A" <= letter <= "Z" for letter in word):
        word = alphabets().by_look(word)
    return alphabets().transliterated(word)
