"""Letters of other alphabets in the Latin letters of a passport (`data/transliteration.yaml`)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

__all__ = ["Alphabets", "alphabets"]


@dataclass(frozen=True, slots=True)
class Alphabets:
    """Capital letters and what they become."""

    russian: Mapping[str, str]
    kazakh: Mapping[str, str]
    latin: Mapping[str, str]
    look_alikes: Mapping[str, str]

    def transliterated(self, text: str) -> str:
        """Capitals in Latin letters; a letter of an alphabet that is not listed stays as it is."""
        if any(letter in self.kazakh and letter not in self.russian for letter in text):
            return self._with_marks(
                "".join(self.kazakh.get(letter, self.russian.get(letter, letter)) for letter in text)
            )
        return self._with_marks("".join(self.russian.get(letter, letter) for letter in text))

    def by_look(self, text: str) -> str:
        """Capitals with the Latin letters that Cyrillic ones look like."""
        return "".join(self.look_alikes.get(letter, letter) for letter in text)

    def _with_marks(self, text: str) -> str:
        replaced = "".join(self.latin.get(letter, letter) for letter in text)
        return "".join(letter for letter in unicodedata.normalize("NFD", replaced) if not unicodedata.combining(letter))


@cache
def alphabets() -> Alphabets:
    """The tables of the product, read once."""
    data = yaml.safe_load((files("dialogs") / "data" / "transliteration.yaml").read_text("utf-8"))
    return Alphabets(**{name: MappingProxyType(table) for name, table in data.items()})
