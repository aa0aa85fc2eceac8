"""The answers that are tried for each question: all options, and values on both sides of every limit that is known."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Protocol

from dialogs.answer import Answer
from dialogs.people import OPEN_LINK
from dialogs.questions import KINDS
from dialogs.questions.handover import FILLED_LINK
from dialogs.questions.people import COMPLETE
from dialogs.tree import Flow, Kind, Period, Question
from dialogs.walk.classes import PassportClass
from dialogs.walk.hints import leads, one_of_each_kind, usual
from dialogs.world import World

__all__ = ["Known", "samples"]

_AHEAD = (0, 5, 60)
"""Days from today around the terms of the facts: today, within five working days, beyond thirty."""

_LONGEST = 730
_FEWEST_COUNTRIES = 2
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "latin_name": ("SPECIMEN",),
    "document_number": ("N1234567",),
    "phone": ("+77011234567",),
    "email": ("guest@example.org",),
    "iin": tuple(f"90010130001{digit}" for digit in range(10)),
    "bin": tuple(f"15014000001{digit}" for digit in range(10)),
    "iin_or_bin": tuple(f"90010130001{digit}" for digit in range(10)),
    "address": ("Abay Avenue 10, Almaty",),
    "amount": ("185 USD",),
    "line": ("Specimen",),
}
"""One invented text a form; of several the first that is valid."""


class Known(Protocol):
    """What the answers so far mean (`Hints`); whoever gives it may note what is looked at."""

    @property
    def stays(self) -> tuple[int, ...]: ...
    @property
    def turning(self) -> tuple[str, ...]: ...
    @property
    def strays(self) -> bool: ...
    @property
    def two(self) -> bool: ...
    @property
    def rare(self) -> bool: ...


def samples(
    question: Question, flow: Flow, known: Known, world: World, classes: Iterable[PassportClass]
) -> tuple[Answer, ...]:
    """The values tried for `question`, only valid ones; None is the skip of an optional question."""
    tried = tuple(
        value
        for value in dict.fromkeys(_tried(question, flow, known, world, classes))
        if value is not None and KINDS[question.kind].is_valid(question, value, world.knowledge, world.today)
    )
    if question.kind is Kind.TEXT:
        tried = tried[:1]
    return (None, *tried) if question.optional else tried


def _tried(
    question: Question, flow: Flow, known: Known, world: World, classes: Iterable[PassportClass]
) -> Iterator[Answer]:
    match question.kind:
        case Kind.CHOICE:
            yield from question.options
        case Kind.COUNTRY:
            yield from _countries(question, flow, known, world, classes)
        case Kind.NUMBER:
            yield from usual(question, world.today)
            if not known.two and not known.strays:
                yield from _numbers(question, known)
        case Kind.DATE:
            yield from usual(question, world.today)
            yield from known.turning
            if not known.two and not known.strays:
                yield from (day.isoformat() for day in _days(question, world.today))
        case Kind.TEXT:
            yield from _TEXTS.get(question.form, ("Specimen", "1"))
        case Kind.CHECKLIST:
            yield from (",".join(question.options), f"{question.options[0]},enough", "enough")
        case Kind.PEOPLE:
            yield COMPLETE
        case Kind.HANDOVER:
            yield from (f"{FILLED_LINK}specimen", f"{OPEN_LINK}specimen")
        case Kind.REVIEW:
            yield "confirmed"


def _countries(
    question: Question, flow: Flow, known: Known, world: World, classes: Iterable[PassportClass]
) -> Iterator[str]:
    if leads(question, flow):
        yield from (passports.first for passports in classes)
    else:
        kinds = one_of_each_kind(world, classes)
        yield from kinds[:_FEWEST_COUNTRIES] if known.rare else kinds


def _numbers(question: Question, known: Known) -> Iterator[int]:
    """The lowest, the suggestions, and of days both sides of the limits of this passport and this purpose."""
    yield from (question.low, *question.suggest)
    if question.unit == "day":
        for limit in known.stays:
            yield from (limit - 1, limit, limit + 1)


def _days(question: Question, today: date) -> Iterator[date]:
    """Days near and far."""
    far = timedelta(days=365 * question.high if question.high else _LONGEST)
    if question.period is not Period.PAST:
        yield from (today + timedelta(days=days) for days in _AHEAD)
        yield today + far
    if question.period is not Period.FUTURE:
        yield from (today - timedelta(days=days) for days in _AHEAD)
        yield today - far
