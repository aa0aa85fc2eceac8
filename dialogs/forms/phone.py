"""A telephone number, kept as E.164; without a country code it is one of Kazakhstan."""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from dialogs.forms.form import Mistake, Reading, Unsure, Written, veiled
from dialogs.reading.words import clip

__all__ = ["Phone"]

_HOME = "KZ"
_LABEL = re.compile(r"^[^\d+(]+")
_NUMBER = re.compile(r"\+?[\d\s()./‐‑–—-]+")


class Phone:
    """A number that the plan of its country knows; others of a possible length have to be confirmed."""

    def read(self, text: str) -> Reading:
        """The number, written with 8, +7, 00 or the code of any country."""
        said = _LABEL.sub("", _plain_digits(clip(text)))
        if _NUMBER.fullmatch(said) is None:
            return _mistake("phone_not_a_number")
        said = re.sub(r"^00", "+", said)
        number = _parsed(said)
        if number is None or not phonenumbers.is_possible_number(number):
            return _mistake("phone_length", said)
        value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        return Written(value) if phonenumbers.is_valid_number(number) else Unsure(value, "phone_unknown")

    def is_valid(self, value: str) -> bool:
        """Whether it is a possible number as E.164."""
        number = _parsed(value) if value.startswith("+") else None
        return (
            number is not None
            and phonenumbers.is_possible_number(number)
            and phonenumbers.format_number(number, PhoneNumberFormat.E164) == value
        )

    def shown(self, value: str) -> str:
        """The number in groups, as people abroad write it."""
        number = _parsed(value)
        return value if number is None else phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)

    def masked(self, value: str) -> str:
        """The plus with one figure, and the last two."""
        return veiled(value, first=2)


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in unicodedata.normalize("NFKC", text))


def _parsed(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, _HOME)
    except NumberParseException:
        return None


def _mistake(key: str, said: str = "") -> Mistake:
    """What is wrong, with an example of the country whose code was written."""
    example = phonenumbers.example_number_for_type(_region(said), PhoneNumberType.MOBILE)
    example = example or phonenumbers.example_number_for_type(_HOME, PhoneNumberType.MOBILE)
    shown = "" if example is None else phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
    return Mistake(key, {"example": shown})


def _region(said: str) -> str:
    """The country of the code after a plus. The code 7 is shared: what begins with it is taken for Kazakhstan."""
    figures = re.sub(r"\D", "", said) if said.startswith("+") else ""
    codes = (figures[:length] for length in range(3, 0, -1))
    regions = (phonenumbers.region_code_for_country_code(int(code)) for code in codes if code)
    region = next((region for region in regions if region not in ("ZZ", "001")), _HOME)
    return _HOME if region == "RU" else region
