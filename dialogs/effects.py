"""What a turn asks the outside world to do besides talking: all in the transaction of the turn, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dialogs.answer import Answer
from knowledge.language import Language

__all__ = [
    "CallPerson",
    "Count",
    "Deliver",
    "Effect",
    "EndTalk",
    "Erase",
    "InviteGuest",
    "PassOn",
    "Remind",
    "ReminderKind",
    "RevokeLink",
    "StopReminding",
    "Submit",
    "Withdraw",
]


class ReminderKind(StrEnum):
    """What a timer is for. `recheck` looks again whether a saved outcome still holds."""

    DRAFT = "draft"
    PASSPORT = "passport"
    DECISION = "decision"
    ARRIVAL = "arrival"
    RECHECK = "recheck"


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand over an invitation: `payload` is an instance of schemas/invitation.schema.json, made of `answers`.

    Twice is once. With the reference of an invitation that was returned, these data take the place of the old ones.
    """

    reference: str
    payload: Mapping[str, Any]
    answers: tuple[tuple[str, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The inviter takes an invitation back."""

    reference: str


@dataclass(frozen=True, slots=True)
class InviteGuest:
    """A personal link lets a guest fill in their own part: person `person` of the paper `paper`."""

    token: str
    paper: int
    person: int


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """Take back the links of a paper that no guest has used, of one person or (None) of all."""

    paper: int
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Deliver:
    """A guest has filled in their part; the answers go to the inviter behind the link."""

    token: str
    answers: tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True)
class CallPerson:
    """Ask staff to take over: what the person last wanted to know, and the title of what they were shown.

    Neither holds personal data.
    """

    question: str
    shown: str
    language: Language


@dataclass(frozen=True, slots=True)
class PassOn:
    """Words for the member of staff who has taken over."""

    text: str


@dataclass(frozen=True, slots=True)
class EndTalk:
    """The person wants the assistant back."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Wake the conversation on the morning of `on` with `Alarm(kind, key)`; replaces the timer of that kind and key."""

    kind: ReminderKind
    key: str
    on: date


@dataclass(frozen=True, slots=True)
class StopReminding:
    """Drop the timers of this kind and key; None stands for all of them."""

    kind: ReminderKind | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One more for the funnel: how often `what` happened at a question of a flow (`asked`, or how it was left)."""

    flow: str
    question: str
    what: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Forget everything about this person, everywhere."""


Effect = (
    Submit
    | Withdraw
    | InviteGuest
    | RevokeLink
    | Deliver
    | CallPerson
    | PassOn
    | EndTalk
    | Remind
    | StopReminding
    | Count
    | Erase
)
