"""The facts that screens look up themselves, beside those that an advice or an answer brings along."""

from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.world import World
from knowledge.checks.trace import traced
from knowledge.language import Language

__all__ = ["shown_facts"]


def shown_facts(world: World) -> frozenset[str]:
    """Their names in the ledger: the contacts under "ask a person"."""
    watched, noted = traced(world.knowledge)
    contact_lines(watched, Voice(world.texts, Language.EN))
    return frozenset(noted)
