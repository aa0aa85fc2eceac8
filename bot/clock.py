"""What time it is, as an argument: tests and replays bring their own clock."""

import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time

from knowledge.zone import KAZAKHSTAN

__all__ = ["Clock", "day_in_kazakhstan", "moment_in_kazakhstan", "system_clock"]

Clock = Callable[[], float]
"""Seconds since the epoch (UTC)."""

system_clock: Clock = time.time


def day_in_kazakhstan(moment: float) -> date:
    """The calendar day in Kazakhstan at `moment`, in seconds since the epoch."""
    return datetime.fromtimestamp(moment, KAZAKHSTAN).date()


def moment_in_kazakhstan(day: date, at: clock_time) -> float:
    """`day` at `at` by the clocks of Kazakhstan, in seconds since the epoch."""
    return datetime.combine(day, at, KAZAKHSTAN).timestamp()
