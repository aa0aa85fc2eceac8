"""A question for a day: typed, or picked from a calendar where it is near."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Conclusive, Offered, Reading, Refused
from dialogs.questions.calendar import calendar_rows, month_of
from dialogs.reading.dates import read_date
from dialogs.reading.reach import DateProblem, Reach
from dialogs.says import Block, Button, Paragraph
from dialogs.tree import Period, Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["DateKind", "reach_of"]

_LONGEST_LIFE = 120


def reach_of(question: Question, today: date) -> Reach:
    """The days that `question` takes. Without a number of years, days to come are those that can be planned."""
    match question.period:
        case Period.PAST:
            return Reach.of_years(today, back=question.high or _LONGEST_LIFE, ahead=0)
        case Period.ANY:
            return Reach.of_years(today, back=question.high or _LONGEST_LIFE, ahead=question.high or _LONGEST_LIFE)
        case Period.FUTURE:
            return Reach.of_years(today, back=0, ahead=question.high) if question.high else Reach.of_plans(today)


class DateKind(Conclusive):
    """A day within the reach of the question, stored as ISO 8601.

    A button on a personal question holds no day, only its place among those offered.
    """

    by_number = False

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, today: date) -> bool:
        """Whether the day is within reach: one to come may have passed since."""
        day = _parsed(value)
        return day is not None and reach_of(question, today).problem(day) is None

    def read(self, asking: Asking, text: str) -> Reading:
        """The day that the text means; a question back when it may be two days or a whole month."""
        reach = _reach(asking)
        reading = read_date(text, asking.today, reach)
        if reading.problem is not None:
            return self._refused(asking, reading.problem)
        if reading.month is not None:
            stamp = f"{reading.month:%Y-%m}"
            if not reach.is_near:
                return self._refused(asking, DateProblem.NOT_A_DATE)
            if month_of(stamp, reach) is None:
                return self._refused(asking, reach.problem(reading.month) or DateProblem.NOT_A_DATE)
            return Offered(("month", stamp), (asking.voice.text("date.pick_a_day"),))
        if len(reading.days) > 1:
            return Offered(("dates", *(day.isoformat() for day in reading.days)))
        return Accepted(reading.days[0].isoformat())

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The day on the button; it may have passed since."""
        offered = _offered_days(asking)
        by_place = value.isdecimal() and value.isascii() and int(value) < len(offered)
        day = offered[int(value)] if by_place else _parsed(value)
        problem = DateProblem.NOT_A_DATE if day is None else _reach(asking).problem(day)
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
        """The days that may be meant, or the calendar; none of a year in a life."""
        days = _offered_days(asking)
        if days:
            values = [str(place) if asking.question.personal else day.isoformat() for place, day in enumerate(days)]
            labels = map(asking.voice.date, days)
            return tuple(
                (asking.button(label, Action.ANSWER, value),) for label, value in zip(labels, values, strict=True)
            )
        reach = _reach(asking)
        return calendar_rows(asking, _shown_month(asking), reach) if reach.is_near else ()

    @staticmethod
    def _refused(asking: Asking, problem: DateProblem) -> Refused:
        voice, reach = asking.voice, _reach(asking)
        days = {"today": reach.today, "day": reach.example, "first": reach.earliest, "last": reach.latest}
        return Refused((voice.told(f"error.date_{problem}", days),))


def _reach(asking: Asking) -> Reach:
    return reach_of(asking.question, asking.today)


def _parsed(value: Answer) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _offered_days(asking: Asking) -> tuple[date, ...]:
    if asking.offer[:1] != ("dates",):
        return ()
    parsed = (_parsed(value) for value in asking.offer[1:])
    return tuple(day for day in parsed if day is not None and _reach(asking).problem(day) is None)


def _shown_month(asking: Asking) -> date:
    """The month turned to, else that of the day being changed, else this month."""
    if len(asking.offer) == 2 and asking.offer[0] == "month":
        turned = month_of(asking.offer[1], _reach(asking))
        if turned is not None:
            return turned
    old = _parsed(asking.old)
    if old is not None and _reach(asking).problem(old) is None:
        return old.replace(day=1)
    return asking.today.replace(day=1)
