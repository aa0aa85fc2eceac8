"""A day in words: tokens become marks, one letter each, and only known orders of marks are read.

The letters: d, t, n a day of one figure, of two figures (or a short year), or with an ordinal ending; y, Y a year of
two or four figures; g "year"; M a month; K a weekday; k "day of the month"; o "of"; r "to"; u "until"; f a word that
says nothing about the day; w any other; x a word that leaves the day open; N a figure that is none of these.
"""

import re
from dataclasses import dataclass

from dialogs.reading.words import Words, fold

__all__ = ["NamedDay", "Shape", "shape_of", "without_times"]

_HOUR = r"\d{1,2}(?::\d{2})?"
_TIMES = re.compile(
    r"\b(?:в|at|к|by|около|сағат|сагат)?\s*"
    rf"(?:\d{{1,2}}:\d{{2}}(?:\s*(?:am|pm))?|{_HOUR}\s*(?:am|pm|a\.m\.|p\.m\.|h|hrs|o['’]clock|утра|вечера|ночи|час(?:а|ов)?(?:\s+дня)?)"
    rf"|(?:сағат|сагат|таңғы|тангы|кешкі|кешки|түнгі|түскі|таңертеңгі)\s+(?:сағат\s+)?{_HOUR}(?:-?[дт][ае])?)(?!\w)",
    re.IGNORECASE,
)
_ENDINGS = (
    "st|nd|rd|th|го|ого|е|ое|ы|і|и|ші|шы|інші|ншы|нші|да|де|та|те|нан|нен|дан|ден|тан|тен|сы|сі|ына|іне|сына|сіне|не|на"
    "|ға|ге|інен|ынан|сынан|сінен|інде|ында|сында|сінде|нда|нде"
)
_TOKEN = re.compile(
    rf"(?P<short>['’]\d{{2}}(?!\d))|(?P<nth>\d{{1,2}}-?(?:{_ENDINGS})(?!\w))"
    r"|(?P<figure>\d+)|(?P<word>[^\W\d_]+)|(?P<dash>[-–—])|(?P<comma>[,(])"
)
_LAST_DAY = 31
_TENS = 20
_DAY = r"[dtn]"
_TO = r"[-ru]"
_YEAR = r"(?:,?Yg?|[ty](?!k)g?)?"
_FULL_YEAR = r"(?:,?Yg?)?"
_RANGES = (
    re.compile(rf"(?P<day>{_DAY}){_TO}(?P<last>{_DAY})o?-?(?P<month>M)(?P<year>{_YEAR})u?"),
    re.compile(rf"(?P<day>{_DAY})(?P<last>{_DAY})(?P<month>M)(?P<year>{_YEAR})u"),
    re.compile(
        rf"(?P<month>M)o?(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY})k?|(?P<last_day>{_DAY})u)(?P<year>{_FULL_YEAR})u?"
    ),
    re.compile(
        rf"(?P<day>{_DAY})o?(?P<month>M){_FULL_YEAR}{_TO}(?P<last>{_DAY})o?(?P<last_month>M)(?P<year>{_YEAR})u?"
    ),
    re.compile(rf"(?P<month>M)(?P<day>{_DAY}){_FULL_YEAR}{_TO}(?P<last_month>M)(?P<last>{_DAY})(?P<year>{_FULL_YEAR})"),
    re.compile(rf"(?P<day>{_DAY})(?P<month>M)(?P<last>{_DAY})(?P<last_month>M)(?P<year>{_FULL_YEAR})u"),
)
_DAYS = (
    re.compile(rf"(?P<year>Yg?),?(?P<day>{_DAY})o?-?(?P<month>M)"),
    re.compile(rf"(?P<year>Yg?)-?(?P<month>M)-?(?P<day>{_DAY})k?"),
    re.compile(rf"(?P<day>{_DAY})-?[ok]?o?-?(?P<month>M)-?(?P<year>{_YEAR})"),
    re.compile(rf"(?P<month>M)-?o?(?P<day>{_DAY})k?(?P<year>{_FULL_YEAR})"),
    re.compile(r"(?P<year>Yg?),?(?P<month>M)"),
    re.compile(rf"(?P<month>M)(?P<year>{_FULL_YEAR})"),
)
_LEFT = re.compile(r"[wfokr,-]*")
_ALONE = re.compile(r"[fo]*(?:(?P<weekday>K)k?|(?P<day>n|[dt]k)k?)[f,]*")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as written: parts that are not written are None."""

    day: int | None
    month: int | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """`first` is the day named, or the first of a range that ends on `last`; `weekday` counts from Monday as 1."""

    first: NamedDay | None = None
    last: NamedDay | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    sign: str
    value: int = 0


def without_times(text: str, known: Words) -> str:
    """The text without times of the day and lengths of a stay in figures, so that no such figure is a day or a year."""
    timeless = _TIMES.sub(" ", text)

    def kept(found: re.Match[str]) -> str:
        word = fold(found[2])
        role = known.around_a_day.get(word)
        length = role not in ("year", "day") and (
            known.unit_of(word) is not None or known.around_a_length.get(word) == "night"
        )
        return " " if length else found[0]

    return re.sub(r"(?<![\w.,/])(\d+)\s*-?\s*([^\W\d_]+)", kept, timeless)


def shape_of(text: str, known: Words) -> Shape | None:
    """The one day, range or weekday in `text`; None when it has none. An empty shape is one that cannot be sure."""
    marks = _marks(without_times(text.casefold(), known), known)
    signs = "".join(mark.sign for mark in marks)
    if "M" not in signs:
        alone = _ALONE.fullmatch(signs)
        if alone is None:
            return None
        if alone["weekday"] is not None:
            return Shape(weekday=marks[alone.start("weekday")].value)
        return Shape(NamedDay(marks[alone.start("day")].value, None))
    if "x" in signs:
        return Shape()
    for pattern in (*_RANGES, *_DAYS):
        found = pattern.search(signs)
        if found is not None and _stands_alone(signs, found):
            weekdays = {mark.value for mark in marks if mark.sign == "K"}
            return _shape(found, marks, weekdays.pop() if len(weekdays) == 1 else None)
    return Shape()


def _stands_alone(signs: str, found: re.Match[str]) -> bool:
    """Whether nothing beside a shape can change its day: no other figure, and no "to" or "until" before it."""
    before, after = signs[: found.start()], signs[found.end() :]
    left = (before + after).replace("K", "w")
    return _LEFT.fullmatch(left) is not None and not before.endswith("r")


def _shape(found: re.Match[str], marks: list[_Mark], weekday: int | None) -> Shape:
    parts = found.groupdict()

    def value(name: str) -> int | None:
        return marks[found.start(name)].value if parts.get(name) else None

    year_at = next((place for place in range(*found.span("year")) if marks[place].sign in "Yty"), None)
    year = None if year_at is None else marks[year_at].value
    if year is not None and year < 100:
        year += 2000
    month = value("month")
    last = value("last") or value("last_day")
    first = NamedDay(value("day"), month, year if last is None else None)
    if last is None:
        return Shape(first, weekday=weekday)
    end = NamedDay(last, value("last_month") or month, year)
    inside = next((mark.value for mark in marks[found.start() : found.start("year")] if mark.sign == "Y"), None)
    if inside is None:
        return Shape(first, end, weekday)
    begin = NamedDay(first.day, month, inside)
    return Shape(begin, weekday=weekday) if year is None or _order(begin) < _order(end) else Shape()


def _order(day: NamedDay) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def _marks(text: str, known: Words) -> list[_Mark]:
    tokens = [(str(match.lastgroup), match.group()) for match in _TOKEN.finditer(text)]
    tokens = [token for token in tokens if known.around_a_day.get(token[1]) != "article"]
    marks: list[_Mark] = []
    place = 0
    while place < len(tokens):
        kind, said = tokens[place]
        place += 1
        if kind == "word":
            following = [place] if tokens[place : place + 1] != [("dash", "-")] else [place + 1]
            said_next = [fold(tokens[at][1]) for at in following if at < len(tokens)]
            nth = _ordinal([fold(said), *said_next], known)
            if nth is not None:
                marks.append(_Mark("n", nth[0]))
                place = following[0] + 1 if nth[1] == 2 else place
                continue
        marks.append(_mark(kind, said, known))
    return marks


def _ordinal(folded: list[str], known: Words) -> tuple[int, int] | None:
    """The day that ordinal words name, and how many words it takes."""
    for length in range(len(folded), 0, -1):
        value = known.ordinals.get(" ".join(folded[:length]))
        if value is not None:
            return int(value), length
    tens = known.numbers.get(folded[0])
    unit = known.ordinals.get(folded[1]) if len(folded) == 2 else None
    if tens is not None and tens in (20, 30) and unit is not None and unit < 10:
        return int(tens + unit), 2
    return None


def _mark(kind: str, said: str, known: Words) -> _Mark:
    if kind in ("dash", "comma"):
        return _Mark("-" if kind == "dash" else ",")
    if kind == "short":
        return _Mark("y", int(said[1:]))
    if kind == "nth":
        value = int(re.match(r"\d+", said)[0])  # type: ignore[index]
        return _Mark("n" if 1 <= value <= _LAST_DAY else "N", value)
    if kind == "figure":
        return _figure(said)
    word = fold(said)
    role = known.around_a_day.get(word)
    if role is not None:
        return _Mark({"of": "o", "day": "k", "year": "g", "to": "r", "until": "u", "filler": "f"}.get(role, "x"))
    if word in known.after or word in known.next:
        return _Mark("x")
    weekday = known.weekday_of(word)
    if weekday is not None:
        return _Mark("K", weekday)
    if known.numbers.get(word, 0) >= _TENS:
        return _Mark("N")
    month = None if word in known.numbers or known.unit_of(word) is not None else known.month_of(word)
    return _Mark("w") if month is None else _Mark("M", month)


def _figure(said: str) -> _Mark:
    if len(said) > 4 or len(said) == 3:
        return _Mark("N")
    value = int(said)
    if len(said) == 4:
        return _Mark("Y", value)
    if len(said) == 1:
        return _Mark("d" if value else "N", value)
    return _Mark("t" if 1 <= value <= _LAST_DAY else "y", value)
