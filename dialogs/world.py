"""What a turn may look at besides the session and the event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dialogs.answer import Answer
from dialogs.guests import Delivered, GuestInvitation
from dialogs.requests import Request
from dialogs.texts import Texts
from dialogs.tree import Flow
from knowledge.base import KnowledgeBase

__all__ = ["World"]


@dataclass(frozen=True, slots=True)
class World:
    """The facts, the words, the flows and the day, and what is stored beside this session. Nothing else reaches a turn.

    `fresh` are random letters and digits, new in each turn. `staff` tells whether there is a chat of staff to hand a
    conversation to. `requests` are the invitations that this person has handed over, `invited` the guest link that
    this event opens, and `delivered` what guests have filled in behind this person's links. `returned` are the answers
    of those that were returned, by reference. `payloads` are the data of
    those invitations by reference, present only where the person looks at their own data.
    """

    knowledge: KnowledgeBase
    texts: Texts
    flows: Mapping[str, Flow]
    today: date
    fresh: str = ""
    staff: bool = False
    requests: tuple[Request, ...] = ()
    invited: GuestInvitation | None = None
    delivered: tuple[Delivered, ...] = ()
    returned: Mapping[str, tuple[tuple[str, Answer], ...]] = field(default_factory=lambda: MappingProxyType({}))
    payloads: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
