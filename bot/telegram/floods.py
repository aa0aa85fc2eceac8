"""When Telegram asks to wait: whether one chat is meant or the whole bot."""

from dataclasses import dataclass

__all__ = ["Floods"]

_RECENT = 10.0
"""Seconds. Stops that were told further apart are each about their own chat, however long they last."""

_CHATS_FOR_ALL = 3


@dataclass(frozen=True, slots=True)
class _Told:
    chat_id: int
    at: float
    until: float


@dataclass(frozen=True, slots=True)
class Floods:
    """The stops that Telegram told a process lately.

    A 429 does not say whom it is for; to Telegram there is no such difference. So the bot is taken to be meant when
    three different chats are told to wait within ten seconds. A limit of the bot hits whatever chat comes next, so
    every process finds out for itself; what it finds it writes down for all.
    """

    told: tuple[_Told, ...] = ()

    def hear(self, chat_id: int, seconds: float, now: float) -> tuple["Floods", float | None]:
        """A chat is told to wait; gives the seconds that the whole bot should wait, None when only the chat is meant.

        `now` is of a clock that only goes forward. The bot waits until the first of the chats may go again: if that is
        too early, Telegram says so once more.
        """
        others = (
            told for told in self.told if told.chat_id != chat_id and told.at > now - _RECENT and told.until > now
        )
        told = (*others, _Told(chat_id, now, now + seconds))
        everybody = min(one.until for one in told) - now if len(told) >= _CHATS_FOR_ALL else None
        return Floods(told), everybody
