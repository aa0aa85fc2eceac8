"""What is to be looked at in the knowledge, found once a day."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from bot.clock import Clock, day_in_kazakhstan
from knowledge.checks.stale import Due, Reason

__all__ = ["DueList", "nothing_due"]


def nothing_due(_today: date) -> tuple[Due, ...]:
    """For a bot whose knowledge nobody keeps up."""
    return ()


class DueList:
    """`find` gives what is due on a day; it takes a moment and does not change while the program runs."""

    def __init__(self, find: Callable[[date], tuple[Due, ...]], clock: Clock) -> None:
        self._find = find
        self._clock = clock
        self._found: tuple[date, tuple[Due, ...]] | None = None

    def today(self) -> tuple[Due, ...]:
        """What is past its day, or will be soon."""
        today = day_in_kazakhstan(self._clock())
        if self._found is None or self._found[0] != today:
            self._found = (today, self._find(today))
        return self._found[1]

    async def late(self) -> Mapping[Reason, int]:
        """How much is past its day, by reason."""
        today = day_in_kazakhstan(self._clock())
        return Counter(due.reason for due in self.today() if due.day < today)
