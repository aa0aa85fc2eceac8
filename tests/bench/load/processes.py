"""Processes: which cores they may use, what they have cost, how much memory they hold. Linux only: it reads /proc."""

import os
from pathlib import Path

__all__ = ["BOT_CORES", "SERVER_CORES", "cpu_seconds", "resident_mb"]

_ALL = sorted(os.sched_getaffinity(0))
_TICKS = os.sysconf("SC_CLK_TCK")

BOT_CORES = frozenset(_ALL[:1])
"""Where the bot under test runs: one core of its own, where there are two."""

SERVER_CORES = frozenset(_ALL[1:] or _ALL)
"""Where the Bot API, the load and a database server run."""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, of its children that are there, and of those that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    spent = sum(map(int, fields[11:15])) / _TICKS
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                spent += cpu_seconds(int(child))
            except OSError:  # it ended just now
                continue
    return spent


def resident_mb(pid: int) -> float:
    """The most memory that the process has held so far."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
