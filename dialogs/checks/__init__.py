"""What a new answer is held against after its kind has accepted it: the other answers, the facts, the day."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.checks.invitation import CHECKS_OF_INVITATIONS, standing_objections
from dialogs.checks.objection import Check, Objection

__all__ = ["CHECKS", "Check", "Objection", "standing_objections"]

CHECKS: Mapping[str, tuple[Check, ...]] = MappingProxyType({**CHECKS_OF_INVITATIONS})
"""The checks of a question, by its id; the first objection counts."""
