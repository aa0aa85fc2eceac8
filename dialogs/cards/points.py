"""A card put together from points: each is a text with the facts it rests on, and is told only while they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from dialogs.cards.answer import part_line
from dialogs.cards.parts import sources, titled, warning_lines
from dialogs.cards.room import fitted
from dialogs.contacts import contact_span
from dialogs.formats import Voice
from dialogs.says import Block, Button, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from knowledge.answer import PartKind
from knowledge.base import KnowledgeBase
from knowledge.facts import ENDS_SOON_DAYS, Confidence
from knowledge.figures import Address, FactRecord, Figure, Money, Stamp
from knowledge.ledger import fact_record
from knowledge.serving import serve

__all__ = ["Point", "Section", "Vetted", "points_card"]

# An index holds for its year by its nature, and whoever tells a sum of money names the year.
_OF_ONE_YEAR = "mrp."


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say: the text `key`, filled with the figures of `facts` and with `values`.

    It is told only on a day when every fact of `facts` is served and every one of `ended` is over. The address or
    number of `contact` follows it.
    """

    key: str
    facts: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    contact: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Vetted:
    """The parts of one kind of a vetted answer, as they are served on the day."""

    answer: str
    kind: PartKind


@dataclass(frozen=True, slots=True)
class Section:
    """Points under a title (a text id); without a title they are paragraphs. `numbered` where the order matters."""

    title: str | None
    points: tuple[Point | Vetted, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    line: Line
    records: tuple[FactRecord, ...]


def points_card(
    title: str,
    sections: Sequence[Section],
    situation: Situation,
    voice: Voice,
    rows: tuple[tuple[Button, ...], ...],
    *,
    closing: str,
    lead: Sequence[Block] = (),
    conflicts: Iterable[str] = (),
    cited: Iterable[str] = (),
) -> Say:
    """The card under `title`: `lead`, the sections, then disputes and doubts, the text `closing`, and the sources.

    `cited` are ids of sources behind `lead`. `conflicts` are told in the words of the catalogues.
    """
    knowledge = situation.knowledge
    blocks: list[Block] = [Heading(title), *lead]
    records: dict[str, FactRecord] = {}
    for section in sections:
        told = tuple(_told(section.points, situation, voice))
        records |= {record.name: record for each in told for record in each.records}
        blocks += _section(section, [each.line for each in told], voice)
    disputes = tuple(dict.fromkeys(conflicts))
    warnings = (*warning_lines((), disputes, voice), *_doubts(records.values(), situation.today, voice))
    blocks += [*titled(voice.text("card.warnings"), warnings), Paragraph((voice.text(closing),))]
    ids = [*cited, *(source for record in records.values() for source in record.sources)]
    ids += [source for name in disputes for source in knowledge.conflicts[name].sources]
    documents = sources((knowledge.sources[id_] for id_ in dict.fromkeys(ids)), knowledge, voice)
    return Say(fitted(blocks, (), documents, voice), rows)


def _section(section: Section, lines: Sequence[Line], voice: Voice) -> Sequence[Block]:
    if section.title is None:
        return [Paragraph(line) for line in lines]
    return titled(voice.text(section.title), lines, numbered=section.numbered)


def _told(points: Iterable[Point | Vetted], situation: Situation, voice: Voice) -> Iterator[_Told]:
    for point in points:
        match point:
            case Point():
                yield from _of_point(point, situation, voice)
            case Vetted(answer, kind):
                yield from _of_answer(answer, kind, situation, voice)


def _of_point(point: Point, situation: Situation, voice: Voice) -> Iterator[_Told]:
    knowledge, today = situation.knowledge, situation.today
    held = [_record(knowledge, name, today) for name in point.facts]
    over = [_record(knowledge, name, today) for name in point.ended]
    if not all(record.served and record.validity.covers(today) for record in held):
        return
    if not all(record.validity.end is not None and record.validity.end < today for record in over):
        return
    figures = {name: value for record in (*over, *held) for name, value in record.figures.items()}
    words = {name: _words(value, knowledge, voice) for name, value in figures.items()}
    line: Line = (voice.text(point.key, **{**words, **point.values}),)
    records = [*held, *over]
    if point.contact is not None:
        line = (*line, " ", contact_span(knowledge.contacts[point.contact]))
        records.append(_record(knowledge, f"contact.{point.contact}", today))
    yield _Told(line, tuple(records))


def _of_answer(id_: str, kind: PartKind, situation: Situation, voice: Voice) -> Iterator[_Told]:
    served = serve(situation.knowledge, situation.knowledge.answers[id_], situation.today)
    if served is None:
        return
    for part in served.parts:
        if part.kind is kind:
            yield _Told(part_line(part, served, situation.knowledge, voice), served.records)


def _record(knowledge: KnowledgeBase, name: str, day: date) -> FactRecord:
    record = fact_record(knowledge, name, day)
    if record is None:
        raise LookupError(f"fact {name!r}: there is no such fact; correct the name in the outcome that tells it")
    return record


def _doubts(records: Iterable[FactRecord], today: date, voice: Voice) -> Iterator[Line]:
    """Which rule ends soon, since when something has not been confirmed, and whether a fact is unsure."""
    holding = [record for record in records if record.validity.covers(today)]
    rules = [record for record in holding if not record.name.startswith(_OF_ONE_YEAR)]
    ends = (record.validity.end for record in rules if record.validity.ends_within(ENDS_SOON_DAYS, today))
    for end in dict.fromkeys(ends):
        if end is not None:
            yield (voice.text("answer.ends_soon", date=voice.date(end)),)
    old = [record.as_of for record in holding if record.as_of and record.recheck_on and record.recheck_on <= today]
    if old:
        yield (voice.text("answer.last_confirmed", date=voice.dated(min(old))),)
    if any(record.confidence is Confidence.LOW for record in holding):
        yield (voice.text("card.some_unsure"),)


def _words(figure: Figure, knowledge: KnowledgeBase, voice: Voice) -> str:
    match figure:
        case Money(amount, currency):
            return voice.money(amount, currency)
        case Stamp(iso):
            return voice.dated(iso)
        case Address(contact):
            return knowledge.contacts[contact].value
    return voice.number(Decimal(figure))
