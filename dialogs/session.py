"""What is remembered of a conversation: the answers, and the little that cannot be computed from them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dialogs.events import Command, Event, Oddity, OddityKind, Text
from knowledge.language import Language

__all__ = ["Answer", "Session", "SessionError", "View"]

Answer = str | int | None
"""An answer as a JSON value; None means that an optional question was skipped."""


class SessionError(Exception):
    """A stored session cannot be read; the message names the field, its value and the repair."""


class View(StrEnum):
    """What the person looks at. `flow` is the question or the outcome that the answers lead to."""

    MENU = "menu"
    FLOW = "flow"
    LANGUAGE = "language"
    HELP = "help"
    PRIVACY = "privacy"
    PERSON = "person"
    CHANGES = "changes"
    COUNTRY = "country"
    ANSWER = "answer"
    TOPICS = "topics"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation; `Session()` is a new person.

    `run` grows with each start of a flow and marks its buttons. `offer` is what was last offered beside the
    answers: its kind first (`confirm`, `choose`, `dates`, `month`, `page`, `flow`, `answer`, `topics`), then its
    values. `editing` is a question asked again although it has an answer. `waiting` is what the person wanted before
    choosing a language. `misses` counts the texts in a row that did not answer the question.
    """

    language: Language | None = None
    run: int = 0
    flow: str | None = None
    version: int = 0
    answers: tuple[tuple[str, Answer], ...] = ()
    view: View = View.MENU
    offer: tuple[str, ...] = ()
    editing: str | None = None
    waiting: Text | Command | Oddity | None = None
    misses: int = 0

    def answer_to(self, question: str) -> Answer:
        """The answer to `question`; None when there is none or it was skipped."""
        return dict(self.answers).get(question)

    def with_answer(self, question: str, value: Answer) -> "Session":
        """The session with this answer, in its old place if the question had one."""
        answers = dict(self.answers)
        answers[question] = value
        return replace(self, answers=tuple(answers.items()))

    def without(self, questions: frozenset[str]) -> "Session":
        """The session without the answers to `questions`."""
        return replace(self, answers=tuple(pair for pair in self.answers if pair[0] not in questions))

    def to_json(self) -> str:
        """The session as one line of JSON."""
        return json.dumps(
            {
                "language": self.language,
                "run": self.run,
                "flow": self.flow,
                "version": self.version,
                "answers": dict(self.answers),
                "view": self.view,
                "offer": list(self.offer),
                "editing": self.editing,
                "waiting": _event_to_data(self.waiting),
                "misses": self.misses,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Session":
        """Read what `to_json` wrote. Raises SessionError when it is something else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise SessionError(f"session: {text[:40]!r}: is no JSON ({error}); start a new session") from error
        if not isinstance(data, dict):
            raise SessionError(f"session: {text[:40]!r}: is no JSON object; start a new session")
        try:
            return _session_from_data(data)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise SessionError(f"session: {type(error).__name__} {error}: unexpected; start a new session") from error


def _session_from_data(data: Mapping[str, Any]) -> Session:
    language = data.get("language")
    return Session(
        language=None if language is None else Language(language),
        run=int(data.get("run", 0)),
        flow=data.get("flow"),
        version=int(data.get("version", 0)),
        answers=tuple((str(question), value) for question, value in data.get("answers", {}).items()),
        view=View(data.get("view", View.MENU)),
        offer=tuple(str(value) for value in data.get("offer", ())),
        editing=data.get("editing"),
        waiting=_event_from_data(data.get("waiting")),
        misses=int(data.get("misses", 0)),
    )


def _event_to_data(event: Event | None) -> list[str] | None:
    if isinstance(event, Text):
        return ["text", event.text]
    if isinstance(event, Command):
        return ["command", event.name, event.argument]
    if isinstance(event, Oddity):
        return ["oddity", event.kind]
    return None


def _event_from_data(data: Any) -> Text | Command | Oddity | None:
    match data:
        case None:
            return None
        case ["text", str(text)]:
            return Text(text)
        case ["command", str(name), str(argument)]:
            return Command(name, argument)
        case ["oddity", str(kind)]:
            return Oddity(OddityKind(kind))
    raise ValueError(f"waiting: {data!r}")
