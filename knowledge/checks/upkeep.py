"""What is kept beside the facts to keep them true: example questions, unused facts with reasons, the approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.asking.questions import Question, read_questions
from knowledge.checks.approval import read_approved
from knowledge.checks.unused import read_unused
from knowledge.errors import KnowledgeError, Problem

__all__ = ["Upkeep", "load_upkeep"]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """`questions` are the examples that the classifier learns from, `unused` facts that nothing uses with the reason,
    `approved` the marks of the facts as somebody last approved them, by ledger name."""

    questions: tuple[Question, ...]
    unused: Mapping[str, str]
    approved: Mapping[str, str]


def load_upkeep(directory: Traversable | None = None, questions: Traversable | None = None) -> Upkeep:
    """Read it from the directory of the facts and that of the questions, by default those of the product.

    Raises KnowledgeError for a file that cannot be read.
    """
    root = directory if directory is not None else files("knowledge") / "data"
    try:
        examples = read_questions(questions)
    except ValueError as error:
        file, _, rest = str(error).partition(": ")
        place, _, what = rest.partition(": ")
        raise KnowledgeError([Problem(f"questions/{file}", place, "-", *_what_and_repair(what))]) from error
    return Upkeep(examples, read_unused(root), read_approved(root))


def _what_and_repair(message: str) -> tuple[str, str]:
    what, _, repair = message.rpartition("; ")
    return what, repair
