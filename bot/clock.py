"""What time it is, as an argument: tests and replays bring their own clock."""

import time
from collections.abc import Callable
from datetime import date, datetime

from knowledge.zone import KAZAKHSTAN

__all__ = ["Clock", "day_in_kazakhstan", "system_clock"]

Clock = Callable[[], float]
"""Seconds since the epoch (UTC)."""

system_clock: Clock = time.time


def day_in_kazakhstan(moment: float) -> date:
    """The calendar day in Kazakhstan at `moment`, in seconds since the epoch."""
    return datetime.fromtimestamp(moment, KAZAKHSTAN).date()
