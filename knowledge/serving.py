"""An answer as it may be told on one day: only what holds, with its proof and its doubts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.answer import Answer, AnswerStatus, Part, PartKind
from knowledge.base import KnowledgeBase
from knowledge.facts import ENDS_SOON_DAYS, Confidence, Source, weakest
from knowledge.figures import FactRecord
from knowledge.ledger import fact_record

__all__ = ["Ending", "ServedAnswer", "is_served", "serve"]


@dataclass(frozen=True, slots=True)
class Ending:
    """A fact that the answer tells and that ends soon; `last_day` is the last day on which it holds."""

    fact: str
    last_day: date


@dataclass(frozen=True, slots=True)
class ServedAnswer:
    """The parts that hold on the day, in order. `records` are the facts behind them by name.

    `confirmed` is the oldest day for which a fact told was last confirmed, where it should have been looked at again.
    `past_review` tells that nobody looked at the answer by its day. `confidence` is that of the weakest fact told.
    `conflicts` are told in the words of the catalogues; what the parts tell themselves is left out.
    """

    answer: Answer
    parts: tuple[Part, ...]
    records: tuple[FactRecord, ...]
    sources: tuple[Source, ...]
    confidence: Confidence
    conflicts: tuple[str, ...]
    endings: tuple[Ending, ...]
    confirmed: str | None
    past_review: bool

    def record(self, fact: str) -> FactRecord:
        """The fact that a part refers to. Raises KeyError for a name that no part names."""
        return next(record for record in self.records if record.name == fact)


def is_served(kb: KnowledgeBase, answer: Answer, today: date) -> bool:
    """Whether the answer may be told on `today`: approved, not expired, and its verdict holds."""
    if answer.status is not AnswerStatus.APPROVED or (answer.expires is not None and answer.expires < today):
        return False
    return any(part.kind is PartKind.VERDICT for part in parts_on(kb, answer, today))


def serve(kb: KnowledgeBase, answer: Answer, today: date) -> ServedAnswer | None:
    """The answer on `today`, None when it may not be told then."""
    if not is_served(kb, answer, today):
        return None
    parts = parts_on(kb, answer, today)
    records = _records(kb, answer, parts, today)
    sources = dict.fromkeys(source for record in records for source in record.sources)
    sources |= dict.fromkeys(answer.sources)
    holding = [record for record in records if record.validity.covers(today)]
    return ServedAnswer(
        answer=answer,
        parts=parts,
        records=records,
        sources=tuple(kb.sources[source] for source in sources),
        confidence=weakest([record.confidence for record in holding] or [Confidence.MEDIUM]),
        conflicts=tuple(name for name in answer.conflicts if _matters(name, records, today)),
        endings=tuple(_endings(holding, today)),
        confirmed=min(_overdue(holding, today), default=None),
        past_review=answer.review_by < today,
    )


def parts_on(kb: KnowledgeBase, answer: Answer, today: date) -> tuple[Part, ...]:
    """The parts that hold on `today`."""
    return tuple(part for part in answer.parts if _holds(kb, part, today))


def _holds(kb: KnowledgeBase, part: Part, today: date) -> bool:
    """All facts told are in force, and those of `after` have ended; a fact that ended may be named after its end."""
    told = {*part.during, *(reference.fact for reference in part.references)} - {*part.after}
    return all(_in_force(kb, name, today) for name in told) and all(_ended(kb, name, today) for name in part.after)


def _in_force(kb: KnowledgeBase, name: str, today: date) -> bool:
    record = fact_record(kb, name, today)
    return record is not None and record.validity.covers(today)


def _ended(kb: KnowledgeBase, name: str, today: date) -> bool:
    record = fact_record(kb, name, today)
    return record is not None and record.validity.end is not None and record.validity.end < today


def _records(kb: KnowledgeBase, answer: Answer, parts: tuple[Part, ...], today: date) -> tuple[FactRecord, ...]:
    """The facts behind the parts told, in the order in which they are told."""
    names: list[str] = []
    for part in parts:
        names += [*part.during, *part.after, *(reference.fact for reference in part.references)]
    names += [*answer.facts, *(f"conflict.{name}" for name in (*answer.told, *answer.conflicts))]
    found = (fact_record(kb, name, today) for name in dict.fromkeys(names))
    return tuple(record for record in found if record is not None)


def _endings(records: list[FactRecord], today: date) -> Iterator[Ending]:
    for record in records:
        if record.validity.end is not None and record.validity.ends_within(ENDS_SOON_DAYS, today):
            yield Ending(record.name, record.validity.end)


def _overdue(records: list[FactRecord], today: date) -> Iterator[str]:
    for record in records:
        if record.as_of is not None and record.recheck_on is not None and record.recheck_on <= today:
            yield record.as_of


def _matters(conflict: str, records: tuple[FactRecord, ...], today: date) -> bool:
    """Whether a disagreement is still worth telling: not where every fact that it is about has ended."""
    facts = (record for record in records if record.name != f"conflict.{conflict}")
    disputed = [record for record in facts if conflict in record.conflicts]
    return not disputed or any(record.validity.covers(today) for record in disputed)
