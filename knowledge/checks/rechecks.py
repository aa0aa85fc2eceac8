"""Statements that were to be looked at again: many at once are one line a table."""

from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.statements import Statement

__all__ = ["due_statements", "recheck_findings"]

_REPAIR = "look at its sources again, renew as_of"
_US = "us_"
"""Begins the ids of us_visa.yaml."""


def due_statements(kb: KnowledgeBase, today: date, until: date) -> tuple[tuple[date, Statement], ...]:
    """The statements served `today` that are to be looked at again by `until`, each with its day, oldest first."""
    served = (statement for statement in kb.statements.values() if statement.is_served_on(today))
    due = ((statement.recheck_on(), statement) for statement in served)
    ripe = [(by, statement) for by, statement in due if by is not None and by <= until]
    return tuple(sorted(ripe, key=lambda item: (item[0], item[1].id)))


def recheck_findings(kb: KnowledgeBase, today: date, *, each: bool) -> Iterator[Finding]:
    """One finding a table, or with `each` one a statement."""
    due = due_statements(kb, today, today)
    for group, table in (("statement.*", "statements.yaml"), ("statement.us_*", "us_visa.yaml")):
        of_group = [item for item in due if item[1].id.startswith(_US) == (group != "statement.*")]
        if each or len(of_group) == 1:
            yield from (_one(by, statement) for by, statement in of_group)
        elif of_group:
            yield _summary(of_group, group, table)


def _one(by: date, statement: Statement) -> Finding:
    message = f"it speaks for {statement.as_of} and was to be looked at again by {by.isoformat()}"
    return Finding(Severity.WARNING, f"statement.{statement.id}", message, _REPAIR)


def _summary(due: Sequence[tuple[date, Statement]], group: str, table: str) -> Finding:
    by, oldest = due[0]
    message = (
        f"{len(due)} statements of {table} were to be looked at again, the first, {oldest.id}, by {by.isoformat()}"
    )
    return Finding(Severity.WARNING, group, message, "list them with visabot check --all, then renew as_of of each")
