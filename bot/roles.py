"""What a process does: everything, or a part beside others on the same database."""

from enum import StrEnum

__all__ = ["Role"]


class Role(StrEnum):
    """A part of the work.

    `web` receives updates from Telegram, `worker` answers them and wakes conversations, `sender` delivers the answers.
    """

    WEB = "web"
    WORKER = "worker"
    SENDER = "sender"
