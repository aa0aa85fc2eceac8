"""Which rule of a question is taken."""

from dialogs.predicates import PREDICATES
from dialogs.situation import Situation
from dialogs.tree import Question

__all__ = ["rule_of"]


def rule_of(question: Question, situation: Situation) -> int:
    """The place of the first rule of `question` whose predicate holds; the last one has none and always does."""
    return next(
        number for number, rule in enumerate(question.next) if rule.when is None or PREDICATES[rule.when](situation)
    )
