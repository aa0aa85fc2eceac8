"""Ways that do not end, and what no way leads to: rules, questions and outcomes that the facts make unreachable."""

from collections.abc import Iterator

from dialogs.tree import Flow
from dialogs.walk import Survey
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity

__all__ = ["findings"]


def findings(flow: Flow, _world: World, ways: Survey) -> Iterator[Finding]:
    """Dead ends and errors on the ways; then rules that are never taken and outcomes that are never reached."""
    for problem in sorted(ways.problems):
        where, _, what = problem.partition(": ")
        yield Finding(Severity.ERROR, f"flow.{flow.id}.{where}", what, "let every way end in one outcome")
    for question in flow.questions.values():
        for place, rule in enumerate(question.next):
            if (question.id, place) not in ways.taken:
                what = f"the rule {_told(rule.when, rule.ask or rule.end)} is taken by no passport and no answer"
                yield Finding(Severity.ERROR, f"flow.{flow.id}.{question.id}", what, "remove it, or mend its predicate")
    declared = dict.fromkeys(
        rule.end for question in flow.questions.values() for rule in question.next if rule.end is not None
    )
    for end in declared:
        if end not in ways.ends:
            what = f"no way leads to the outcome {end}"
            yield Finding(Severity.ERROR, f"flow.{flow.id}", what, "remove it, or mend the rules before it")


def _told(when: str | None, leads_to: str | None) -> str:
    return f"{when or 'otherwise'} → {leads_to or 'done'}"
