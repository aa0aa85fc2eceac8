"""The three languages of the product."""

from enum import StrEnum

__all__ = ["Language"]


class Language(StrEnum):
    """A language a traveller can choose; the value is its ISO 639-1 code."""

    KK = "kk"
    RU = "ru"
    EN = "en"
