"""The real facts and what is kept beside them, loaded once; a test damages a copy of them."""

from collections.abc import Mapping

import pytest

from knowledge.base import KnowledgeBase
from knowledge.checks.outcomes import Outcomes, outcomes_by_fact
from knowledge.checks.upkeep import Upkeep, load_upkeep
from knowledge.loader import load_knowledge


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return load_knowledge()


@pytest.fixture(scope="session")
def upkeep() -> Upkeep:
    return load_upkeep()


@pytest.fixture(scope="session")
def outcomes(kb: KnowledgeBase) -> Mapping[str, tuple[Outcomes, ...]]:
    return outcomes_by_fact(kb)
