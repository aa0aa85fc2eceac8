"""The words of answers: titles, alphabets, addresses, Russian dates."""

from types import MappingProxyType

import pytest

from knowledge.answer import Part, PartKind
from knowledge.base import KnowledgeBase
from knowledge.checks.finding import Severity
from knowledge.checks.words import word_findings
from knowledge.language import Language
from tests.knowledge.checks.damage import TOPIC, with_answer

_DATE = "{special_rule.pk_b3.valid_until}"


def _with_text(kb: KnowledgeBase, language: Language, text: str) -> KnowledgeBase:
    texts = {**dict.fromkeys(Language, "."), language: text}
    part = Part(PartKind.POINT, MappingProxyType(texts))
    return with_answer(kb, parts=(*kb.answers[TOPIC].parts, part))


def _found(kb: KnowledgeBase) -> list[tuple[Severity, str, str]]:
    return [(finding.severity, finding.thing, finding.message) for finding in word_findings(kb)]


def test_the_product_has_none(kb: KnowledgeBase) -> None:
    assert _found(kb) == []


@pytest.mark.parametrize(("length", "fits"), [(38, True), (39, False)])
def test_a_title_fits_a_button(kb: KnowledgeBase, length: int, fits: bool) -> None:
    titles = {**kb.answers[TOPIC].titles, Language.EN: "x" * length}
    message = f"en: the title has {length} characters, at most 38 fit a button"
    expected = [] if fits else [(Severity.ERROR, f"answer.{TOPIC}", message)]
    assert _found(with_answer(kb, titles=titles)) == expected


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Визa нужна", "Визa"),  # the last letter is Latin
        ("Cұрау", "Cұрау"),  # the first letter is Latin
        ("B3-ке, eGov-қа, DS-160", None),
        ("виза B12 и e-visa", None),
        (f"до {_DATE} включительно", None),
    ],
)
def test_a_word_is_in_one_alphabet(kb: KnowledgeBase, text: str, mixed: str | None) -> None:
    message = f"ru: {mixed!r} mixes Latin and Cyrillic letters"
    expected = [] if mixed is None else [(Severity.ERROR, f"answer.{TOPIC}", message)]
    assert _found(_with_text(kb, Language.RU, text)) == expected


def test_keywords_are_read_too(kb: KnowledgeBase) -> None:
    keywords = {**kb.answers[TOPIC].keywords, Language.KK: ("вizа",)}
    assert _found(with_answer(kb, keywords=keywords)) == [
        (Severity.ERROR, f"answer.{TOPIC}", "kk: 'вizа' mixes Latin and Cyrillic letters")
    ]


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("See https://visa-kz.example.com/form now", "visa-kz.example.com"),
        ("Write to help@mail.example.org.", "mail.example.org"),
        ("Go to evil-gov.kz", "evil-gov.kz"),
        ("Go to https://www.vmp.gov.kz/en, or egov.kz.", None),
        ("The U.S. embassy, at 5 p.m. or so, e.g. today", None),
    ],
)
def test_addresses_are_official(kb: KnowledgeBase, text: str, outside: str | None) -> None:
    expected = [(Severity.ERROR, f"answer.{TOPIC}", f"en: {outside} is on no official domain")] if outside else []
    assert _found(_with_text(kb, Language.EN, text)) == expected


@pytest.mark.parametrize(
    ("language", "text", "doubled"),
    [
        (Language.RU, f"Это действует до {_DATE}.", True),
        (Language.RU, f"До {_DATE} это действует.", False),
        (Language.RU, "Не больше {category.B3.single.max_stay_days}.", False),
        (Language.EN, f"It holds through {_DATE}.", False),
    ],
)
def test_a_russian_day_ends_in_a_full_stop_itself(
    kb: KnowledgeBase, language: Language, text: str, doubled: bool
) -> None:
    message = f"ru: {_DATE} ends in a full stop of its own, and another one follows"
    expected = [(Severity.WARNING, f"answer.{TOPIC}", message)] if doubled else []
    assert _found(_with_text(kb, language, text)) == expected
