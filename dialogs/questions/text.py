"""A question for typed data, such as a name or a telephone number, written as its form wants it."""

from datetime import date

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.forms import FORMS, Form, Mistake, Unsure
from dialogs.questions.asking import Accepted, Asking, Conclusive, Offered, Reading, Refused
from dialogs.reading.words import fold, words
from dialogs.says import Block, Bold, Button, Paragraph
from dialogs.tree import Question
from dialogs.wire import Action
from knowledge.base import KnowledgeBase

__all__ = ["TextKind"]

_CONFIRM = "confirm_text"
_YES = "ok"
_NO = "no"
_TYPED = {"1": _YES, "2": _NO}


class TextKind(Conclusive):
    """A text in the spelling of its form. What its reader is not sure of is offered; a button never holds the text."""

    by_number = False

    def is_valid(self, question: Question, value: Answer, _knowledge: KnowledgeBase, _today: date) -> bool:
        """Whether the form could have given the value."""
        return isinstance(value, str) and _form(question).is_valid(value)

    def read(self, asking: Asking, text: str) -> Reading:
        """The value that the text means; while one is offered, a yes, a no or the number of a button."""
        if _offered(asking) is not None:
            said = fold(text)
            answer = _TYPED.get(said) or {"yes": _YES, "no": _NO}.get(words().answers.get(said, ""))
            if answer is not None:
                return self.tapped(asking, answer)
        reading = _form(asking.question).read(text)
        match reading:
            case Mistake(key, values):
                return Refused((asking.voice.text(f"form.{key}", **values),))
            case Unsure(value, key, values):
                return Offered((_CONFIRM, value), (asking.voice.text(f"form.{key}", **values),))
        return Accepted(reading.value)

    def tapped(self, asking: Asking, value: str) -> Reading:
        """Yes takes what was offered, no asks again."""
        offered = _offered(asking)
        if offered is None:
            return Refused((asking.voice.text("notice.stale"),))
        return Accepted(offered) if value == _YES else Offered((), (asking.voice.text("form.write_again"),))

    def shown(self, question: Question, value: Answer, _voice: Voice) -> str:
        """The value, spaced for reading."""
        return _form(question).shown(str(value))

    def lead(self, asking: Asking) -> tuple[Block, ...]:
        """The question whether the offered value is right."""
        offered = _offered(asking)
        if offered is None:
            return ()
        shown = _form(asking.question).shown(offered)
        return (Paragraph((asking.voice.text("form.is_it"), " ", Bold(shown))),)

    def rows(self, asking: Asking) -> tuple[tuple[Button, ...], ...]:
        """Yes and no while something is offered."""
        if _offered(asking) is None:
            return ()
        return (
            (
                asking.button(f"1. {asking.voice.text('button.yes')}", Action.ANSWER, _YES),
                asking.button(f"2. {asking.voice.text('button.no')}", Action.ANSWER, _NO),
            ),
        )


def _form(question: Question) -> Form:
    return FORMS[question.form]


def _offered(asking: Asking) -> str | None:
    """The value that waits for a yes, if it is one of this form."""
    match asking.offer:
        case (kind, value) if kind == _CONFIRM and _form(asking.question).is_valid(value):
            return value
    return None
