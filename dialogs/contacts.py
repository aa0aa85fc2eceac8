"""Who answers what the assistant cannot: official contacts, from the facts."""

from dialogs.formats import Voice
from dialogs.says import Bold, Line, Link, Span
from knowledge.base import KnowledgeBase
from knowledge.contacts import Contact, ContactKind

__all__ = ["contact_lines", "contact_span"]

# Those who answer questions about a visa; the facts hold others, such as the collections of laws.
_FOR_TRAVELLERS = ("contact_centre_short", "contact_centre", "portal", "egov")


def contact_span(contact: Contact) -> Span:
    """The address as a link, or the number to dial."""
    return Link(contact.value, contact.value) if contact.kind is ContactKind.WEB else Bold(contact.value)


def contact_lines(knowledge: KnowledgeBase, voice: Voice) -> tuple[Line, ...]:
    """One line for each contact: its name and its number or address, then the missions."""
    lines: list[Line] = []
    for id_ in _FOR_TRAVELLERS:
        contact = knowledge.contacts[id_]
        name = voice.text(f"contact.{contact.id}")
        lines.append((f"{name}: ", contact_span(contact)))
    lines.append((voice.text("person.missions"),))
    return tuple(lines)
