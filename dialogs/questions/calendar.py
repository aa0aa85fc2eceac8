"""A month on buttons: days that can be planned are pressable, the others are blank."""

from calendar import Calendar
from datetime import date, timedelta

from dialogs.questions.asking import Asking
from dialogs.reading.dates import LONGEST_AHEAD, in_range
from dialogs.says import Button
from dialogs.wire import Action

__all__ = ["calendar_rows", "month_of"]

_BLANK = "·"
_MONDAY = 0


def month_of(stamp: str, today: date) -> date | None:
    """The first day of the month written YYYY-MM, None when it is none or holds no day that can be planned."""
    try:
        first = date.fromisoformat(f"{stamp}-01")
    except ValueError:
        return None
    return first if _this_month(today) <= first <= today + timedelta(days=LONGEST_AHEAD) else None


def calendar_rows(asking: Asking, first: date) -> tuple[tuple[Button, ...], ...]:
    """The month that starts on `first`, with ways to the months before and after it."""
    voice = asking.voice
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    head = (
        _turn(asking, "‹", before),
        asking.button(voice.month(first.year, first.month), Action.NOTHING),
        _turn(asking, "›", after),
    )
    weekdays = tuple(asking.button(name, Action.NOTHING) for name in voice.weekdays())
    weeks = (
        tuple(_day(asking, day, first.month) for day in week)
        for week in Calendar(_MONDAY).monthdatescalendar(first.year, first.month)
        if any(day.month == first.month and in_range(day, asking.today) is None for day in week)
    )
    return (head, weekdays, *weeks)


def _turn(asking: Asking, label: str, month: date) -> Button:
    stamp = f"{month:%Y-%m}"
    if month_of(stamp, asking.today) is None:
        return asking.button(_BLANK, Action.NOTHING)
    return asking.button(label, Action.MONTH, stamp)


def _day(asking: Asking, day: date, month: int) -> Button:
    if day.month != month or in_range(day, asking.today) is not None:
        return asking.button(_BLANK, Action.NOTHING)
    return asking.button(str(day.day), Action.ANSWER, day.isoformat())


def _this_month(today: date) -> date:
    return today.replace(day=1)
