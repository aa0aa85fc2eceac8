"""An amount of money: a number as any of three habits groups it, and a currency."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dialogs.forms.form import Mistake, Reading, Written, veiled
from dialogs.reading.words import clip, fold

__all__ = ["Amount"]

_MOST = Decimal(10) ** 12
_FIGURE = re.compile(r"[0-9][0-9., '’]*")
_VALUE = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{2})? (KZT|USD|EUR)")
_GROUPED = tuple(
    re.compile(rf"(?P<whole>[0-9]{{1,3}}(?:{group}[0-9]{{3}})+|[0-9]+)(?:[{point}](?P<part>[0-9]{{1,2}}))?")
    for group, point in (("[ '’]", ".,"), (",", "."), (r"\.", ","))
)
_SIGNS = "₸$€"
_SPACE = "\N{NO-BREAK SPACE}"


class Amount:
    """Kept as "185 USD" or "1500.50 KZT"."""

    def read(self, text: str) -> Reading:
        """The one number and the one currency in the text."""
        said = unicodedata.normalize("NFKC", clip(text))
        figures = _FIGURE.findall(said)
        number = _number(figures[0].rstrip(" .,'’")) if len(figures) == 1 else None
        if number is None or re.search(r"[-−–]\s*\d", said) is not None:
            return Mistake("amount_number")
        words = _words(said.replace(figures[0], " ", 1))
        currencies, multipliers = _beside()
        factors = [multipliers[word] for word in words if word in multipliers]
        named = {currencies[word] for word in words if word in currencies}
        if len(named) != 1 or len(factors) > 1:
            return Mistake("amount_currency")
        value = number * (factors[0] if factors else 1)
        if not 0 < value < _MOST:
            return Mistake("amount_number")
        figure = str(int(value)) if value == int(value) else f"{value:.2f}"
        return Written(f"{figure} {named.pop()}")

    def is_valid(self, value: str) -> bool:
        """Whether it is an amount in the spelling that is kept."""
        found = _VALUE.fullmatch(value)
        return found is not None and found[2] != ".00" and 0 < Decimal(value.split(" ")[0]) < _MOST

    def shown(self, value: str) -> str:
        """With spaces between thousands."""
        figure, _, currency = value.partition(" ")
        whole, point, part = figure.partition(".")
        return f"{int(whole):,}".replace(",", _SPACE) + f"{point}{part}{_SPACE}{currency}"

    def masked(self, value: str) -> str:
        """Nothing of it."""
        return veiled(value, first=0, last=0)


def _number(figure: str) -> Decimal | None:
    """The number, None when no habit writes it so: groups of three, and at most two figures after the point."""
    for habit in _GROUPED:
        found = habit.fullmatch(figure)
        if found is not None:
            whole = re.sub(r"\D", "", found["whole"])
            if whole.startswith("0") and len(whole) > 1:
                return None
            return Decimal(f"{whole}.{found['part'] or 0}")
    return None


def _words(text: str) -> list[str]:
    """The words and signs beside the figure."""
    return [*(letter for letter in text if letter in _SIGNS), *fold(text).split()]


@cache
def _beside() -> tuple[Mapping[str, str], Mapping[str, int]]:
    """The words for currencies and for thousands."""
    data = yaml.safe_load((files("dialogs") / "data" / "amounts.yaml").read_text("utf-8"))
    currencies = {fold(word) or word: code for code, said in data["currencies"].items() for word in said}
    multipliers = {fold(word): int(factor) for factor, said in data["multipliers"].items() for word in said}
    return MappingProxyType(currencies), MappingProxyType(multipliers)
