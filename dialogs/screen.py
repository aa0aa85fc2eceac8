"""The form of a screen."""

from dataclasses import dataclass

from dialogs.says import Block, Button

__all__ = ["Rows", "Screen"]

Rows = tuple[tuple[Button, ...], ...]
"""Buttons in rows."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The blocks and buttons of one moment; `by_number` as in `says.Say`."""

    blocks: tuple[Block, ...]
    rows: Rows
    by_number: bool = True
