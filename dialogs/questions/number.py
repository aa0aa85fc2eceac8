"""A question for a number of days."""

from datetime import date

from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Reading, Refused
from dialogs.reading.numbers import read_number
from dialogs.says import Block, Button
from dialogs.session import Answer
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["NumberKind"]

_IN_A_ROW = 3


class NumberKind:
    """A whole number within bounds, in figures or words, with days, weeks, months or years."""

    by_number = False

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether the number is within the bounds."""
        return isinstance(value, int) and not isinstance(value, bool) and question.low <= value <= question.high

    def read(self, asking: Asking, text: str) -> Reading:
        """The number of days in the text."""
        reading = read_number(text)
        if reading.several:
            return Refused((asking.voice.text("error.several_numbers"),))
        if reading.value is None:
            return Refused((asking.voice.text("error.not_a_number"),))
        return self._bounded(asking, reading.value)

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The number on the button."""
        if value.isdecimal() and value.isascii():
            return self._bounded(asking, int(value))
        return Refused((asking.voice.text("error.not_a_number"),))

    def shown(self, _question: Question, value: Answer, voice: Voice) -> str:
        """The number with its unit."""
        return voice.days(int(str(value)))

    def lead(self, _asking: Asking) -> tuple[Block, ...]:
        """Nothing is ever offered beside the suggestions."""
        return ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """The suggested numbers."""
        buttons = tuple(
            asking.button(asking.voice.days(number), Action.ANSWER, str(number)) for number in asking.question.suggest
        )
        return tuple(buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW))

    @staticmethod
    def _bounded(asking: Asking, number: int) -> Reading:
        low, high = asking.question.low, asking.question.high
        if low <= number <= high:
            return Accepted(number)
        return Refused((asking.voice.text("error.number_out_of_range", low=low, high=high),))
