"""Moments as the command line tells them."""

from datetime import datetime

from knowledge.zone import KAZAKHSTAN

__all__ = ["said"]


def said(moment: float) -> str:
    """A moment, in seconds since the epoch, by the clocks of Kazakhstan: `2026-11-28 12:40:05 +0500`."""
    return datetime.fromtimestamp(moment, KAZAKHSTAN).strftime("%Y-%m-%d %H:%M:%S %z")
