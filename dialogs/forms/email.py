"""An e-mail address in Latin letters; likely slips of the pen are asked about."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml
from email_validator import EmailNotValidError, validate_email

from dialogs.forms.form import Mistake, Reading, Unsure, Written, veiled
from dialogs.reading.words import clip

__all__ = ["Email"]

_AROUND = " <>()[]{}«»\"',;:."


class Email:
    """One address whose form is right; whether it exists is not looked up."""

    def read(self, text: str) -> Reading:
        """The one word with an @."""
        said = unicodedata.normalize("NFKC", clip(text)).replace("mailto:", " ")
        found = [word.strip(_AROUND) for word in said.split() if "@" in word]
        if len(found) > 1:
            return Mistake("email_several")
        address = _address(found[0]) if found else None
        if address is None:
            return Mistake("email_form")
        meant = _meant(address)
        return Written(address) if meant == address else Unsure(meant, "email_typo", {"written": address})

    def is_valid(self, value: str) -> bool:
        """Whether it is an address in the spelling that is kept."""
        return _address(value) == value

    def shown(self, value: str) -> str:
        """As it is written."""
        return value

    def masked(self, value: str) -> str:
        """The first character and the last two."""
        return veiled(value)


def _address(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except (EmailNotValidError, UnicodeError):
        return None


def _meant(address: str) -> str:
    domains, endings = _typos()
    name, _, domain = address.rpartition("@")
    lower = domain.lower()
    host, _, ending = domains.get(lower, lower).rpartition(".")
    right = f"{host}.{endings.get(ending, ending)}"
    right = domains.get(right, right)
    return address if right == lower else f"{name}@{right}"


@cache
def _typos() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Each wrong domain and each wrong ending with the right one."""
    data = yaml.safe_load((files("dialogs") / "data" / "email_typos.yaml").read_text("utf-8"))
    domains = {wrong: right for right, slips in data["domains"].items() for wrong in slips}
    return MappingProxyType(domains), MappingProxyType(data["endings"])
