"""Taking out of words what could name a person: numbers of documents, phones, addresses of mail, passport lines."""

import re

__all__ = ["MASK", "masked_text"]

MASK = "•••"

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_ZONE = re.compile(r"[A-Za-z0-9<]*<<[A-Za-z0-9<]*|[A-Za-z0-9<]{28,}")
_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_KEPT = re.compile(rf"{_DATE}(?:\s*[-–—,\s]\s*{_DATE})*")
_FIGURES = re.compile(r"(?<!\w)\+?\d(?:[\s().–—-]*\d){4,}(?!\w)")
"""Five figures and more, also with signs between them: phones, individual numbers, cards."""
_MIXED = re.compile(r"(?=\w*\d\w*\d\w*\d\w*\d)\w{5,}")
"""A word with four figures and more."""
_SERIES = re.compile(r"\b[^\W\d_]{1,2}[\s№#-]{1,3}\d{5,}\b")
"""The number of a document that stands apart from its letters."""


def masked_text(text: str) -> str:
    """`text` with a mask in the place of all that looks like personal data. Days stay: a trip is about them."""
    masked = text
    for pattern in (_MAIL, _ZONE, _SERIES):
        masked = pattern.sub(MASK, masked)
    masked = _FIGURES.sub(lambda found: found[0] if _KEPT.fullmatch(found[0]) else MASK, masked)
    return _MIXED.sub(MASK, masked)
