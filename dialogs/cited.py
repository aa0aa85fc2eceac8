"""Facts in the words of a catalogue: a text refers to a figure as answers do, and the card names its sources."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from dialogs.contacts import contact_span
from dialogs.formats import Voice
from dialogs.says import Line, Span
from knowledge.answer import REFERENCE
from knowledge.base import KnowledgeBase
from knowledge.facts import Source
from knowledge.figures import Address, FactRecord, Figure, Money, Stamp
from knowledge.ledger import fact_record

__all__ = ["cited", "figure_span", "proof"]


def cited(text: str, knowledge: KnowledgeBase, voice: Voice, today: date) -> Line:
    """`text` with each reference, such as `{deadline.evisa_issue.working_days}`, as the figure of that fact.

    Raises KeyError for a reference to no fact: the tests hold every text against the facts.
    """
    line: list[Span] = []
    end = 0
    for match in REFERENCE.finditer(text):
        family, name, field = match.groups()
        figure = _record(f"{family}.{name}", knowledge, today).figures[field]
        line += [text[end : match.start()], figure_span(figure, knowledge, voice)]
        end = match.end()
    line.append(text[end:])
    return tuple(span for span in line if span != "")


def figure_span(figure: Figure, knowledge: KnowledgeBase, voice: Voice) -> Span:
    """A figure in the format of the language; a contact as its link or number."""
    match figure:
        case Money(amount, currency):
            return voice.money(amount, currency)
        case Stamp(iso):
            return voice.dated(iso)
        case Address(contact):
            return contact_span(knowledge.contacts[contact])
    return voice.number(Decimal(figure))


def proof(facts: Iterable[str], knowledge: KnowledgeBase, today: date) -> tuple[Source, ...]:
    """The sources of the facts with these names in the ledger, each once, in order. Raises KeyError for no fact."""
    found = dict.fromkeys(source for name in facts for source in _record(name, knowledge, today).sources)
    return tuple(knowledge.sources[source] for source in found)


def _record(name: str, knowledge: KnowledgeBase, today: date) -> FactRecord:
    record = fact_record(knowledge, name, today)
    if record is None:
        raise KeyError(name)
    return record
