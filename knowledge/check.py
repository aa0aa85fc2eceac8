"""Lint beyond loading: whether facts and answers are still true, used, approved and found."""

from collections.abc import Collection
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.checks.answers import answer_findings
from knowledge.checks.approval import approval_findings
from knowledge.checks.dated import dated_findings
from knowledge.checks.finding import Finding, in_order
from knowledge.checks.model import model_findings
from knowledge.checks.rechecks import recheck_findings
from knowledge.checks.sources import source_findings
from knowledge.checks.unused import unused_findings
from knowledge.checks.upkeep import Upkeep
from knowledge.checks.words import word_findings

__all__ = ["check"]


def check(
    kb: KnowledgeBase, upkeep: Upkeep, today: date, *, shown: Collection[str] = (), each_recheck: bool = False
) -> tuple[Finding, ...]:
    """What is worth a look on `today`, errors first.

    `shown` are the facts that screens look up themselves, by ledger name. With `each_recheck` every statement that was
    to be looked at again is a finding of its own, else they are one finding a table.
    """
    return in_order(
        (
            *dated_findings(kb, today),
            *recheck_findings(kb, today, each=each_recheck),
            *source_findings(kb),
            *unused_findings(kb, upkeep.unused, shown),
            *answer_findings(kb, today, upkeep.questions),
            *word_findings(kb),
            *model_findings(kb.classifier, kb.answers, upkeep.questions),
            *approval_findings(kb, upkeep.approved),
        )
    )
