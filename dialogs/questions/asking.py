"""A question being asked, and what can come of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Protocol

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.says import Block, Button, PressButton
from dialogs.tree import Flow, Question
from dialogs.wire import Action, encoded
from knowledge.base import KnowledgeBase

__all__ = ["Accepted", "Asking", "Conclusive", "Offered", "QuestionKind", "Reading", "Refused"]


@dataclass(frozen=True, slots=True)
class Asking:
    """One question in one language. `offer` is what was last offered for it; `old` is the answer being changed.

    `key` names its answer (`dialogs.keys`). `flow`, `path` and `answers` are for questions about other answers: a table
    of people, a review. `fresh` are random letters and digits; `reference` is that of the invitation being mended.
    """

    question: Question
    voice: Voice
    knowledge: KnowledgeBase
    today: date
    run: int
    offer: tuple[str, ...] = ()
    old: Answer = None
    key: str = ""
    flow: Flow | None = None
    path: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    fresh: str = ""
    reference: str | None = None

    def button(self, label: str, action: Action, value: str = "") -> Button:
        """A button on this question."""
        return Button(label, PressButton(encoded(self.run, action, self.key or self.question.id, value)))


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

    def settles(self, question: Question, value: Answer, /) -> bool:
        """Whether a valid answer ends the question; a checklist half ticked is valid and goes on."""
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


class Conclusive:
    """What kinds share whose every valid answer ends the question."""

    def settles(self, _question: Question, _value: Answer) -> bool:
        """Always."""
        return True
