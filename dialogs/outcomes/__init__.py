"""Where flows end: each outcome turns the answers into a card. One module a theme."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.formats import Voice
from dialogs.outcomes import (
    after_arrival,
    evisa_guide,
    evisa_steps,
    invitation,
    long_stay,
    overstay,
    us_terms,
    us_visa,
    visa_exit,
    visa_inside,
    which_visa,
)
from dialogs.says import Say
from dialogs.situation import Situation

__all__ = ["NOTHING_TO_KEEP", "OUTCOMES", "OutcomeCard"]

OutcomeCard = Callable[[Situation, Voice, int], Say]
"""The card of an outcome: the answers, the words, and the run of the flow that marks its buttons."""

_THEMES = (
    after_arrival,
    evisa_guide,
    evisa_steps,
    invitation,
    long_stay,
    overstay,
    us_terms,
    us_visa,
    visa_exit,
    visa_inside,
    which_visa,
)

OUTCOMES: Mapping[str, OutcomeCard] = MappingProxyType(
    {name: getattr(theme, name) for theme in _THEMES for name in theme.__all__}
)

NOTHING_TO_KEEP = frozenset(
    {"invitation_handed_over", "invitation_declined", "guest_part_delivered", "guest_part_declined"}
)
"""Outcomes after which nothing is left in the conversation that could be saved or spoken of again."""
