"""A question for a day to come: typed, or picked from a calendar."""

from datetime import date

from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Offered, Reading, Refused
from dialogs.questions.calendar import calendar_rows, month_of
from dialogs.reading.dates import DateProblem, example_day, in_range, read_date
from dialogs.says import Block, Button, Paragraph
from dialogs.session import Answer
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["DateKind"]


class DateKind:
    """A day from today on, not too far ahead, stored as ISO 8601."""

    by_number = False

    def is_valid(self, _question: Question, value: Answer, _knowledge: KnowledgeBase, today: date) -> bool:
        """Whether the day is still to come."""
        day = _parsed(value)
        return day is not None and in_range(day, today) is None

    def read(self, asking: Asking, text: str) -> Reading:
        """The day that the text means; a question back when it may be two days or a whole month."""
        reading = read_date(text, asking.today)
        if reading.problem is not None:
            return self._refused(asking, reading.problem)
        if reading.month is not None:
            stamp = f"{reading.month:%Y-%m}"
            if month_of(stamp, asking.today) is None:
                past = reading.month < asking.today
                return self._refused(asking, DateProblem.PAST if past else DateProblem.TOO_FAR)
            return Offered(("month", stamp), (asking.voice.text("date.pick_a_day"),))
        if len(reading.days) > 1:
            return Offered(("dates", *(day.isoformat() for day in reading.days)))
        return Accepted(reading.days[0].isoformat())

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The day on the button; it may have passed since."""
        day = _parsed(value)
        problem = DateProblem.NOT_A_DATE if day is None else in_range(day, asking.today)
        if day is None or problem is not None:
            return self._refused(asking, problem or DateProblem.NOT_A_DATE)
        return Accepted(day.isoformat())

    def shown(self, _question: Question, value: Answer, voice: Voice) -> str:
        """The day as the language writes it."""
        day = _parsed(value)
        return str(value) if day is None else voice.date(day)

    def lead(self, asking: Asking) -> tuple[Block, ...]:
        """The question which of two days is meant."""
        return (Paragraph((asking.voice.text("date.which_one"),)),) if _offered_days(asking) else ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """The days that may be meant, or the calendar."""
        days = _offered_days(asking)
        if days:
            return tuple((asking.button(asking.voice.date(day), Action.ANSWER, day.isoformat()),) for day in days)
        return calendar_rows(asking, _shown_month(asking))

    @staticmethod
    def _refused(asking: Asking, problem: DateProblem) -> Refused:
        voice, today = asking.voice, asking.today
        return Refused(
            (voice.text(f"error.date_{problem}", today=voice.date(today), day=voice.date(example_day(today))),)
        )


def _parsed(value: Answer) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _offered_days(asking: Asking) -> tuple[date, ...]:
    if asking.offer[:1] != ("dates",):
        return ()
    parsed = (_parsed(value) for value in asking.offer[1:])
    return tuple(day for day in parsed if day is not None and in_range(day, asking.today) is None)


def _shown_month(asking: Asking) -> date:
    """The month turned to, else that of the day being changed, else this month."""
    if len(asking.offer) == 2 and asking.offer[0] == "month":
        turned = month_of(asking.offer[1], asking.today)
        if turned is not None:
            return turned
    old = _parsed(asking.old)
    if old is not None and in_range(old, asking.today) is None:
        return old.replace(day=1)
    return asking.today.replace(day=1)
