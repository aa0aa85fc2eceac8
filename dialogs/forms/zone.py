"""The machine-readable zone of a passport: two lines of 44 characters (ICAO Doc 9303, part 4).

A text reaches us typed, pasted or read by a machine: in one line, with spaces, with a wrong number of fillers, with O
for 0. What a check digit verifies is repaired; nothing else is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.forms.form import Mistake
from dialogs.forms.states import state_of

__all__ = ["Zone", "check_digit", "looks_like_zone", "read_zone"]

_LINE = 44
_NAMES = 39
_SHORTEST = 25
_WEIGHTS = (7, 3, 1)
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "《": "<<", "≪": "<<", "＜": "<"})
_TO_FIGURE = str.maketrans("OQDILZSGB", "000112568")
_TO_LETTER = str.maketrans("01258", "OIZSB")
_F = r"[0-9OQDILZSGB]"
_SECOND = re.compile(rf"(?=([A-Z0-9<]{{9}}{_F}[A-Z0-9<]{{3}}{_F}{{2}}[0-9A-Z<]{{4}}{_F}[MFX<]{_F}{{7}}))")


@dataclass(frozen=True, slots=True)
class Zone:
    """What a zone says. A birth date that the passport does not know in full is None, and so is an unspecified sex.

    `sex` is "male" or "female". Countries are ISO alpha-2 codes, None where the zone names no state of today.
    `names_cut` tells that no filler follows the names, so that their end may be missing.
    """

    surname: str
    first_names: str
    sex: str | None
    birth_date: date | None
    citizenship: str | None
    passport_number: str
    passport_expires: date
    passport_country: str | None
    personal_number: str
    names_cut: bool


def check_digit(field: str) -> int:
    """The digit that must follow `field`. Raises ValueError on a character that no zone has."""
    values = (0 if letter == "<" else int(letter, 36) for letter in field)
    return sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10


def looks_like_zone(text: str) -> bool:
    """Whether somebody wrote or pasted a zone, whole or in part."""
    joined = "".join(_tidy(text).split())
    return len(joined) >= _SHORTEST and ("<<" in joined or _SECOND.search(joined) is not None)


def read_zone(text: str, today: date) -> Zone | Mistake:
    """The zone in `text`, when every check digit verifies; else the line and the field that do not fit."""
    joined = "".join(_tidy(text).split())
    joined = joined[max(joined.find("P<", 0, _LINE // 2), 0) :]
    if joined[:1] in ("I", "A", "C", "V") and len(joined) >= _SHORTEST:
        return Mistake("zone_of_another_document")
    starts = sorted((found.start() for found in _SECOND.finditer(joined)), key=lambda start: abs(start - _LINE))
    starts = [start for start in starts if start >= len("P<XXXA")]
    if not joined.startswith("P") or not starts:
        return Mistake("zone_lines", {"n": _LINE})
    readings = [_read(joined[:start], joined[start:], today) for start in starts]
    return next((reading for reading in readings if isinstance(reading, Zone)), readings[0])


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_FILLERS)).upper()


def _read(first: str, second: str, today: date) -> Zone | Mistake:
    names = _names(first)
    if isinstance(names, Mistake):
        return names
    mistake = Mistake("zone_length", {"n": _LINE})
    for line in _of_length(second):
        read = _second_line(line, first[2:5], names, today)
        if isinstance(read, Zone):
            return read
        mistake = read if len(second) == _LINE else mistake
    return mistake


def _names(first: str) -> tuple[str, str, bool] | Mistake:
    """Surname, first names, and whether no filler follows; those at the end may be too many or too few."""
    field = first[5:].rstrip("<")
    if len(field) > _NAMES:
        return Mistake("zone_names_length")
    surname, _, rest = field.replace("0", "O").partition("<<")
    if re.fullmatch(r"[A-Z]+(?:<[A-Z]+)*", surname) is None or re.fullmatch(r"(?:[A-Z]+(?:<[A-Z]+)*)?", rest) is None:
        return Mistake("zone_names")
    return surname.replace("<", " "), rest.replace("<", " "), not first.endswith("<")


def _of_length(second: str) -> Iterator[str]:
    """The line with 44 characters; where fillers are too many or too few, their longest run takes the difference."""
    missing = _LINE - len(second)
    if not missing:
        yield second
    runs = sorted(re.finditer(r"<+", second[28:]), key=lambda run: -len(run[0]))
    for run in runs[:1]:
        if missing and len(run[0]) + missing > 0:
            yield second[: 28 + run.start()] + "<" * (len(run[0]) + missing) + second[28 + run.end() :]


def _second_line(line: str, issuer: str, names: tuple[str, str, bool], today: date) -> Zone | Mistake:
    if re.fullmatch(r"[A-Z0-9<]*", line) is None:
        return Mistake("zone_personal_number")
    birth, expiry = _dated(line[13:20]), _dated(line[21:28])
    if not _verifies(birth):
        return Mistake("zone_birth_date")
    if not _verifies(expiry):
        return Mistake("zone_expiry")
    number = next((each for each in _spellings(line[:9]) if check_digit(each) == _figure(line[9])), None)
    if number is None:
        return Mistake("zone_number")
    own = next((each for each in _spellings(line[28:42]) if _optional(each, line[42])), None)
    if own is None:
        return Mistake("zone_personal_number")
    if check_digit(f"{number}{_figure(line[9])}{birth}{expiry}{own}{_check(line[42])}") != _figure(line[43]):
        return Mistake("zone_whole")
    expires, (known, born) = _day(expiry, _expiry_year(expiry, today)), _birth(birth, today)
    if expires is None or not known:
        return Mistake("zone_expiry" if expires is None else "zone_birth_date")
    surname, first_names, cut = names
    return Zone(
        surname=surname,
        first_names=first_names,
        sex={"M": "male", "F": "female"}.get(line[20]),
        birth_date=born,
        citizenship=state_of(_letters(line[10:13])),
        passport_number=number.rstrip("<"),
        passport_expires=expires,
        passport_country=state_of(_letters(issuer)),
        personal_number=own.rstrip("<"),
        names_cut=cut,
    )


def _letters(code: str) -> str:
    return code.translate(_TO_LETTER).rstrip("<")


def _dated(field: str) -> str:
    """YYMMDD with its check digit, in figures."""
    return field.translate(_TO_FIGURE)


def _figure(letter: str) -> int:
    """A check digit; -1 for what is none."""
    figure = letter.translate(_TO_FIGURE)
    return int(figure) if figure.isdecimal() else -1


def _check(letter: str) -> str:
    """The check digit of the personal number as the whole counts it; a filler stands where there is no number."""
    return letter if letter == "<" else str(max(_figure(letter), 0))


def _verifies(field: str) -> bool:
    return re.fullmatch(r"[0-9<]{6}[0-9]", field) is not None and check_digit(field[:6]) == int(field[6])


def _optional(personal: str, check: str) -> bool:
    if not personal.strip("<"):
        return check == "<" or _figure(check) == 0
    return check_digit(personal) == _figure(check)


def _spellings(field: str) -> Iterator[str]:
    """The field as it stands, then with 0 for each O behind a figure.

    Other letters are not taken for figures here: among several, one of them too often verifies by chance.
    """
    yield field
    repaired = re.sub(r"(?<=[0-9])O+", lambda found: "0" * len(found[0]), field)
    if repaired != field:
        yield repaired


def _day(field: str, year: int) -> date | None:
    try:
        return date(year, int(field[2:4]), int(field[4:6]))
    except ValueError:
        return None


def _expiry_year(field: str, today: date) -> int:
    """Passports are valid for twenty years at most: the year nearest to today."""
    year = today.year - today.year % 100 + int(field[:2]) if field[:2].isdecimal() else 0
    return min((year - 100, year, year + 100), key=lambda each: abs(each - today.year))


def _birth(field: str, today: date) -> tuple[bool, date | None]:
    """Whether the birth date can be one, and the date if it is written in full: the last such day that has come."""
    if "<" in field[:6]:
        return True, None
    century = today.year - today.year % 100
    days = (_day(field, each + int(field[:2])) for each in (century, century - 100))
    born = next((day for day in days if day is not None and day <= today), None)
    return born is not None, born
