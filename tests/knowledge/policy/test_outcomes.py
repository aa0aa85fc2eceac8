"""The tables of verdicts say what was reviewed."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.checks.situations import SITUATIONS, Situation
from tests.knowledge.policy.outcomes import file_of, table


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_verdicts_are_those_that_were_reviewed(kb: KnowledgeBase, situation: Situation) -> None:
    reviewed = file_of(situation).read_text(encoding="utf-8").splitlines()
    assert table(kb, situation).splitlines() == reviewed, "if meant: python -m tests.knowledge.policy.outcomes --write"
