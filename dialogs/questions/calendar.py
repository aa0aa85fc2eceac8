"""A month on buttons: days that the question takes are pressable, the others are blank."""

from calendar import Calendar
from datetime import date, timedelta
from functools import lru_cache

from dialogs.questions.asking import Asking
from dialogs.reading.reach import Reach
from dialogs.says import Button, PressButton
from dialogs.wire import Action, encoded

__all__ = ["calendar_rows", "month_of"]

_BLANK = "·"
_MONDAY = 0


def month_of(stamp: str, reach: Reach) -> date | None:
    """The first day of the month written YYYY-MM, None when it is none or holds no day within reach."""
    try:
        first = date.fromisoformat(f"{stamp}-01")
    except ValueError:
        return None
    return first if reach.earliest.replace(day=1) <= first <= reach.latest else None


def calendar_rows(asking: Asking, first: date, reach: Reach) -> tuple[tuple[Button, ...], ...]:
    """The month that starts on `first`, with ways to the months before and after it."""
    voice = asking.voice
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    head = (
        _turn(asking, "‹", before, reach),
        asking.button(voice.month(first.year, first.month), Action.NOTHING),
        _turn(asking, "›", after, reach),
    )
    weekdays = tuple(asking.button(name, Action.NOTHING) for name in voice.weekdays())
    return (head, weekdays, *_weeks(asking.run, asking.key or asking.question.id, first, reach))


@lru_cache(maxsize=64)
def _weeks(run: int, key: str, first: date, reach: Reach) -> tuple[tuple[Button, ...], ...]:
    """The days, alike in all languages: a typed word is looked for on the buttons of each."""
    return tuple(
        tuple(_day(run, key, day, takes=day.month == first.month and reach.problem(day) is None) for day in week)
        for week in Calendar(_MONDAY).monthdatescalendar(first.year, first.month)
        if any(day.month == first.month and reach.problem(day) is None for day in week)
    )


def _turn(asking: Asking, label: str, month: date, reach: Reach) -> Button:
    stamp = f"{month:%Y-%m}"
    if month_of(stamp, reach) is None:
        return asking.button(_BLANK, Action.NOTHING)
    return asking.button(label, Action.MONTH, stamp)


def _day(run: int, key: str, day: date, *, takes: bool) -> Button:
    if not takes:
        return Button(_BLANK, PressButton(encoded(run, Action.NOTHING, key)))
    return Button(str(day.day), PressButton(encoded(run, Action.ANSWER, key, day.isoformat())))
