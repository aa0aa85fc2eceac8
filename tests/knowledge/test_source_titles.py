"""Titles of the sources: the same facts in three languages, each in its own words."""

import re

import pytest

from knowledge.facts import Source
from knowledge.language import Language
from knowledge.loader import load_knowledge

_KAZAKH_ONLY = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_SOURCES = tuple(load_knowledge().sources.values())

every_source = pytest.mark.parametrize("source", _SOURCES, ids=[source.id for source in _SOURCES])


@every_source
def test_numbers_and_dates_are_equal(source: Source) -> None:
    titles = [source.title_in(language) for language in Language]
    numbers = {tuple(sorted(re.findall(r"\d+", title))) for title in titles}
    assert len(numbers) == 1, titles


@every_source
def test_each_title_is_in_its_language(source: Source) -> None:
    kk, ru, en = (source.title_in(language) for language in (Language.KK, Language.RU, Language.EN))
    assert _KAZAKH_ONLY.search(kk)
    assert _CYRILLIC.search(ru)
    assert not _KAZAKH_ONLY.search(ru)
    assert not _CYRILLIC.search(en)
    assert not _KAZAKH_ONLY.search(en)


def test_a_source_can_be_kept_in_a_set() -> None:
    assert len(set(_SOURCES)) == len(_SOURCES)
