"""Which rules of which questions the conversations take, and the lines of the flows that none of them does."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from dialogs.answer import Answer
from dialogs.effects import Deliver, Submit
from dialogs.keys import bare, person_of
from dialogs.replay import replay
from dialogs.routes import rule_of
from dialogs.session import Session
from dialogs.situation import Situation
from dialogs.talks.player import Played
from dialogs.tree import Flow
from dialogs.world import World

__all__ = ["Coverage", "Taken", "coverage_of", "rule_lines", "taken_in"]

_CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Taken:
    """Rule `rule` (the first is 0) of a question of a flow."""

    flow: str
    question: str
    rule: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one flow is talked about."""

    flow: str
    taken: int
    total: int
    missed: tuple[Taken, ...]


def taken_in(played: Played) -> frozenset[Taken]:
    """Every rule that the answers of a conversation followed, at any time of it."""
    found: set[Taken] = set()
    before: Session | None = None
    for exchange in played.exchanges:
        session = exchange.session
        if before is not None and any(isinstance(effect, Submit | Deliver) for effect in exchange.effects):
            session = _confirmed(before, exchange.world)
        flow = exchange.world.flows.get(session.flow or "")
        if flow is not None:
            found.update(_steps(flow, dict(session.answers), exchange.world))
        before = exchange.session
    return frozenset(found)


def _confirmed(session: Session, world: World) -> Session:
    """The session with its review confirmed: what is handed over leaves the session in the same turn."""
    ask = replay(world.flows[str(session.flow)], dict(session.answers), world).ask
    return session if ask is None else session.with_answer(ask, _CONFIRMED)


def coverage_of(flows: Iterable[Flow], taken: Collection[Taken]) -> tuple[Coverage, ...]:
    """For each flow how many of its rules are among `taken`."""
    found = []
    for flow in flows:
        rules = [
            Taken(flow.id, question.id, number)
            for question in flow.questions.values()
            for number in range(len(question.next))
        ]
        missed = tuple(rule for rule in rules if rule not in taken)
        found.append(Coverage(flow.id, len(rules) - len(missed), len(rules), missed))
    return tuple(found)


def rule_lines(text: str) -> Mapping[tuple[str, int], int]:
    """The lines of a flow file, counted from 1, on which each rule of each question begins."""
    return dict(_rule_lines(yaml.compose(text, Loader=yaml.SafeLoader)))


def _rule_lines(node: yaml.Node | None) -> Iterator[tuple[tuple[str, int], int]]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _rule_lines(item)
    if not isinstance(node, yaml.MappingNode):
        return
    parts = {key.value: value for key, value in node.value}
    rules = parts.get("next")
    if "question" in parts and isinstance(rules, yaml.SequenceNode):
        for number, rule in enumerate(rules.value):
            yield (str(parts["question"].value), number), rule.start_mark.line + 1
    for value in parts.values():
        yield from _rule_lines(value)


def _steps(flow: Flow, answers: Mapping[str, Answer], world: World) -> Iterator[Taken]:
    """The rules along the answers that count."""
    here: dict[str, Answer] = {}
    people: dict[int, dict[str, Answer]] = {}
    for key in replay(flow, answers, world).path:
        question, person = flow.questions[bare(key)], person_of(key)
        (here if person is None else people.setdefault(person, {}))[question.id] = answers[key]
        about = {} if person is None else people[person]
        situation = Situation({**here, **about}, world.knowledge, world.today, people)
        yield Taken(flow.id, question.id, rule_of(question, situation))
