"""The real facts and what is kept beside them, loaded once; a test damages a copy of them."""

from collections.abc import Mapping
from datetime import date

import pytest

from dialogs.flow import load_flows
from dialogs.texts import Texts
from dialogs.uses import shown_facts
from dialogs.world import World
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
def shown(kb: KnowledgeBase) -> frozenset[str]:
    """The facts that screens of the product look up themselves."""
    return shown_facts(World(kb, Texts.load(), load_flows(), date(2026, 11, 22)))


@pytest.fixture(scope="session")
def outcomes(kb: KnowledgeBase) -> Mapping[str, tuple[Outcomes, ...]]:
    return outcomes_by_fact(kb)
