"""The example questions: enough of each, none with two labels, and none of those that judge the classifier."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.asking.ask import TalkKind
from knowledge.asking.questions import NONE, TALK, digest_of, read_questions, read_tsv
from knowledge.base import KnowledgeBase
from knowledge.language import Language
from knowledge.recognition.folding import BREAK, skeleton, words

FEWEST = 20
FEWEST_OUTSIDE = 300
HELD_OUT = Path(__file__).with_name("held_out.tsv")


def said(text: str) -> str:
    """A question without what makes no difference to the classifier."""
    return " ".join(skeleton(word) for word in words(text) if word != BREAK) or text


def test_every_answer_has_enough_questions_in_each_language(kb: KnowledgeBase) -> None:
    counts = Counter((question.topic, question.language) for question in read_questions())
    for topic in (*kb.answers, *(f"{TALK}{kind}" for kind in TalkKind)):
        for language in Language:
            assert counts[topic, language] >= FEWEST, (topic, language)


def test_enough_messages_are_out_of_scope() -> None:
    counts = Counter(question.language for question in read_questions() if question.topic == NONE)
    assert all(counts[language] >= FEWEST_OUTSIDE for language in Language)


def test_every_label_has_an_answer(kb: KnowledgeBase) -> None:
    labels = {question.topic for question in read_questions()}
    assert labels == {*kb.answers, NONE, *(f"{TALK}{kind}" for kind in TalkKind)}


def test_no_question_has_two_labels() -> None:
    labels: dict[str, set[str]] = {}
    for question in read_questions():
        labels.setdefault(said(question.text), set()).add(question.topic)
    assert {text: found for text, found in labels.items() if len(found) > 1} == {}


def test_the_judges_were_never_shown() -> None:
    learned = {said(question.text) for question in read_questions()}
    assert [row for row in read_tsv(HELD_OUT) if said(row.text) in learned] == []


def test_the_classifier_learned_from_these_questions(kb: KnowledgeBase) -> None:
    """After a change of questions: make model."""
    assert kb.classifier.digest == digest_of(read_questions())


@pytest.mark.parametrize("line", ["evisa.fees\ten", "evisa.fees\tde\tWas kostet es?", "evisa.fees\ten\t  "])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.tsv").write_text(f"evisa.fees\ten\thow much\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv: line 2: .*; correct the line"):
        read_questions(tmp_path)
