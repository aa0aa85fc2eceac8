"""Sources that nobody cites, and pages without a date that facts rest on."""

from collections.abc import Iterator

from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity

__all__ = ["cited_sources", "source_findings"]


def source_findings(kb: KnowledgeBase) -> Iterator[Finding]:
    """What to know about the documents behind the facts."""
    cited = cited_sources(kb)
    for source in kb.sources.values():
        thing = f"source.{source.id}"
        if source.id not in cited:
            yield Finding(Severity.NOTICE, thing, "no fact cites this source", "cite it, or remove it")
        elif source.as_of is None:
            yield Finding(Severity.NOTICE, thing, "facts rest on an undated page", "find the day it speaks for")


def cited_sources(kb: KnowledgeBase) -> frozenset[str]:
    """The ids of all sources that a fact or an answer names."""
    groups = (
        (rule for rules in kb.regimes.values() for rule in rules),
        kb.special_rules.values(),
        kb.evisa_differences,
        kb.categories.values(),
        kb.fees.values(),
        kb.mrp.values(),
        kb.documents.values(),
        kb.deadlines.values(),
        kb.conflicts.values(),
        kb.contacts.values(),
        kb.statements.values(),
        kb.penalties.values(),
        kb.refusal_grounds.values(),
        kb.invitation_fields.values(),
        kb.invitation_stages,
        kb.fee_exemptions.values(),
        kb.never_serve.rows.values(),
        kb.answers.values(),
    )
    cited = {source for facts in groups for fact in facts for source in fact.sources}
    editions = {edition.source for edition in kb.evisa_editions}
    return frozenset(cited | editions | {*kb.petition_sources, *kb.calendar.sources})
