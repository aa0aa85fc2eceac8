"""A question being asked, and what can come of an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dialogs.formats import Voice
from dialogs.says import Block, Button, PressButton
from dialogs.session import Answer
from dialogs.tree import Question
from dialogs.wire import Action, Tap
from knowledge.base import KnowledgeBase

__all__ = ["Accepted", "Asking", "Offered", "QuestionKind", "Reading", "Refused"]


@dataclass(frozen=True, slots=True)
class Asking:
    """One question in one language. `offer` is what was last offered for it; `old` is the answer being changed."""

    question: Question
    voice: Voice
    knowledge: KnowledgeBase
    today: date
    run: int
    offer: tuple[str, ...] = ()
    old: Answer = None

    def button(self, label: str, action: Action, value: str = "") -> Button:
        """A button on this question."""
        return Button(label, PressButton(Tap(self.run, action, self.question.id, value).encode()))


@dataclass(frozen=True, slots=True)
class Accepted:
    """The text or the tap is this answer."""

    value: Answer


@dataclass(frozen=True, slots=True)
class Offered:
    """The person has to choose or confirm: `offer` goes into the session. `says` is told first."""

    offer: tuple[str, ...]
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer: what is wrong with it, in the traveller's words."""

    says: tuple[str, ...]


Reading = Accepted | Offered | Refused


class QuestionKind(Protocol):
    """What makes the kinds of questions differ: how answers are read, checked, shown and offered on buttons."""

    by_number: bool

    def is_valid(self, question: Question, value: Answer, knowledge: KnowledgeBase, today: date, /) -> bool:
        """Whether a stored answer still answers `question` today."""
        ...

    def read(self, asking: Asking, text: str, /) -> Reading:
        """What a typed answer means."""
        ...

    def tapped(self, asking: Asking, value: str, /) -> Reading:
        """What the value of a button means."""
        ...

    def shown(self, question: Question, value: Answer, voice: Voice, /) -> str:
        """An answer in words."""
        ...

    def lead(self, asking: Asking, /) -> tuple[Block, ...]:
        """What stands in place of the question while something is offered; empty for the question itself."""
        ...

    def rows(self, asking: Asking, /) -> tuple[tuple[Button, ...], ...]:
        """The buttons that answer the question."""
        ...
