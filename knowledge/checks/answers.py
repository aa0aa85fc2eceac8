"""Vetted answers on one day: whether they are told, when they are looked at again, and what they can be found by."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from knowledge.answer import Answer, AnswerStatus
from knowledge.asking.questions import Question
from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language
from knowledge.ledger import fact_record
from knowledge.serving import is_served

__all__ = ["REVIEW_SOON_DAYS", "answer_findings"]

REVIEW_SOON_DAYS = 30
"""An answer that is to be looked at within so many days is named."""

_FEWEST_QUESTIONS = 20
"""In each language; with fewer examples the classifier only guesses."""


def answer_findings(kb: KnowledgeBase, today: date, questions: Sequence[Question]) -> Iterator[Finding]:
    """What the answers need on `today`; `questions` are the examples that find them."""
    examples = Counter((question.topic, question.language) for question in questions)
    for answer in kb.answers.values():
        thing = f"answer.{answer.id}"
        yield from _standing(kb, answer, thing, today)
        yield from _review(answer, thing, today)
        yield from _translations(answer, thing)
        yield from _doubts(kb, answer, thing)
        yield from _examples(answer, thing, examples)


def _standing(kb: KnowledgeBase, answer: Answer, thing: str, today: date) -> Iterator[Finding]:
    if answer.status is AnswerStatus.DRAFT:
        yield Finding(Severity.NOTICE, thing, "it is a draft and is not told", "have it reviewed and approve it")
    elif answer.expires is not None and answer.expires < today:
        message = f"it expired on {answer.expires.isoformat()} and is not told"
        yield Finding(Severity.WARNING, thing, message, f"{answer.owner}: renew it, or remove it")
    elif not is_served(kb, answer, today):
        message = f"it is approved, but no verdict of it holds on {today.isoformat()}"
        yield Finding(Severity.ERROR, thing, message, "add a verdict for that day, under after: where a fact has ended")


def _review(answer: Answer, thing: str, today: date) -> Iterator[Finding]:
    by = answer.review_by
    repair = f"{answer.owner}: look at it and its sources again, renew as_of and review_by"
    if by < today:
        message = f"it was to be looked at by {by.isoformat()} and is told with a warning"
        yield Finding(Severity.WARNING, thing, message, repair)
    elif (by - today).days <= REVIEW_SOON_DAYS:
        yield Finding(Severity.NOTICE, thing, f"it is to be looked at by {by.isoformat()}", repair)


def _translations(answer: Answer, thing: str) -> Iterator[Finding]:
    newest = max(answer.revised.values())
    for language in Language:
        day = answer.revised[language]
        if day < newest:
            message = f"{language}: last worked on {day.isoformat()}, another language on {newest.isoformat()}"
            yield Finding(Severity.WARNING, thing, message, f"compare the languages, then renew revised.{language}")


def _doubts(kb: KnowledgeBase, answer: Answer, thing: str) -> Iterator[Finding]:
    """A figure that may have changed is shown only with the words that say so."""
    shown = dict.fromkeys(reference.fact for part in answer.parts for reference in part.references)
    for name in shown:
        record = fact_record(kb, name, answer.as_of)
        if record is not None and record.doubt is not None and record.doubt not in answer.named_facts:
            message = f"it shows a figure of {name} and does not name {record.doubt}"
            yield Finding(Severity.ERROR, thing, message, "say it in words and list it under facts")


def _examples(answer: Answer, thing: str, examples: Mapping[tuple[str, Language], int]) -> Iterator[Finding]:
    for language in Language:
        number = examples.get((answer.id, language), 0)
        if number < _FEWEST_QUESTIONS:
            file = f"knowledge/questions/{answer.id.partition('.')[0]}.tsv"
            message = f"{language}: {number} example questions, at least {_FEWEST_QUESTIONS} are needed"
            yield Finding(Severity.ERROR, thing, message, f"add some to {file}, then make model")
