"""The real facts, flows and words, loaded once for all conversations."""

from collections.abc import Mapping
from datetime import date

import pytest

from dialogs.engine import World
from dialogs.flow import Flow, load_flows
from dialogs.texts import Texts
from knowledge.base import KnowledgeBase
from knowledge.loader import load_knowledge

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def knowledge() -> KnowledgeBase:
    return load_knowledge()


@pytest.fixture(scope="session")
def flows() -> Mapping[str, Flow]:
    return load_flows()


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()


@pytest.fixture(scope="session")
def world(knowledge: KnowledgeBase, texts: Texts, flows: Mapping[str, Flow]) -> World:
    return World(knowledge, texts, flows, TODAY)
