"""What an invitation asks for, and the way it goes from the inviting party to the traveller."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from knowledge.facts import Confidence

__all__ = ["FieldOwner", "InvitationField", "InvitationStage", "SentBy"]


class FieldOwner(StrEnum):
    """Whose item it is: of the inviting party, of the guest, of the trip."""

    INVITER = "inviter"
    INVITEE = "invitee"
    TRIP = "trip"


class SentBy(StrEnum):
    """How an invitation is sent."""

    PAPER = "paper"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class InvitationField:
    """One item of the request. `required` is None where the sources do not settle it for everybody.

    `only` limits the item to one way of sending. `format` and `why` are in English; `deadline` is the term that the
    item must meet and `fee` what it proves, as ids of the knowledge base.
    """

    id: str
    who: FieldOwner
    required: bool | None
    format: str
    why: str
    sources: tuple[str, ...]
    confidence: Confidence
    figures: tuple[tuple[str, Decimal], ...] = ()
    only: SentBy | None = None
    deadline: str | None = None
    fee: str | None = None


@dataclass(frozen=True, slots=True)
class InvitationStage:
    """One stage of the way. `deadlines` are the terms that limit it and `statements` what else holds, as ids.

    `actor` acts: `inviter`, `host`, `invitee`, `intake`, `migration_police`, `security_service`, `portal` or `issuer`
    (a mission, the ministry or the migration service).
    """

    id: str
    actor: str
    sources: tuple[str, ...]
    confidence: Confidence
    deadlines: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
