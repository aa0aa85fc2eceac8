"""What to do about a call after an attempt to make it: one class for each action. `note` is for the outbox and the log.

A note names the error in Telegram's words, without anything that was quoted: that may be what a person wrote.
"""

from dataclasses import dataclass

from bot.storage.calls import Call

__all__ = [
    "Arrived",
    "Conflict",
    "Failed",
    "MovedGroup",
    "NewMessage",
    "NextPart",
    "NotAllowed",
    "PlainText",
    "Split",
    "TokenRefused",
    "TryLater",
    "Uncertain",
    "Unreachable",
    "Verdict",
    "WaitForChat",
    "WithoutTopic",
]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Nothing is left to do: what the call is for is so already, or does not matter any more."""

    note: str


@dataclass(frozen=True, slots=True)
class WaitForChat:
    """Make it again after `seconds`, and nothing else in this chat before. No try is counted.

    Whether the whole bot is meant is for `bot.telegram.floods` to say.
    """

    seconds: float
    note: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """It has not taken effect: make it again after `bot.telegram.refusals.backoff`. No try is counted."""

    note: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have taken effect. A try is counted; make it `again` after `bot.telegram.refusals.backoff`, or never."""

    again: bool
    note: str


@dataclass(frozen=True, slots=True)
class PlainText:
    """The markup is broken: make `call`, the same words without markup. The owner of the text should know."""

    call: Call
    note: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """The message to change is gone: make `call`, the same words as a new message."""

    call: Call
    note: str


@dataclass(frozen=True, slots=True)
class WithoutTopic:
    """The topic is gone or closed: make `call`, the same into the group itself."""

    call: Call
    note: str


@dataclass(frozen=True, slots=True)
class Split:
    """Too long for Telegram: make `calls`, its parts or those that are left, in order, before all else in the chat."""

    calls: tuple[Call, ...]
    note: str


@dataclass(frozen=True, slots=True)
class NextPart:
    """A part of a message that was too long has arrived: make the rest of it, before all else in the chat."""

    note: str


@dataclass(frozen=True, slots=True)
class MovedGroup:
    """The group has become a supergroup with another id: everything for it goes to `chat_id`, this call first."""

    chat_id: int
    note: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person, or the group, cannot be reached, and nothing else to this chat can, until an update comes from it."""

    note: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The bot may not write in this group until an administrator lets it: the staff should know."""

    note: str


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The Bot API does not accept the token: stop, and keep the call."""

    note: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another program does the same with this token: let one of the two stop, and keep the call."""

    note: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It cannot be made, now or later. `quiet` when nobody misses it."""

    note: str
    quiet: bool = False


Verdict = (
    Arrived
    | WaitForChat
    | TryLater
    | Uncertain
    | PlainText
    | NewMessage
    | NextPart
    | WithoutTopic
    | Split
    | MovedGroup
    | Unreachable
    | NotAllowed
    | TokenRefused
    | Conflict
    | Failed
)
