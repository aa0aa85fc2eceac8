"""The clock of Kazakhstan."""

from zoneinfo import ZoneInfo

__all__ = ["KAZAKHSTAN"]

KAZAKHSTAN = ZoneInfo("Asia/Almaty")
"""One zone for the whole country since 2024-03-01."""
