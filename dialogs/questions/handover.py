"""A part that somebody else fills in, behind a personal link."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.people import OPEN_LINK
from dialogs.questions.asking import Accepted, Asking, Conclusive, Reading, Refused
from dialogs.reading.words import fold, words
from dialogs.says import Block, Button
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["FILLED_LINK", "HandoverKind", "token_of"]

FILLED_LINK = "filled:"
"""How the answer begins once the guest has filled in their part."""

_MAKE = "make"


def token_of(value: Answer) -> str | None:
    """The token of the link that an answer holds."""
    return value.partition(":")[2] if isinstance(value, str) else None


class HandoverKind(Conclusive):
    """The answer is the state of the link with its token; making the link settles the question."""

    by_number = True

    def is_valid(self, _question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether a link was made."""
        return isinstance(value, str) and value.startswith((OPEN_LINK, FILLED_LINK))

    def read(self, asking: Asking, text: str) -> Reading:
        """A yes makes the link; with a no the part is filled in without one."""
        answer = words().answers.get(fold(text))
        if answer == "yes":
            return self.tapped(asking, _MAKE)
        if answer == "no" and asking.question.optional:
            return Accepted(None)
        return Refused((asking.voice.text("guest_link.how"),))

    def tapped(self, asking: Asking, value: str) -> Reading:
        """The button that makes the link."""
        if value == _MAKE and asking.fresh:
            return Accepted(f"{OPEN_LINK}{asking.fresh}")
        return Refused((asking.voice.text("guest_link.how"),))

    def shown(self, _question: Question, value: Answer, voice: Voice) -> str:
        """Whether the guest has filled in their part; the token is shown to nobody."""
        return voice.text("guest_link.open" if str(value).startswith(OPEN_LINK) else "guest_link.filled")

    def lead(self, _asking: Asking) -> tuple[Block, ...]:
        """Nothing: the question says it."""
        return ()

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """Make the link, or fill in the part oneself."""
        voice = asking.voice
        rows = [(asking.button(f"1. {voice.text('button.make_link')}", Action.ANSWER, _MAKE),)]
        if asking.question.optional:
            rows.append((asking.button(f"2. {voice.text('button.fill_in_myself')}", Action.SKIP),))
        return tuple(rows)
