"""Predicates and outcomes that are registered and that no flow names."""

from collections.abc import Iterator

from dialogs.outcomes import OUTCOMES
from dialogs.predicates import PREDICATES
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity

__all__ = ["findings"]


def findings(world: World) -> Iterator[Finding]:
    """One finding a name."""
    rules = [rule for flow in world.flows.values() for question in flow.questions.values() for rule in question.next]
    for name in sorted(set(PREDICATES) - {rule.when for rule in rules}):
        yield Finding(Severity.ERROR, f"predicate.{name}", "no rule of any flow names it", "use it, or remove it")
    for name in sorted(set(OUTCOMES) - {rule.end for rule in rules}):
        yield Finding(Severity.ERROR, f"outcome.{name}", "no rule of any flow ends in it", "use it, or remove it")
