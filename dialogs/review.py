"""Every answer on the way, for the page that is confirmed: those about a person stand under their name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.keys import bare, person_of
from dialogs.people import person_name
from dialogs.questions import KINDS
from dialogs.says import Block, Bold, Fact, Facts, Paragraph
from dialogs.tree import Flow, Kind, Question

__all__ = ["answer_fact", "review_blocks"]

_NOT_ANSWERS = frozenset({Kind.PEOPLE, Kind.REVIEW})


def review_blocks(flow: Flow, path: Sequence[str], answers: Mapping[str, Answer], voice: Voice) -> Iterator[Block]:
    """The answers under the keys of `path`, a list for what is told once and one for each person."""
    told = [key for key in path if _tells(flow.questions[bare(key)], answers[key])]
    for person, keys in groupby(told, person_of):
        listed = list(keys)
        if person is not None:
            people = str(flow.questions[bare(listed[0])].of)
            yield Paragraph((Bold(person_name(flow, people, person, answers, voice)),))
        yield Facts(tuple(answer_fact(flow.questions[bare(key)], answers[key], voice) for key in listed))


def _tells(question: Question, value: Answer) -> bool:
    """Whether an answer says something: a table is its people, and a link that nobody made is nothing."""
    return question.kind not in _NOT_ANSWERS and not (question.kind is Kind.HANDOVER and value is None)


def answer_fact(question: Question, value: Answer, voice: Voice) -> Fact:
    """A question's short name with an answer in words."""
    shown = _skipped(question, voice) if value is None else KINDS[question.kind].shown(question, value, voice)
    return Fact(voice.text(f"question.{question.id}.label"), (shown,))


def _skipped(question: Question, voice: Voice) -> str:
    """How a question without an answer is told, in words of its own where it has them."""
    own = f"question.{question.id}.skipped"
    return voice.text(own if voice.knows(own) else "answer.skipped")
