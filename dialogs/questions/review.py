"""The page that shows every answer before it is handed over: to be confirmed, or changed in place."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.questions.asking import Accepted, Asking, Conclusive, Reading, Refused
from dialogs.reading.words import fold, words
from dialogs.requests.reference import reference_of
from dialogs.says import Block, Button
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["ReviewKind"]

_CONFIRM = "confirm"


class ReviewKind(Conclusive):
    """Confirming is the answer, kept as the reference that the handed-over case gets."""

    by_number = True

    def is_valid(self, _question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether it was confirmed."""
        return isinstance(value, str) and bool(value)

    def read(self, asking: Asking, text: str) -> Reading:
        """A yes confirms; everything else is asked for in a form that works."""
        if words().answers.get(fold(text)) == "yes":
            return self.tapped(asking, _CONFIRM)
        return Refused((asking.voice.text("review.how"),))

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The button that confirms."""
        if value == _CONFIRM and (asking.reference or asking.fresh):
            return Accepted(asking.reference or reference_of(asking.fresh))
        return Refused((asking.voice.text("review.how"),))

    def shown(self, _question: Question, _value: Answer, voice: Voice) -> str:
        """That it was confirmed; the reference is told by the card that follows."""
        return voice.text("button.yes")

    def lead(self, _asking: Asking) -> tuple[Block, ...]:
        """Nothing: the question stands under all the answers."""
        return ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """Confirm."""
        return ((asking.button(f"1. {asking.voice.text('button.confirm')}", Action.ANSWER, _CONFIRM),),)
