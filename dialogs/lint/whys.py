"""Questions that do not say how to answer, or why something personal is asked."""

from collections.abc import Iterator

from dialogs.tree import Flow, Kind
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity

__all__ = ["findings"]

_SHOWS_ITSELF = frozenset({Kind.REVIEW, Kind.HANDOVER, Kind.PEOPLE})


def findings(flow: Flow, world: World) -> Iterator[Finding]:
    """An example for everything that is typed or chosen; a reason for what is personal."""
    for question in flow.questions.values():
        key, thing = f"question.{question.id}", f"flow.{flow.id}.{question.id}"
        if question.kind not in _SHOWS_ITSELF and f"{key}.example" not in world.texts:
            message = "the question does not say how to answer"
            yield Finding(Severity.ERROR, thing, message, f"write {key}.example in all catalogues")
        if question.personal and question.kind is not Kind.HANDOVER and f"{key}.why" not in world.texts:
            message = "the question asks for personal data and does not say why"
            yield Finding(Severity.ERROR, thing, message, f"write {key}.why in all catalogues")
