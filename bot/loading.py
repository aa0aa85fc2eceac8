"""The facts, words and flows, loaded and checked together: all problems at once, or a world to work in."""

from datetime import date

from bot.errors import StartError
from bot.telegram.profile_texts import profile_problems
from dialogs.flow import FlowError, load_flows
from dialogs.texts import TextError, Texts
from dialogs.tree import Flow
from dialogs.world import World
from knowledge.base import KnowledgeBase
from knowledge.errors import KnowledgeError
from knowledge.loader import load_knowledge

__all__ = ["load_world"]


def load_world(today: date) -> World:
    """The product's knowledge, texts and flows. Raises StartError with every problem of all three."""
    problems: list[str] = []
    knowledge: KnowledgeBase | None = None
    texts: Texts | None = None
    flows: dict[str, Flow] = {}
    try:
        knowledge = load_knowledge()
    except KnowledgeError as error:
        problems += [str(problem) for problem in error.problems]
    try:
        texts = Texts.load()
    except TextError as error:
        problems += error.problems
    try:
        flows = dict(load_flows())
    except FlowError as error:
        problems += error.problems
    if texts is not None:
        problems += profile_problems(texts)
    if problems or knowledge is None or texts is None:
        raise StartError.of(problems)
    return World(knowledge, texts, flows, today)
