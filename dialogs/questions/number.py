"""A question for a number: of days, months, years or people."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Conclusive, Reading, Refused
from dialogs.reading.counts import read_count
from dialogs.reading.numbers import read_number
from dialogs.says import Block, Button
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["NumberKind"]

_IN_A_ROW = 3
_DAY = "day"
_FORMATS = {_DAY: "format.days", "month": "format.months", "year": "format.years", "person": "format.people"}


class NumberKind(Conclusive):
    """A whole number within bounds, in figures or words, of the unit of the question."""

    by_number = False

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether the number is within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and question.low <= value <= question.high

    def read(self, asking: Asking, text: str) -> Reading:
        """The number in the text; a length becomes one of the unit where that is exact, and in days always."""
        if asking.question.unit != _DAY:
            count = read_count(text, asking.question.unit)
            return self._no_number(asking) if count is None else self._bounded(asking, count)
        reading = read_number(text)
        if reading.several:
            return Refused((asking.voice.text("error.several_numbers"),))
        if reading.value is None:
            return self._no_number(asking)
        return self._bounded(asking, reading.value)

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The number on the button."""
        if value.isdecimal() and value.isascii():
            return self._bounded(asking, int(value))
        return self._no_number(asking)

    def shown(self, question: Question, value: Answer, voice: Voice) -> str:
        """The number with its unit."""
        return _counted(question, int(str(value)), voice)

    def lead(self, _asking: Asking) -> tuple[Block, ...]:
        """Nothing is ever offered beside the suggestions."""
        return ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """The suggested numbers."""
        buttons = tuple(
            asking.button(_counted(asking.question, number, asking.voice), Action.ANSWER, str(number))
            for number in asking.question.suggest
        )
        return tuple(buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW))

    @staticmethod
    def _bounded(asking: Asking, number: int) -> Reading:
        low, high = asking.question.low, asking.question.high
        if low <= number <= high:
            return Accepted(number)
        key = "error.number_out_of_range" if asking.question.unit == _DAY else "error.count_out_of_range"
        return Refused((asking.voice.text(key, low=low, high=high),))

    @staticmethod
    def _no_number(asking: Asking) -> Refused:
        question = asking.question
        if question.unit == _DAY:
            return Refused((asking.voice.text("error.not_a_number"),))
        example = _counted(question, max(question.low, min(question.high, 2)), asking.voice)
        return Refused((asking.voice.text("error.not_a_count", example=example),))


def _counted(question: Question, number: int, voice: Voice) -> str:
    return voice.count(_FORMATS[question.unit], number)
