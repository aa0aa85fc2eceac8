"""Where a conversation stands: computed from the answers, each time anew."""

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.answer import Answer
from dialogs.keys import bare, key_of
from dialogs.people import persons_in, persons_waited_for
from dialogs.predicates import PREDICATES
from dialogs.questions import KINDS
from dialogs.session import Session
from dialogs.situation import Situation
from dialogs.tree import Flow, Kind, Question, Rule
from dialogs.world import World

__all__ = ["Position", "fallen", "forget_walks", "is_answered", "replay", "situation_at"]

Answers = Mapping[str, Answer] | tuple[tuple[str, Answer], ...]
"""Answers by key, or as a session holds them; a walk along the latter is kept while the turn lasts."""


@dataclass(frozen=True, slots=True)
class Position:
    """The answers on the way, by key and in order, and what comes now: a question (`ask`, a key) or an outcome."""

    path: tuple[str, ...]
    ask: str | None
    end: str | None

    def before(self, key: str | None) -> str | None:
        """The key answered before `key` (None: before what comes now), None at the beginning."""
        earlier = self.path if key not in self.path else self.path[: self.path.index(key)]
        return earlier[-1] if earlier else None


def replay(flow: Flow, answers: Answers, world: World) -> Position:
    """Walk `flow` along `answers` until one is missing or no longer valid, or an outcome is reached.

    Takes time in proportion to the number of answers.
    """
    return _walk(flow, answers, world).position


def situation_at(flow: Flow, answers: Answers, world: World, person: int | None = None) -> Situation:
    """The answers that count, as predicates see them; with those of `person` among them, without their number."""
    walk = _walk(flow, answers, world)
    about = walk.people.get(person, {}) if person is not None else {}
    return Situation({**walk.here, **about}, world.knowledge, world.today, walk.people)


def is_answered(flow: Flow, key: str, answers: Mapping[str, Answer], world: World) -> bool:
    """Whether `answers` hold a valid answer under `key`, or the skip of an optional question."""
    question = flow.questions.get(bare(key))
    if question is None or key not in answers:
        return False
    value = answers[key]
    if value is None:
        return question.optional
    return KINDS[question.kind].is_valid(question, value, world.knowledge, world.today)


def fallen(session: Session, flow: Flow, position: Position, world: World) -> frozenset[str]:
    """The keys of answers of `flow` that no longer count: off the path for good, or not valid any more."""
    ahead = flow.reachable_from(bare(position.ask)) if position.ask is not None else frozenset()
    on_path = frozenset(position.path)
    off_path = {key: value for key, value in session.answers if key not in on_path and bare(key) in flow.questions}
    return frozenset(key for key in off_path if bare(key) not in ahead or not is_answered(flow, key, off_path, world))


def forget_walks() -> None:
    """Keep nothing of what was walked along: what a person told lasts no longer than their turn."""
    _WALKS.clear()


def _walk(flow: Flow, answers: Answers, world: World) -> "_Walk":
    """The walk along `answers`. One turn looks at the same answers a dozen times: then they are the same object."""
    if isinstance(answers, Mapping):
        return _Walk(flow, answers, world)
    kept = _WALKS.get(id(answers))
    if kept is not None and kept.pairs is answers and kept.is_of(flow, world):
        return kept
    last = next(reversed(_WALKS.values()), None)
    if len(_WALKS) >= _MOST_WALKS:
        forget_walks()
    walk = _WALKS[id(answers)] = _Walk(flow, dict(answers), world, answers, last)
    return walk


_MOST_WALKS = 16
_WALKS: dict[int, "_Walk"] = {}


class _Walk:
    """One walk: the answers met on the way (`here`), those about persons by number, and where it ends.

    `pairs` are the answers as the session holds them, held here too, so that no others can have their id. As long as
    the answers are those of the walk `before`, its steps are taken: nothing is judged twice.
    """

    def __init__(
        self,
        flow: Flow,
        answers: Mapping[str, Answer],
        world: World,
        pairs: tuple[tuple[str, Answer], ...] | None = None,
        before: "_Walk | None" = None,
    ) -> None:
        self.flow = flow
        self.world = world
        self.pairs = pairs
        self._beside = before if before is not None and before.is_of(flow, world) else None
        self._rules: list[Rule] = []
        self._answers = answers
        self._path: list[str] = []
        self.here: dict[str, Answer] = {}
        self.people: dict[int, dict[str, Answer]] = {}
        self.position = self._walked()
        self._beside = None

    def is_of(self, flow: Flow, world: World) -> bool:
        """Whether this is a walk of `flow` on the same facts and day."""
        return self.flow is flow and self.world.knowledge is world.knowledge and self.world.today == world.today

    def _walked(self) -> Position:
        question = self.flow.questions[self.flow.start]
        while True:
            if question.kind is Kind.PEOPLE and (stop := self._about_people(question)) is not None:
                return stop
            if not self._settled(question, question.id):
                return self._stop(question.id)
            self._path.append(question.id)
            self.here[question.id] = self._answers[question.id]
            rule = self._rule(question, self.here)
            if rule.ask is None:
                return Position(tuple(self._path), None, rule.end)
            question = self.flow.questions[rule.ask]

    def _about_people(self, table: Question) -> Position | None:
        """Asks each person's questions; where the walk stops among them, None when all are answered."""
        for number in persons_in(self.flow, table.id, self._answers) or (1,):
            about: dict[str, Answer] = {}
            self.people[number] = about
            for question in self._person(table, about):
                key = key_of(question.id, number)
                if not self._settled(question, key):
                    return self._stop(key)
                self._path.append(key)
                about[question.id] = self._answers[key]
        return None

    def _person(self, table: Question, about: dict[str, Answer]) -> Iterator[Question]:
        """The questions about one person, each routed by the answers before it."""
        current = table.person
        while current is not None:
            question = self.flow.questions[current]
            yield question
            current = self._rule(question, ChainMap(about, self.here)).ask

    def _stop(self, key: str) -> Position:
        return Position(tuple(self._path), key, None)

    def _settled(self, question: Question, key: str) -> bool:
        if self._still_beside(key) and question.kind is not Kind.PEOPLE:
            return True
        if not is_answered(self.flow, key, self._answers, self.world):
            return False
        if question.kind is Kind.PEOPLE and persons_waited_for(self.flow, key, self._answers):
            return False
        value = self._answers[key]
        return value is None or KINDS[question.kind].settles(question, value)

    def _still_beside(self, key: str) -> bool:
        """Whether the walk before took this step too, with the same answer after the same ones."""
        beside, step = self._beside, len(self._path)
        if beside is None:
            return False
        same = (
            step < len(beside._path)
            and beside._path[step] == key
            and key in self._answers
            and self._answers[key] == beside._answers[key]
        )
        if not same:
            self._beside = None
        return same

    def _rule(self, question: Question, seen: Mapping[str, Answer]) -> Rule:
        if self._beside is not None:
            rule = self._beside._rules[len(self._rules)]
        elif question.next[0].when is None:
            rule = question.next[0]
        else:
            situation = Situation(seen, self.world.knowledge, self.world.today, self.people)
            rule = next(rule for rule in question.next if rule.when is None or PREDICATES[rule.when](situation))
        self._rules.append(rule)
        return rule
