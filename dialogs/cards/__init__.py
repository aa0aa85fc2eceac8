"""Outcome cards: a verdict with its proof, as a Say."""

from dialogs.cards.advice import advice_card
from dialogs.cards.evisa import evisa_card

__all__ = ["advice_card", "evisa_card"]
