"""What a turn may look at besides the session and the event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.texts import Texts
from dialogs.tree import Flow
from knowledge.base import KnowledgeBase

__all__ = ["World"]


@dataclass(frozen=True, slots=True)
class World:
    """The facts, the words, the flows and the day. Nothing else reaches a turn."""

    knowledge: KnowledgeBase
    texts: Texts
    flows: Mapping[str, Flow]
    today: date
