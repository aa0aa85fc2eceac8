"""Words of one meaning are one feature in all languages."""

from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.asking.concepts import concepts
from knowledge.recognition.folding import skeleton, words
from knowledge.tables import read_file


def meant(text: str) -> set[str]:
    tokens = [skeleton(word) for word in words(text)]
    return {feature for feature in concepts().features(tokens) if "&" not in feature}


@pytest.mark.parametrize(
    ("texts", "concept"),
    [
        (("my wife", "моя жена", "менің әйелім", "meniń áıelim", "zhena"), "#spouse"),
        (("refunded", "вернут деньги", "ақшамды қайтара ма"), "#refund"),
        (("lost", "потеряла", "жоғалтып алдым", "zhogaltyp aldym"), "#lost"),
        (("fingerprints", "отпечатки", "саусақ ізі"), "#fingerprints"),
    ],
)
def test_one_meaning(texts: tuple[str, ...], concept: str) -> None:
    for text in texts:
        assert concept in meant(text), text


def test_a_short_word_must_be_the_whole_word() -> None:
    assert "#hub" in meant("hub")
    assert "#hub" not in meant("hubris")


def test_a_phrase_is_found_only_in_its_order() -> None:
    assert "#residence" in meant("вид на жительство")
    assert "#residence" not in meant("на вид")


def test_two_concepts_make_a_pair() -> None:
    tokens = [skeleton(word) for word in words("wife refund")]
    assert "#refund&spouse" in set(concepts().features(tokens))


def test_a_story_has_no_pairs() -> None:
    stem_of = {name: stem for stem, names in concepts().stems.items() for name in names}
    story = sorted(stem_of.values())[:40]
    assert not [feature for feature in concepts().features(story) if "&" in feature]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("spouse: {kk: [жұбай], ru: [жена]}", "add the field"),
        ("Spouse: {kk: [жұбай], ru: [жена], en: [wife]}", "does not match"),
        ("spouse: {kk: [], ru: [жена], en: [wife]}", "spouse.kk"),
        ("spouse: [wife]", "give a value of that type"),
    ],
)
def test_a_broken_list_is_named(tmp_path: Path, content: str, expected: str) -> None:
    (tmp_path / "concepts.yaml").write_text(content, encoding="utf-8")
    problems = read_file(tmp_path / "concepts.yaml", "asking/concepts.yaml", "concepts").problems
    assert any(expected in str(problem) for problem in problems), problems


def test_every_stem_is_listed_once_a_concept() -> None:
    for names in concepts().stems.values():
        assert all(first != second for first, second in pairwise(sorted(names)))
