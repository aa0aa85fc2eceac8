"""A count in words becomes a number: of months, of years, or of people."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from dialogs.reading.numbers import amount_at, measured
from dialogs.reading.words import fold, words

__all__ = ["read_count"]

# How many of a unit a length has, by the days of the unit that it is written in.
_IN = {"month": {30: 1.0, 180: 6.0, 365: 12.0}, "year": {30: 1 / 12, 180: 0.5, 365: 1.0}}
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_TOLERANCE = 1e-6
_HALF_YEAR = 180


def read_count(text: str, unit: str) -> int | None:
    """The whole number of `unit` ("month", "year" or "person") in `text`; None where it names none, or several."""
    return _people(text) if unit == "person" else _lengths(text, _IN[unit])


def _lengths(text: str, factors: Mapping[int, float]) -> int | None:
    """Months and years become each other where that is exact; weeks and days never do."""
    total = 0.0
    for days, unit in measured(text):
        unit = _HALF_YEAR if unit is None and _says_half_a_year(text) else unit
        factor = 1.0 if unit is None else factors.get(int(unit))
        if factor is None:
            return None
        total += days * factor if unit is None else days / unit * factor
    return round(total) if total > 0 and abs(total - round(total)) < _TOLERANCE else None


def _says_half_a_year(text: str) -> bool:
    """Whether 180 is no number that was written, but the days of a half-year in words."""
    said = f" {fold(text)} "
    return any(f" {word} " in said for word, number in words().numbers.items() if number == _HALF_YEAR)


def _people(text: str) -> int | None:
    beside, collective = _beside_people()
    said = fold(text)
    if said in collective:
        return collective[said]
    tokens = _TOKEN.findall(said)
    found: list[float] = []
    place = 0
    while place < len(tokens):
        amount = amount_at(tokens, place, words())
        if amount is not None:
            found.append(amount[0])
            place = amount[1]
            continue
        if tokens[place] in collective and tokens[place] not in beside:
            found.append(collective[tokens[place]])
        elif tokens[place] not in beside:
            return None
        place += 1
    return int(found[0]) if len(found) == 1 and found[0] == int(found[0]) else None


@cache
def _beside_people() -> tuple[frozenset[str], Mapping[str, int]]:
    """The words beside a number of people, and those that are one."""
    data = yaml.safe_load((files("dialogs") / "data" / "counts.yaml").read_text("utf-8"))
    collective = {fold(word): int(number) for number, said in data["collective"].items() for word in said}
    return frozenset(map(fold, data["people"])), MappingProxyType(collective)
