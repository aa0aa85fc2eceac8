"""Lint of the flows: each module looks after one thing and yields findings."""

from dialogs.lint.run import lint

__all__ = ["lint"]
