"""Taking out of log lines what must stand in none: secrets, and what looks like personal data."""

import re
from collections.abc import Iterable

__all__ = ["PERSONAL", "SECRET", "TOKEN", "Redactor"]

TOKEN = "<token>"  # noqa: S105 - what stands in its place
SECRET = "<secret>"  # noqa: S105 - likewise
PERSONAL = "<personal>"

_TOKEN = re.compile(r"(?<![0-9])[0-9]{5,20}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_KEY = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}=")
"""A Fernet key."""
_CREDENTIALS = re.compile(r"(?<=://)[^\s/@]+(?=@)")
_MAIL = re.compile(r"[^\s@<>\"'()=]+@[^\s@<>\"'()]+\.[^\s@<>\"'()]+")
_ZONE = re.compile(r"(?=[A-Z0-9]*<)[A-Z0-9<]{28,}|\b[A-Z0-9<]{5,}<<[A-Z0-9<]*")
"""A line at the foot of a passport."""
_PHONE = re.compile(r"\+\d(?:[ ().-]{0,2}\d){8,14}(?!\d)|(?<![\w.+-])[78](?:[ ().-]{0,2}\d){10}(?![\w.])")
_INDIVIDUAL = re.compile(r"(?<![\w.+-])\d{12}(?![\w.])")
"""The individual number of Kazakhstan."""
_DOCUMENT = re.compile(
    r"(?<![\w.-])(?:[^\W\d_]{1,2}\d{6,9}|[A-ZА-Я]{1,2}[ №#-]{1,3}\d{6,9}"
    r"|\d{2} \d{7}|\d{2} ?\d{2} \d{6}"
    r"|(?=[A-Z\d]*[A-Z])[A-Z\d]*\d{5}[A-Z\d]*)(?!\w)"
)
"""Numbers of passports: after a letter or two, in the groups of Russian ones, or capitals with five figures."""


class Redactor:
    """Replaces the secrets given, and by their looks bot tokens, data keys, passwords in addresses, and
    personal data.

    Unlike `dialogs.masking`, which serves words of people, it leaves plain numbers alone: a log is read by row ids. It
    is the second net: nothing that people write is meant to get into a log at all.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # A secret within another one must not break the longer one up.
        self._secrets = tuple(sorted({secret for secret in secrets if secret}, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """`text` without them."""
        for secret in self._secrets:
            text = text.replace(secret, SECRET)
        text = _CREDENTIALS.sub(SECRET, _KEY.sub(SECRET, _TOKEN.sub(TOKEN, text)))
        for pattern in (_MAIL, _ZONE, _PHONE, _INDIVIDUAL, _DOCUMENT):
            text = pattern.sub(PERSONAL, text)
        return text
