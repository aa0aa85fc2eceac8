"""Where a conversation stands: computed from the answers, each time anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.predicates import PREDICATES
from dialogs.questions import KINDS
from dialogs.session import Answer, Session
from dialogs.situation import Situation
from dialogs.tree import Flow, Question, Rule
from dialogs.world import World

__all__ = ["Position", "fallen", "replay"]


@dataclass(frozen=True, slots=True)
class Position:
    """The questions answered on the way, in order, and what comes now: a question (`ask`) or an outcome (`end`)."""

    path: tuple[str, ...]
    ask: str | None
    end: str | None

    def before(self, question: str | None) -> str | None:
        """The question answered before `question` (None: before what comes now), None at the beginning."""
        earlier = self.path if question not in self.path else self.path[: self.path.index(question)]
        return earlier[-1] if earlier else None


def replay(flow: Flow, answers: Mapping[str, Answer], world: World) -> Position:
    """Walk `flow` along `answers` until one is missing or no longer valid, or an outcome is reached."""
    path: dict[str, Answer] = {}
    current = flow.start
    while True:
        question = flow.questions[current]
        if not is_answered(question, answers, world):
            return Position(tuple(path), current, None)
        path[current] = answers[current]
        rule = _rule(question, Situation(path, world.knowledge, world.today))
        if rule.end is not None:
            return Position(tuple(path), None, rule.end)
        current = str(rule.ask)


def is_answered(question: Question, answers: Mapping[str, Answer], world: World) -> bool:
    """Whether `answers` hold a valid answer to `question`, or the skip of an optional one."""
    if question.id not in answers:
        return False
    value = answers[question.id]
    if value is None:
        return question.optional
    return KINDS[question.kind].is_valid(question, value, world.knowledge, world.today)


def fallen(session: Session, flow: Flow, position: Position, world: World) -> frozenset[str]:
    """The questions of `flow` whose answers no longer count: off the path for good, or not valid any more."""
    ahead = flow.reachable_from(position.ask) if position.ask is not None else frozenset()
    answers = dict(session.answers)
    return frozenset(
        id_
        for id_ in answers
        if id_ in flow.questions
        and id_ not in position.path
        and (id_ not in ahead or not is_answered(flow.questions[id_], answers, world))
    )


def _rule(question: Question, situation: Situation) -> Rule:
    return next(rule for rule in question.next if rule.when is None or PREDICATES[rule.when](situation))
