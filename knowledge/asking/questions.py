"""The example questions that the classifier learns from: one line a question, with its topic and language."""

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.language import Language

__all__ = ["NONE", "TALK", "Question", "digest_of", "read_questions", "read_tsv"]

NONE = "none"
"""The label of messages that no topic answers."""

TALK = "talk."
"""The family of labels for small talk, abuse and attempts to take the assistant over."""


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """One message as a person types it. `topic` is the id of the answer, NONE, or a kind of small talk."""

    topic: str
    language: Language
    text: str


def read_questions(directory: Traversable | None = None) -> tuple[Question, ...]:
    """The questions of every `*.tsv` in `directory`, by default those of the product, in the order of the files.

    Raises ValueError for a line that is not topic, language and text, naming file and line.
    """
    root = directory if directory is not None else files("knowledge") / "questions"
    parts = sorted((item for item in root.iterdir() if item.name.endswith(".tsv")), key=lambda item: item.name)
    return tuple(question for part in parts for question in read_tsv(part))


def digest_of(questions: Iterable[Question]) -> str:
    """A short mark of what was learned, concepts included: equal questions in any order give the same mark."""
    lines = sorted(f"{question.topic}\t{question.language}\t{question.text}" for question in questions)
    lines.append((files("knowledge") / "asking" / "concepts.yaml").read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def read_tsv(part: Traversable) -> Iterator[Question]:
    """The questions of one file. Raises ValueError as `read_questions` does."""
    with part.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if len(row) != 3 or row[1] not in set(Language) or not row[2].strip():
                what = "is not topic, language and question between tabs"
                raise ValueError(f"{part.name}: line {number}: {'|'.join(row)[:60]!r}: {what}; correct the line")
            yield Question(row[0], Language(row[1]), row[2])
