"""The words of the vetted answers: titles that fit a button, one alphabet a word, official addresses."""

import re
from collections.abc import Iterator

from knowledge.answer import REFERENCE, Answer, references_in
from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Finding, Severity
from knowledge.domains import is_official
from knowledge.figures import Stamp
from knowledge.language import Language
from knowledge.ledger import fact_record

__all__ = ["word_findings"]

_LONGEST_TITLE = 38
"""Characters: a title is a button too."""

_LATIN, _CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u052f]")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w.+-]+@)?((?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.ASCII | re.IGNORECASE)
_WHOLE_DAY = len("2026-12-31")


def word_findings(kb: KnowledgeBase) -> Iterator[Finding]:
    """What is wrong with the words of an answer on any day."""
    for answer in kb.answers.values():
        thing = f"answer.{answer.id}"
        for language in Language:
            title = answer.titles[language]
            if len(title) > _LONGEST_TITLE:
                message = f"{language}: the title has {len(title)} characters, at most {_LONGEST_TITLE} fit a button"
                yield Finding(Severity.ERROR, thing, message, f"shorten {title!r}")
            for text in (title, *answer.keywords[language], *(part.texts[language] for part in answer.parts)):
                yield from _mixed(thing, language, text)
                yield from _addresses(kb, thing, language, text)
        yield from _dates_before_a_full_stop(kb, answer, thing)


def _mixed(thing: str, language: Language, text: str) -> Iterator[Finding]:
    for word in re.findall(r"\w+", REFERENCE.sub(" ", text)):
        if _LATIN.search(word) and _CYRILLIC.search(word):
            message = f"{language}: {word!r} mixes Latin and Cyrillic letters"
            yield Finding(Severity.ERROR, thing, message, "write the word in one alphabet")


def _addresses(kb: KnowledgeBase, thing: str, language: Language, text: str) -> Iterator[Finding]:
    for host in _ADDRESS.findall(REFERENCE.sub(" ", text)):
        if not is_official(f"https://{host}", kb.domains):
            message = f"{language}: {host} is on no official domain"
            yield Finding(Severity.ERROR, thing, message, "correct the address, or add its domain to domains.yaml")


def _dates_before_a_full_stop(kb: KnowledgeBase, answer: Answer, thing: str) -> Iterator[Finding]:
    """A Russian day ends in "г.", and a full stop after it would stand twice."""
    for part in answer.parts:
        text = part.texts[Language.RU]
        for reference in references_in(text):
            record = fact_record(kb, reference.fact, answer.as_of)
            figure = None if record is None else record.figures.get(reference.field)
            if isinstance(figure, Stamp) and len(figure.iso) == _WHOLE_DAY and f"{reference}." in text:
                message = f"ru: {reference} ends in a full stop of its own, and another one follows"
                yield Finding(Severity.WARNING, thing, message, "move the day away from the end of the sentence")
