"""Every way through a flow one by one, for those who must look at each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.answer import Answer
from dialogs.routes import rule_of
from dialogs.situation import Situation
from dialogs.tree import Flow
from dialogs.walk.classes import PassportClass
from dialogs.walk.hints import Hints
from dialogs.walk.samples import samples
from dialogs.world import World

__all__ = ["Way", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way: the answers in order, and the outcome that they lead to."""

    answers: tuple[tuple[str, Answer], ...]
    end: str


def ways(flow: Flow, world: World, classes: Sequence[PassportClass]) -> Iterator[Way]:
    """All ways through `flow` of the passports that stand for `classes`. Flows that ask about people have none."""
    if not any(question.person for question in flow.questions.values()):
        yield from _behind(flow, flow.start, {}, Hints.at_start(flow, world, classes), world, classes)


def _behind(
    flow: Flow, id_: str, answers: dict[str, Answer], hints: Hints, world: World, classes: Sequence[PassportClass]
) -> Iterator[Way]:
    question = flow.questions[id_]
    for value in samples(question, flow, hints, world, classes):
        given = {**answers, id_: value}
        rule = question.next[rule_of(question, Situation(given, world.knowledge, world.today))]
        if rule.ask is not None:
            yield from _behind(flow, rule.ask, given, hints.after(question, value, flow, world), world, classes)
        elif rule.end is not None:
            yield Way(tuple(given.items()), rule.end)
