"""Where flows end: each outcome turns the answers into a card. One module a theme."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.formats import Voice
from dialogs.outcomes import which_visa
from dialogs.says import Say
from dialogs.situation import Situation

__all__ = ["OUTCOMES", "OutcomeCard"]

OutcomeCard = Callable[[Situation, Voice, int], Say]
"""The card of an outcome: the answers, the words, and the run of the flow that marks its buttons."""

_THEMES = (which_visa,)

OUTCOMES: Mapping[str, OutcomeCard] = MappingProxyType(
    {name: getattr(theme, name) for theme in _THEMES for name in theme.__all__}
)
