"""Which call goes first when not all can go at once."""

from enum import IntEnum

__all__ = ["Priority"]


class Priority(IntEnum):
    """How urgent a call is; the lower the value, the sooner. The values are stored in the outbox: never renumber them.

    Order within a chat is kept whatever the priorities: they decide between chats.
    """

    HUMAN = 0
    """Written by a person of the staff for somebody who waits for it, and what a guest writes back."""
    REPLY = 1
    """The assistant's answer to what somebody just wrote or pressed."""
    ALERT = 2
    """Unasked for, but due now: a reminder, a change of a request, a notice to the staff."""
    BROADCAST = 3
    """The same words for many; it matters little whether they come now or in an hour."""
    TYPING = 4
    """A sign that something is being done. Dropped when it cannot go at once: later it would say nothing."""
