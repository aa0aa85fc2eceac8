"""A stay in words becomes a number of days: "10", "two weeks", "месяц и 10 дней", "бір ай"."""

import math
import re
import unicodedata
from dataclasses import dataclass, replace

from dialogs.reading.words import Words, fold, words

__all__ = ["NumberReading", "amount_at", "measured", "read_number"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_FIGURE = re.compile(r"\d{1,9}(?:[.,](?:00?|25|50?|75))?")
_TOO_LARGE = 1e9
_MORE = re.compile(r"[>≥]|\d\s*\+")
_APART = re.compile(r"[()=/–—-]")
_MINUS = re.compile(r"\s*[-−–]\s*\d")
_LONGEST_PHRASE = 3
_ARTICLES = frozenset({"a", "an"})
# A Kazakh unit with one of these says when, or more than: "аптада", "айдан".
_NO_LENGTH = ("да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен")
_HOUR_TOLERANCE = 0.01
_YEAR = 365


@dataclass(frozen=True, slots=True)
class NumberReading:
    """`value` is the number of days, None when the text has none; `several` when it has more than one number."""

    value: int | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Measure:
    """A length named in a text. `unit` is None for a number alone; `apart` when it does not
    continue the one before, `joined` when "and" stands between.
    """

    days: float
    unit: float | None
    implied: bool = False
    apart: bool = True
    joined: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """The lengths of a text; `unknown` words have no known part in one, `open` words leave its end open."""

    measures: tuple[_Measure, ...]
    unknown: bool
    open: bool


def read_number(text: str) -> NumberReading:
    """The number of days that `text` names: a month is 30 days, a year 365, a night one day more than nights.

    Nothing is guessed: several lengths, a date, an open length ("a few weeks", "more than 10 days") or a number of
    something else give no value. Broken days count whole, because a stay must not be thought shorter than it is.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = _found(plain)
    if found is None:
        return NumberReading()
    days = _together(found.measures, cut=_APART.search(plain) is not None)
    if days is None:
        return NumberReading(several=True)
    # "Ребёнку 5 лет" is an age.
    bare = any(measure.unit is None or measure.implied or measure.unit == _YEAR for measure in found.measures)
    if found.open or (found.unknown and bare) or (found.measures[0].unit is None and days != int(days)):
        return NumberReading()
    value = math.ceil(days - _HOUR_TOLERANCE)
    return NumberReading(-value if _MINUS.match(plain) is not None else value)


def measured(text: str) -> tuple[tuple[float, float | None], ...]:
    """The lengths that together are the one length in `text`, each with the days of its unit (None: a number alone).

    Empty where the text says anything else, leaves the end open, or names several lengths.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = _found(plain)
    if found is None or found.open or found.unknown or _MINUS.match(plain) is not None:
        return ()
    if _together(found.measures, cut=_APART.search(plain) is not None) is None:
        return ()
    distinct = dict.fromkeys((measure.days, measure.unit) for measure in found.measures)
    return tuple(distinct)


def _found(plain: str) -> _Found | None:
    """What a text says of lengths; None when it names none, or more than one."""
    tokens = [fold(token) if token[0].isalpha() else token for token in _TOKEN.findall(plain)]
    found = _measures(tokens, words())
    return None if found is None or not found.measures or _MORE.search(plain) is not None else found


def amount_at(tokens: list[str], start: int, known: Words) -> tuple[float, int] | None:
    """The number that begins at `start`, in figures or words, and where it ends; tens and units are added."""
    if tokens[start][0].isdigit():
        figure = tokens[start]
        if _FIGURE.fullmatch(figure) is not None:
            return float(figure.replace(",", ".")), start + 1
        return (_TOO_LARGE, start + 1) if figure.isdecimal() else None
    first = _phrase(tokens, start, known)
    if first is None:
        return None
    total, place = first
    if tokens[start] in _ARTICLES and place - start == 1:
        return total, place
    following = _phrase(tokens, place, known)
    if following is not None and 1 <= total < 10 and following[0] == 100:
        total, place = total * 100, following[1]
        following = _phrase(tokens, place, known)
    step = 100 if total % 100 == 0 else 10
    while (
        following is not None
        and tokens[place] not in _ARTICLES
        and total >= 20
        and total % step == 0
        and 1 <= following[0] < step
    ):
        total, place = total + following[0], following[1]
        following = _phrase(tokens, place, known)
        step = 10
    return total, place


def _phrase(tokens: list[str], start: int, known: Words) -> tuple[float, int] | None:
    for end in range(min(start + _LONGEST_PHRASE, len(tokens)), start, -1):
        value = known.numbers.get(" ".join(tokens[start:end]))
        if value is not None:
            return value, end
    return None


def _measures(tokens: list[str], known: Words) -> _Found | None:
    """The lengths in a text; None when it holds a date, or a form that names no length."""
    measures: list[_Measure] = []
    unknown = open_ended = False
    apart = True
    place = 0
    before = ""
    while place < len(tokens):
        role, end = _role(tokens, place, known)
        if end - place == 1 or role is None:
            read = _measure(tokens, place, known, about=before == "about")
            if read is not None:
                measure, end = read
                if measure is None or _beside_a_month(tokens, place, end, known):
                    return None
                open_ended = open_ended or (place > 0 and tokens[place - 1] in known.after)
                measures.append(replace(measure, apart=apart, joined=before == "join"))
                apart, before, place = False, "", end
                continue
        if role is None and tokens[place][0].isdigit():
            return None
        open_ended = open_ended or role == "open"
        unknown = unknown or role in (None, "half")
        apart = apart or role != "join"
        before, place = role or "", end
    return _Found(tuple(measures), unknown, open_ended)


def _role(tokens: list[str], start: int, known: Words) -> tuple[str | None, int]:
    """What the words at `start` do beside a length, and where they end."""
    for end in range(min(start + _LONGEST_PHRASE, len(tokens)), start, -1):
        role = known.around_a_length.get(" ".join(tokens[start:end]))
        if role is not None:
            return role, end
    return None, start + 1


def _measure(tokens: list[str], start: int, known: Words, *, about: bool) -> tuple[_Measure | None, int] | None:
    """The length that begins at `start`; a None inside when a unit stands there that needs a number."""
    amount = amount_at(tokens, start, known)
    number, place = amount if amount is not None else (None, start)
    if number is not None:
        number, place = _with_half(tokens, place, number, known)
    unit_place = place
    while (
        number is not None and unit_place < len(tokens) and known.around_a_length.get(tokens[unit_place]) == "between"
    ):
        unit_place += 1
    unit = _unit(tokens, unit_place, known)
    if unit is None:
        if number is None or (place - start == 1 and tokens[start] in _ARTICLES):
            return None
        return _Measure(number, None), place
    word = tokens[unit_place]
    place = unit_place + 1
    if number is not None:
        number, place = _with_half(tokens, place, number, known)
        return _length(number, unit), place
    counted = word in known.counted
    after = amount_at(tokens, place, known) if counted and place < len(tokens) else None
    if after is not None and _unit(tokens, after[1], known) is None:
        return _length(after[0], unit), after[1]
    about = about or (place < len(tokens) and known.around_a_length.get(tokens[place]) == "about")
    if (counted or (word not in known.units and word.endswith(_NO_LENGTH))) and not about:
        return None, place
    number, place = _with_half(tokens, place, 1.0, known)
    length = _length(number, unit)
    return (None if length is None else replace(length, implied=True)), place


def _with_half(tokens: list[str], place: int, number: float, known: Words) -> tuple[float, int]:
    if place < len(tokens):
        role, end = _role(tokens, place, known)
        if role == "half":
            return number + 0.5, end
    return number, place


def _unit(tokens: list[str], place: int, known: Words) -> float | None:
    """The days of the unit at `place`; 0 for nights, which are counted between days."""
    if place >= len(tokens):
        return None
    return 0.0 if known.around_a_length.get(tokens[place]) == "night" else known.unit_of(tokens[place])


def _length(number: float, unit: float) -> _Measure | None:
    if unit:
        return _Measure(number * unit, unit)
    return _Measure(number + 1, unit) if number >= 1 and number == int(number) else None


def _beside_a_month(tokens: list[str], start: int, end: int, known: Words) -> bool:
    beside = [*tokens[max(start - 1, 0) : start], *tokens[end : end + 1]]
    return any(
        token not in known.around_a_length and token not in known.numbers and known.unit_of(token) is None
        and known.month_of(token) is not None
        for token in beside
    )  # fmt: skip


def _together(measures: tuple[_Measure, ...], *, cut: bool) -> float | None:
    """One length of all: the same said twice, or a rest under the unit before it ("месяц и 10 дней")."""
    first, *others = measures
    if all(measure.unit is not None and measure.days == first.days and not measure.joined for measure in others) and (
        first.unit is not None or not others
    ):
        return first.days
    larger = first.unit
    for measure in others:
        if (
            cut
            or measure.apart
            or not larger
            or not measure.unit
            or not measure.days < larger
            or measure.unit >= larger
        ):
            return None
        larger = measure.unit
    return sum(measure.days for measure in measures)
