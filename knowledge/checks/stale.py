"""Who must look at what, and by when: answers to be reviewed, facts behind them that end or changed, old statements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase
from knowledge.checks.approval import Change, ChangeKind, changes
from knowledge.checks.rechecks import due_statements
from knowledge.checks.uses import answers_by_fact
from knowledge.ledger import fact_record

__all__ = ["MAINTAINERS", "Due", "Reason", "stale"]

MAINTAINERS = "maintainers"
"""The owners of facts that no answer names."""


class Reason(StrEnum):
    """Why something is to be looked at."""

    REVIEW = "review"
    EXPIRES = "expires"
    FACT_ENDS = "fact_ends"
    FACT_CHANGED = "fact_changed"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """`owner` looks at `thing` (an answer or a fact by its ledger name) by `day`.

    `about` are the facts that end or changed, or the answers that a statement stands behind.
    """

    owner: str
    day: date
    thing: str
    reason: Reason
    about: tuple[str, ...] = ()


def stale(kb: KnowledgeBase, approved: Mapping[str, str], today: date, within: int) -> tuple[Due, ...]:
    """What is past its day, or due within so many days, by owner and in order of day. `approved`: marks of the facts.

    A fact that ended before its answer was last checked is no news.
    """
    until = _later(today, within)
    changed = {change.fact for change in changes(kb, approved) if _is_changed(change)}
    found: list[Due] = []
    for answer in kb.answers.values():
        found += _of_answer(kb, answer, today, until, changed)
    found += _statements(kb, today, until)
    return tuple(sorted(found))


def _of_answer(kb: KnowledgeBase, answer: Answer, today: date, until: date, changed: set[str]) -> Iterator[Due]:
    if answer.review_by <= until:
        yield Due(answer.owner, answer.review_by, answer.id, Reason.REVIEW)
    if answer.expires is not None and answer.expires <= until:
        yield Due(answer.owner, answer.expires, answer.id, Reason.EXPIRES)
    ends: dict[date, list[str]] = {}
    for name in answer.named_facts:
        record = fact_record(kb, name, answer.as_of)
        end = None if record is None else record.validity.end
        if end is not None and answer.as_of <= end <= until:
            ends.setdefault(end, []).append(name)
    for end, names in ends.items():
        yield Due(answer.owner, end, answer.id, Reason.FACT_ENDS, tuple(names))
    names = [name for name in answer.named_facts if name in changed]
    if names:
        yield Due(answer.owner, today, answer.id, Reason.FACT_CHANGED, tuple(names))


def _statements(kb: KnowledgeBase, today: date, until: date) -> Iterator[Due]:
    told = answers_by_fact(kb)
    for by, statement in due_statements(kb, today, until):
        name = f"statement.{statement.id}"
        answers = told.get(name, ())
        owners = {kb.answers[answer].owner: None for answer in answers} or {MAINTAINERS: None}
        for owner in owners:
            of_owner = tuple(answer for answer in answers if kb.answers[answer].owner == owner)
            yield Due(owner, by, name, Reason.RECHECK, of_owner)


def _is_changed(change: Change) -> bool:
    """A new fact is in the answers that were written with it; a fact that is gone would not load."""
    return change.kind is ChangeKind.CHANGED


def _later(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))
