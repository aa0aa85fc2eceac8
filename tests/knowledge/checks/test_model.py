"""The classifier must have learned from the questions there are, and know no topic that is not."""

from types import MappingProxyType

from knowledge.asking.questions import Question
from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.checks.model import model_findings
from knowledge.checks.upkeep import Upkeep
from knowledge.language import Language
from tests.knowledge.checks.damage import TOPIC


def test_a_question_more_asks_for_a_new_model(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    before = list(model_findings(kb.classifier, kb.answers, upkeep.questions))
    more = (*upkeep.questions, Question(TOPIC, Language.EN, "can my cousin from Lahore come by e-visa"))
    other = Finding(
        Severity.ERROR,
        "model",
        "the classifier was trained on other questions than those in knowledge/questions",
        "make model",
    )
    assert set(model_findings(kb.classifier, kb.answers, more)) == {*before, other}
    again = tuple(reversed(more[:-1]))
    assert list(model_findings(kb.classifier, kb.answers, again)) == before


def test_a_label_without_an_answer_is_named(kb: KnowledgeBase, upkeep: Upkeep) -> None:
    fewer = MappingProxyType({topic: answer for topic, answer in kb.answers.items() if topic != TOPIC})
    before = set(model_findings(kb.classifier, kb.answers, upkeep.questions))
    added = [f for f in model_findings(kb.classifier, fewer, upkeep.questions) if f not in before]
    assert [(finding.thing, finding.message) for finding in added] == [
        (f"model.{TOPIC}", "the classifier knows this label, but there is no such answer"),
        (TOPIC, "example questions ask for it, but there is no such answer"),
    ]
    assert {finding.severity for finding in added} == {Severity.ERROR}
