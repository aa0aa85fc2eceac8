"""What changed since somebody last looked at the facts and approved them, and what each change touches."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from knowledge.base import KnowledgeBase
from knowledge.checks.digests import digests
from knowledge.checks.finding import Finding, Severity
from knowledge.checks.outcomes import JUDGED_BY, Outcomes, outcomes_by_fact
from knowledge.checks.uses import answers_by_fact
from knowledge.errors import KnowledgeError, Problem

__all__ = [
    "APPROVED",
    "Change",
    "ChangeKind",
    "Touch",
    "approval_findings",
    "approved_text",
    "changes",
    "read_approved",
]

APPROVED = "approved_facts.json"
"""The file beside the tables with the mark of each fact as approved; `visabot answers approve` writes it."""

_REPAIR = "look at these, then visabot answers approve"


class ChangeKind(StrEnum):
    """What became of a fact since the approval."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A fact that is not as it was approved."""

    fact: str
    kind: ChangeKind


class Touch:
    """What rests on a fact: answers by id, outcomes of the reviewed tables. Trips are judged when first asked for."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._answers = answers_by_fact(kb)
        self._outcomes: Mapping[str, tuple[Outcomes, ...]] | None = None

    def answers(self, fact: str) -> tuple[str, ...]:
        """The ids of the answers that name the fact."""
        return self._answers.get(fact, ())

    def outcomes(self, fact: str) -> tuple[str, ...]:
        """The reviewed tables with cells that rest on the fact, one line each."""
        if fact.partition(".")[0] not in JUDGED_BY:
            return ()
        if self._outcomes is None:
            self._outcomes = outcomes_by_fact(self._kb)
        return tuple(map(str, self._outcomes.get(fact, ())))

    def __call__(self, fact: str) -> str:
        """Everything that the fact touches in one line."""
        answers = ", ".join(self.answers(fact)) or "none"
        outcomes = "; ".join(self.outcomes(fact)) or "none"
        return f"answers: {answers}; outcomes: {outcomes}"


def read_approved(directory: Traversable) -> Mapping[str, str]:
    """The marks of the approved facts. Raises KnowledgeError for a file that is missing or not such a list."""
    try:
        content = json.loads((directory / APPROVED).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        what = f"cannot be read ({type(error).__name__})"
        raise KnowledgeError([Problem(APPROVED, "-", "-", what, "restore the file")]) from error
    if not isinstance(content, dict) or not all(isinstance(mark, str) for mark in content.values()):
        what = "is not a list of facts with their marks"
        raise KnowledgeError([Problem(APPROVED, "-", "-", what, "restore the file, or approve the facts again")])
    return content


def approved_text(marks: Mapping[str, str]) -> str:
    """The content of the file: one fact a line, in order, so that a diff names what was approved."""
    return json.dumps(dict(sorted(marks.items())), indent=0) + "\n"


def changes(kb: KnowledgeBase, approved: Mapping[str, str]) -> tuple[Change, ...]:
    """The facts that are not as they were approved, by name."""
    now = digests(kb)
    found = [Change(name, ChangeKind.GONE) for name in approved if name not in now]
    for name, mark in now.items():
        if name not in approved:
            found.append(Change(name, ChangeKind.NEW))
        elif approved[name] != mark:
            found.append(Change(name, ChangeKind.CHANGED))
    return tuple(sorted(found))


def approval_findings(kb: KnowledgeBase, approved: Mapping[str, str]) -> Iterator[Finding]:
    """One warning a fact that changed, with what it touches."""
    touch = Touch(kb)
    said = {
        ChangeKind.CHANGED: "its row changed since it was approved",
        ChangeKind.NEW: "it is new since the facts were approved",
        ChangeKind.GONE: "it is gone since the facts were approved",
    }
    for change in changes(kb, approved):
        yield Finding(Severity.WARNING, change.fact, f"{said[change.kind]}; {touch(change.fact)}", _REPAIR)
