"""Whether the classifier of questions learned from the questions there are."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.answer import Answer
from knowledge.asking.classifier import Classifier
from knowledge.asking.questions import NONE, TALK, Question, digest_of
from knowledge.checks.finding import Finding, Severity

__all__ = ["model_findings"]

_TRAIN = "make model"


def model_findings(
    classifier: Classifier, answers: Mapping[str, Answer], questions: Sequence[Question]
) -> Iterator[Finding]:
    """A model trained on other questions, labels that are no answer, in the model and among the questions."""
    if classifier.digest != digest_of(tuple(questions)):
        message = "the classifier was trained on other questions than those in knowledge/questions"
        yield Finding(Severity.ERROR, "model", message, _TRAIN)
    for label in classifier.labels:
        if not _is_known(label, answers):
            message = "the classifier knows this label, but there is no such answer"
            yield Finding(Severity.ERROR, f"model.{label}", message, f"correct the questions, then {_TRAIN}")
    for label in sorted({question.topic for question in questions}):
        if not _is_known(label, answers):
            message = "example questions ask for it, but there is no such answer"
            yield Finding(Severity.ERROR, label, message, "write the answer, or correct the questions")


def _is_known(label: str, answers: Mapping[str, Answer]) -> bool:
    return label in answers or label == NONE or label.startswith(TALK)
