"""One language at work: texts, dates, days, money and names the way its readers write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, get_day_names, get_month_names
from babel.numbers import format_decimal

from dialogs.says import Moment
from dialogs.texts import Texts
from knowledge.language import Language
from knowledge.recognition import display_name
from knowledge.zone import KAZAKHSTAN

__all__ = ["Voice"]

_NOON = time(12)
_LOCALES = {Language.KK: "kk_KZ", Language.RU: "ru_RU", Language.EN: "en_GB"}
_DATES = {Language.KK: "dd.MM.yyyy", Language.RU: "d MMMM yyyy 'г'.", Language.EN: "d MMMM yyyy"}


@dataclass(frozen=True, slots=True)
class Voice:
    """The texts in one language, with its formats. Kazakh dates are figures, so that no month needs a suffix."""

    texts: Texts
    language: Language

    def text(self, key: str, **values: object) -> str:
        """The text `key`. Raises TextError when it is missing."""
        return self.texts.get(self.language, key, **values)

    def told(self, key: str, values: Mapping[str, object]) -> str:
        """The text `key` with values as they are kept: a day is written as the language writes it."""
        shown = {name: self.date(value) if isinstance(value, date) else value for name, value in values.items()}
        return self.text(key, **shown)

    def count(self, key: str, n: int, **values: object) -> str:
        """The form of the text `key` that goes with `n`."""
        return self.texts.count(self.language, key, n, **values)

    def knows(self, key: str) -> bool:
        """Whether the catalogues have the text `key`."""
        return key in self.texts

    def moment(self, day: date, at: time | None = None) -> Moment:
        """A day, or a time of it in Kazakhstan. A whole day stands for its noon, the same day almost anywhere."""
        words = self.date(day) if at is None else f"{self.date(day)}, {at:%H:%M}"
        return Moment(words, int(datetime.combine(day, at or _NOON, KAZAKHSTAN).timestamp()))

    def date(self, day: date) -> str:
        """A day: 10.12.2026, 10 декабря 2026 г., 10 December 2026."""
        return _written(day, self.language)

    def dated(self, stamp: str) -> str:
        """A day given as ISO 8601; a year alone is a figure, and so is a month except in English (July 2025)."""
        match stamp.split("-"):
            case [_, _, _]:
                return self.date(date.fromisoformat(stamp))
            case [year, month]:
                return self.month(int(year), int(month)) if self.language is Language.EN else f"{month}.{year}"
        return stamp

    def month(self, year: int, month: int) -> str:
        """The head of a calendar: December 2026."""
        names = get_month_names("wide", "stand-alone", _LOCALES[self.language])
        name = str(names[month])
        return f"{name[0].upper()}{name[1:]} {year}"

    def weekdays(self) -> tuple[str, ...]:
        """Short names of the days of a week, Monday first."""
        names = get_day_names("short", "stand-alone", _LOCALES[self.language])
        return tuple(str(names[day]) for day in range(7))

    def days(self, n: int) -> str:
        """A number of days with its noun."""
        return self.count("format.days", n)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency."""
        figure = self.number(amount)
        key = f"money.{currency}"
        return (
            self.text(key, amount=figure) if self.knows(key) else self.text("money.other", amount=figure, code=currency)
        )

    def number(self, value: Decimal) -> str:
        """A figure with the decimal sign of the language."""
        return _figure(value, self.language)

    def country(self, code: str) -> str:
        """The name of a country or territory."""
        return display_name(code, self.language)


@lru_cache(maxsize=4096)
def _written(day: date, language: Language) -> str:
    """A day in figures and words; a review page has dozens, and Babel takes its time."""
    return format_date(day, _DATES[language], locale=_LOCALES[language])


@lru_cache(maxsize=1024)
def _figure(value: Decimal, language: Language) -> str:
    return format_decimal(value, locale=_LOCALES[language])
