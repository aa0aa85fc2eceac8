"""A call to Telegram as it is put out, and how often each kind of it may be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.priority import Priority

__all__ = ["ANSWERS", "FLEETING", "MOST_ATTEMPTS", "MOST_EDITS", "Call", "Placed", "answer_lane", "most_attempts"]

ANSWERS = ("answerCallbackQuery", "answerInlineQuery")
"""They answer a query, not a chat."""
FLEETING = (*ANSWERS, "sendChatAction")
"""What somebody waits for now: once it may have arrived it is not made again, and later nobody misses it."""

MOST_ATTEMPTS = 2
"""A message that may have arrived is made once more, never oftener: twice is a nuisance, never is a loss."""
MOST_EDITS = 8
"""A change that is made twice is one change."""


@dataclass(frozen=True, slots=True)
class Call:
    """A Bot API method for a chat. The chat id is added when it is sent. `lane`: calls of one lane keep their order.

    `rest` are the parts of a message that was too long, to be sent after this one and before all else in the lane.
    """

    method: str
    chat_id: int
    lane: str
    payload: Mapping[str, Any]
    rest: tuple["Call", ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A call that was put out, and its row.

    `created_at` is when that was and `not_before` when it may go, in seconds since the epoch; `tries` counts the
    attempts that may have reached Telegram.
    """

    id: int
    call: Call
    priority: Priority
    created_at: float
    tries: int = 0
    not_before: float = 0.0
    claimed_at: float | None = None
    """When this process marked it as being sent; None when it did not."""

    @property
    def lane(self) -> str:
        """The lane of the call."""
        return self.call.lane


def answer_lane(query_id: str, chat_id: int) -> str:
    """The lane of the answer to a tap or to words typed elsewhere: it waits for no message of the chat."""
    return f"answer {query_id[:40]} {chat_id}"


def most_attempts(method: str) -> int:
    """How often a call may be made that may have taken effect each time."""
    if method in FLEETING:
        return 1
    return MOST_EDITS if method.startswith("edit") else MOST_ATTEMPTS
