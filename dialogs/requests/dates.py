"""By when the next step of an invitation is to be expected, counted from its history by the terms of the law.

Only legal terms are told: how fast we check the data ourselves is no promise that any source makes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.requests.request import Request
from dialogs.requests.status import Status
from knowledge.base import KnowledgeBase
from knowledge.terms import apply_rule, walk
from knowledge.workdays import WorkingDay

__all__ = ["Step", "conflicts_behind", "sources_behind", "steps_ahead"]

_SEND_BY = "invite_before_entry"
_REVIEW = ("invite_review_electronic", "invite_review")
_SECURITY = ("security_check", "security_check_extended")
_DECISION = "invite_decision"
_OURS = frozenset({Status.RECEIVED, Status.IN_CHECK})
_UNDER_REVIEW = frozenset({Status.SENT, Status.POLICE_CHECK})


@dataclass(frozen=True, slots=True)
class Step:
    """One step to come, counted from the day `start`; the catalogues name it under `request_step.<what>`.

    `expected` is its day when every term is the shortest, None where there is only one term; `latest` when every term
    is the longest. `rules` are the ids of the terms.
    """

    what: str
    start: date
    expected: WorkingDay | None
    latest: WorkingDay
    rules: tuple[str, ...]


def steps_ahead(request: Request, knowledge: KnowledgeBase, today: date) -> tuple[Step, ...]:
    """The next step and the decision; none after the end, and none where no term holds or dates end."""
    now = request.now
    if now.status in _OURS or now.status is Status.RETURNED:
        sending = tuple(_sending(request, knowledge))
        return sending if now.status is Status.RETURNED else (*sending, *_decision(knowledge, today, "if_sent"))
    if now.status in _UNDER_REVIEW:
        intake = next((change.on for change in request.history if change.status is Status.SENT), now.on)
        review = _span(knowledge, "review", intake, _REVIEW[:1], _REVIEW[1:])
        return (*review, *_decision(knowledge, intake, "decision"))
    if now.status is Status.SECURITY:
        short, long = ((term, _DECISION) for term in _SECURITY)
        agreed = _span(knowledge, "security", now.on, _SECURITY[:1], _SECURITY[1:])
        return (*agreed, *_span(knowledge, "decision", now.on, short, long))
    return ()


def sources_behind(steps: tuple[Step, ...], knowledge: KnowledgeBase) -> tuple[str, ...]:
    """The sources of the terms, each once."""
    return tuple(
        dict.fromkeys(source for step in steps for rule in step.rules for source in knowledge.deadlines[rule].sources)
    )


def conflicts_behind(steps: tuple[Step, ...], knowledge: KnowledgeBase) -> tuple[str, ...]:
    """The disagreements about the terms, each once."""
    found = (knowledge.deadlines[rule].conflict for step in steps for rule in step.rules)
    return tuple(dict.fromkeys(conflict for conflict in found if conflict is not None))


def _sending(request: Request, kb: KnowledgeBase) -> Iterator[Step]:
    found = apply_rule(kb.calendar, kb.deadlines[_SEND_BY], request.first_day)
    if found is not None:
        yield Step("send", request.first_day, None, WorkingDay(found.date, found.estimated), (_SEND_BY,))


def _decision(kb: KnowledgeBase, start: date, what: str) -> Iterator[Step]:
    short, long = ((review, security, _DECISION) for review, security in zip(_REVIEW, _SECURITY, strict=True))
    return _span(kb, what, start, short, long)


def _span(kb: KnowledgeBase, what: str, start: date, short: tuple[str, ...], long: tuple[str, ...]) -> Iterator[Step]:
    expected = walk(kb.calendar, [kb.deadlines[rule] for rule in short], start)
    latest = walk(kb.calendar, [kb.deadlines[rule] for rule in long], start)
    if latest is not None:
        yield Step(what, start, expected, latest, tuple(dict.fromkeys((*short, *long))))
