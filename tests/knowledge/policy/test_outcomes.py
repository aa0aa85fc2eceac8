"""The tables of verdicts say what was reviewed."""

import pytest

from knowledge.base import KnowledgeBase
from tests.knowledge.policy.outcomes import SITUATIONS, Situation, table


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_verdicts_are_those_that_were_reviewed(kb: KnowledgeBase, situation: Situation) -> None:
    reviewed = situation.file.read_text(encoding="utf-8").splitlines()
    assert table(kb, situation).splitlines() == reviewed, "if meant: python -m tests.knowledge.policy.outcomes --write"
