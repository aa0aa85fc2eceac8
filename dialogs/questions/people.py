"""A question about several people: a table of them, with a way to add, to look into and to remove each."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.people import person_name, persons_in, persons_waited_for
from dialogs.questions.asking import Accepted, Asking, Conclusive, Reading, Refused
from dialogs.reading.words import fold, words
from dialogs.says import Block, Bold, Bullets, Button, Paragraph, PressButton
from dialogs.tree import Question
from dialogs.wire import Action, Tap
from knowledge.base import KnowledgeBase

__all__ = ["COMPLETE", "PeopleKind"]

COMPLETE = "complete"
"""The answer: these are all."""


class PeopleKind(Conclusive):
    """The people told of so far. Each has answers of their own (`dialogs.keys`)."""

    by_number = True

    def is_valid(self, _question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether the table was closed."""
        return value == COMPLETE

    def read(self, asking: Asking, text: str) -> Reading:
        """A yes, or a word that there is nobody else, closes the table."""
        if words().answers.get(fold(text)) is not None:
            # "Is there another?" - "no", "Is that everybody?" - "yes": both are said, and both end the table.
            return self.tapped(asking, COMPLETE)
        return Refused((asking.voice.text("people.how"),))

    def tapped(self, asking: Asking, value: str) -> Reading:
        """That is everybody; not while a guest still has a part to fill in."""
        if value != COMPLETE or asking.flow is None:
            return Refused((asking.voice.text("people.how"),))
        waiting = persons_waited_for(asking.flow, asking.question.id, asking.answers)
        if waiting:
            names = ", ".join(self._name(asking, number) for number in waiting)
            return Refused((asking.voice.text("people.waiting", names=names),))
        return Accepted(COMPLETE)

    def shown(self, _question: Question, _value: Answer, voice: Voice) -> str:
        """Closed."""
        return voice.text("people.complete")

    def lead(self, asking: Asking) -> tuple[Block, ...]:
        """The table."""
        voice = asking.voice
        waiting = persons_waited_for(asking.flow, asking.question.id, asking.answers) if asking.flow else ()
        items = tuple(
            (Bold(self._name(asking, number)), *((" – ", voice.text("people.waits")) if number in waiting else ()))
            for number in self._numbers(asking)
        )
        return (
            Paragraph((Bold(voice.text(f"question.{asking.question.id}.ask")),)),
            Bullets(items),
            Paragraph((voice.text("people.how"),)),
        )

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """Everybody; another one; and for each person a look and a removal."""
        voice, target = asking.voice, asking.question.id
        numbers = self._numbers(asking)
        rows: list[tuple[Button, ...]] = [
            (asking.button(f"1. {voice.text('button.that_is_everybody')}", Action.ANSWER, COMPLETE),)
        ]
        if len(numbers) < asking.question.high:
            rows.append((asking.button(f"2. {voice.text('button.another_person')}", Action.ADD, str(_next(numbers))),))
        for place, number in enumerate(numbers, 3):
            name = self._name(asking, number)
            look = Button(f"{place}. {name}", PressButton(Tap(asking.run, Action.LOOK, target, str(number)).encode()))
            away = asking.button(voice.text("button.remove_person"), Action.REMOVE, str(number))
            rows.append((look, away))
        return tuple(rows)

    @staticmethod
    def _numbers(asking: Asking) -> tuple[int, ...]:
        return persons_in(asking.flow, asking.question.id, asking.answers) if asking.flow is not None else ()

    @staticmethod
    def _name(asking: Asking, number: int) -> str:
        if asking.flow is None:
            return str(number)
        return person_name(asking.flow, asking.question.id, number, asking.answers, asking.voice)


def _next(numbers: tuple[int, ...]) -> int:
    return max(numbers, default=0) + 1
