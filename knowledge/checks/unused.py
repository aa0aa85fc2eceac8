"""Facts that nothing uses are listed with the reason why they are kept; the list holds nothing else."""

from collections.abc import Collection, Iterator, Mapping
from importlib.resources.abc import Traversable

from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.checks.uses import unused_facts
from knowledge.errors import KnowledgeError
from knowledge.ledger import fact_names
from knowledge.tables import read_table

__all__ = ["read_unused", "unused_findings"]

_TABLE = "unused_facts"


def read_unused(directory: Traversable) -> Mapping[str, str]:
    """The listed facts with their reasons. Raises KnowledgeError for a file that cannot be read."""
    table = read_table(directory, _TABLE)
    if table.problems:
        raise KnowledgeError(table.problems)
    return table.rows("unused")


def unused_findings(kb: KnowledgeBase, listed: Mapping[str, str], shown: Collection[str]) -> Iterator[Finding]:
    """Facts that nothing uses and nobody listed, and rows of the list that are wrong. `shown`: see `unused_facts`."""
    unused, known = unused_facts(kb, shown), frozenset(fact_names(kb))
    for name in unused:
        if name not in listed:
            message = "no answer, no rule of the policy and no screen uses this fact"
            repair = f"use it, or list it in {_TABLE}.yaml with the reason"
            yield Finding(Severity.ERROR, name, message, repair)
    for name in listed:
        if name not in known:
            message, repair = "there is no such fact", "correct the name, or remove the row"
            yield Finding(Severity.ERROR, name, f"{_TABLE}.yaml: {message}", repair)
        elif name not in unused:
            yield Finding(Severity.ERROR, name, f"{_TABLE}.yaml: the fact is used", "remove the row")
