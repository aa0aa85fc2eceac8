"""What is remembered of a conversation: the answers, and the little that cannot be computed from them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dialogs.answer import Answer
from dialogs.events import Command, Event, Oddity, OddityKind, Text
from dialogs.papers import Paper
from knowledge.language import Language

__all__ = ["Session", "SessionError", "View"]


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
    PAPERS = "papers"
    PAPER = "paper"
    REQUESTS = "requests"
    REQUEST = "request"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation; `Session()` is a new person.

    `run` grows with each start of a flow and marks its buttons. `offer` is what was last offered beside the
    answers: its kind first (`confirm`, `choose`, `dates`, `month`, `page`, `flow`, `answer`, `topics`, `effect`,
    `paper`, `request`), then its values. `editing` is the key of a question asked again although it has an answer, or
    of the first question about a person not yet in the answers. `waiting` is what the person wanted before choosing a
    language. `misses` counts the texts in a row that did not answer the question.

    `old` are answers that a change made fall: they are offered when their question comes again. `paper` is the number
    of the paper that the running flow belongs to, `papers` are those at rest. `requests` are the references of the
    invitations handed over, `correcting` is the one that was returned and is being mended. `link` is the token of the
    guest link that the running flow answers. `talking` tells that a person of the staff has been asked for; the
    assistant is silent then. `asked` is the last question in free words that found no sure answer, without long
    figures: it can be handed to the staff. `behind` is the view that comes back when a language is chosen.
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
    old: tuple[tuple[str, Answer], ...] = ()
    paper: int = 0
    papers: tuple[Paper, ...] = ()
    requests: tuple[str, ...] = ()
    link: str | None = None
    talking: bool = False
    asked: str = ""
    correcting: str | None = None
    behind: View | None = None

    def answer_to(self, key: str) -> Answer:
        """The answer under `key`; None when there is none or it was skipped."""
        return dict(self.answers).get(key)

    def with_answer(self, key: str, value: Answer) -> "Session":
        """The session with this answer, in its old place if the question had one."""
        answers = dict(self.answers)
        answers[key] = value
        return replace(self, answers=tuple(answers.items()))

    def without(self, keys: frozenset[str]) -> "Session":
        """The session without the answers under `keys`; they are remembered as old ones."""
        if not keys:
            return self
        fell = {key: value for key, value in self.answers if key in keys and value is not None}
        return replace(
            self,
            answers=tuple(pair for pair in self.answers if pair[0] not in keys),
            old=tuple({**dict(self.old), **fell}.items()),
        )

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
                "old": dict(self.old),
                "paper": self.paper,
                "papers": [paper.to_data() for paper in self.papers],
                "requests": list(self.requests),
                "link": self.link,
                "talking": self.talking,
                "asked": self.asked,
                "correcting": self.correcting,
                "behind": self.behind,
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
        old=tuple((str(key), value) for key, value in data.get("old", {}).items()),
        paper=int(data.get("paper", 0)),
        papers=tuple(Paper.from_data(paper) for paper in data.get("papers", ())),
        requests=tuple(str(reference) for reference in data.get("requests", ())),
        link=data.get("link"),
        talking=bool(data.get("talking", False)),
        asked=str(data.get("asked", "")),
        correcting=data.get("correcting"),
        behind=None if data.get("behind") is None else View(data["behind"]),
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
