"""The command `visabot`."""

from bot.cli.group import main

__all__ = ["main"]
