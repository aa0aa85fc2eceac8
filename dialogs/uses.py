"""The facts that screens look up themselves, beside those that an advice or an answer brings along."""

from dialogs.cards.parts import document_text
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.inside import categories_inside
from dialogs.outcomes.ways_to_stay import facts_told
from dialogs.told_facts import told_by_outcomes
from dialogs.world import World
from knowledge.checks.trace import traced
from knowledge.language import Language

__all__ = ["shown_facts"]


def shown_facts(world: World) -> frozenset[str]:
    """Their names in the ledger: the contacts under "ask a person", and what the cards about longer stays rest on."""
    watched, noted = traced(world.knowledge)
    contact_lines(watched, Voice(world.texts, Language.EN))
    for category in categories_inside(watched):
        for paper in category.documents:
            document_text(paper, watched, Voice(world.texts, Language.EN))
    return frozenset(noted) | facts_told(world.knowledge) | told_by_outcomes(world)
