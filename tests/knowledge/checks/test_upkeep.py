"""What is kept beside the facts is read whole, or refused with the place."""

from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.checks.upkeep import Upkeep, load_upkeep
from knowledge.errors import KnowledgeError


def test_it_is_that_of_the_product(upkeep: Upkeep) -> None:
    assert len(upkeep.questions) > 10_000
    assert "statement.visa_form" in upkeep.unused
    assert set(upkeep.unused) <= set(upkeep.approved)


def test_a_broken_line_of_questions_is_named(tmp_path: Path) -> None:
    (tmp_path / "visa.tsv").write_text("visa.fees\ten\thow much\nvisa.fees\tde\twie viel\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_upkeep(files("knowledge") / "data", tmp_path)
    (problem,) = caught.value.problems
    assert str(problem) == (
        "questions/visa.tsv: line 2: -: 'visa.fees|de|wie viel': is not topic, language and question between tabs; "
        "correct the line"
    )
