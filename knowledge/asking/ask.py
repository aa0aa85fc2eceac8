"""Which vetted answers a message asks for: one that is sure, a few to choose from, or none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from knowledge.answer import Answer
from knowledge.asking.classifier import Guess
from knowledge.asking.questions import NONE, TALK
from knowledge.base import KnowledgeBase
from knowledge.language import Language
from knowledge.recognition.folding import words
from knowledge.serving import is_served

__all__ = ["POSSIBLE", "AskStatus", "Asked", "Suggestion", "TalkKind", "ask"]

_LONGEST = 4096
"""Characters; a messenger's message is no longer, and more is no question."""
_SURE = 0.6
"""A topic this probable is answered at once; this and the rest were set on held-out questions (tests/bench/ask.py)."""
POSSIBLE = 0.12
"""A topic this probable is offered."""
_CHATTER = 0.5
"""Small talk or a message for somebody else is taken for such from here on."""
_DOUBT = 0.25
"""With so much chance that it is no question of ours, beside that of the best topic, nothing is sure."""
_LEAST_KNOWN = 0.3
"""A message with a smaller share of known features is in no language of ours, or in no language at all."""
_MOST_OFFERED = 3
_ABROAD, _AMERICA = "us.", "US"
"""The topics about another country, and that country."""


class AskStatus(StrEnum):
    """One sure answer, two or three to choose from, or an honest none."""

    ANSWER = "answer"
    CHOOSE = "choose"
    NONE = "none"


class TalkKind(StrEnum):
    """What is no question but deserves a polite line."""

    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    WHO = "who"
    HUMAN = "human"
    ABUSE = "abuse"
    INJECTION = "injection"
    SMILE = "smile"


_TALK = MappingProxyType({f"{TALK}{kind}": kind for kind in TalkKind})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that fits; `score` is its probability, 0..1."""

    answer: Answer
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks for. `suggestions` are best first, at most three, empty for *none*.

    `language` is that of the message, as far as it can be told. `talk` is set where the message is small talk.
    `doubtful`: it may not be for us at all; then nothing is answered at once.
    """

    query: str
    language: Language
    status: AskStatus
    suggestions: tuple[Suggestion, ...] = ()
    talk: TalkKind | None = None
    doubtful: bool = False


def ask(kb: KnowledgeBase, text: str, today: date) -> Asked:
    """The answers that `text` asks for and that may be told on `today`. Pure; any text is answered, never raises."""
    guess = kb.classifier.guess(text[:_LONGEST])
    spelt_out = any(len(word) > 1 and not word.isdecimal() for word in words(text[:_LONGEST]))
    if len(text) > _LONGEST or not spelt_out or guess.known < _LEAST_KNOWN:
        return Asked(text, guess.language, AskStatus.NONE)
    fitting = list(_fitting(kb.answers, guess))
    elsewhere, label = max(_elsewhere(guess), default=(0.0, NONE))
    best = fitting[0].score if fitting else 0.0
    if elsewhere > max(best, _CHATTER):
        return Asked(text, guess.language, AskStatus.NONE, talk=_TALK.get(label))
    told = tuple(item for item in fitting[:_MOST_OFFERED] if is_served(kb, item.answer, today))
    if best < POSSIBLE or not told:
        return Asked(text, guess.language, AskStatus.NONE)
    bound = set() if told[0].answer.id.startswith(_ABROAD) else {*kb.recognizer.destinations(text)}
    if bound - {_AMERICA} and kb.recognizer.recognize(text).country not in {None, *bound}:
        # Somebody's visa for another country: a rule of ours would be a wrong answer at a border.
        return Asked(text, guess.language, AskStatus.NONE)
    doubtful = elsewhere >= _DOUBT * best
    sure = told[0] is fitting[0] and best >= _SURE and not doubtful and not bound
    return Asked(text, guess.language, AskStatus.ANSWER if sure else AskStatus.CHOOSE, told, doubtful=doubtful)


def _fitting(answers: Mapping[str, Answer], guess: Guess) -> Iterator[Suggestion]:
    yield from (Suggestion(answers[topic], score) for topic, score in guess.topics if topic in answers)


def _elsewhere(guess: Guess) -> Iterator[tuple[float, str]]:
    """The chances that the message is not for us, or no question."""
    yield from ((score, label) for label, score in guess.topics if label == NONE or label.startswith(TALK))
