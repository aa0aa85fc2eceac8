"""What the flows ask of the answers so far: small questions with yes or no, one module a theme."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.predicates import after_arrival, evisa_guide, invitation, long_stay, us_visa, visa_inside, which_visa
from dialogs.situation import Situation

__all__ = ["PREDICATES", "Predicate"]

Predicate = Callable[[Situation], bool]

_THEMES = (
    after_arrival,
    evisa_guide,
    invitation,
    long_stay,
    us_visa,
    visa_inside,
    which_visa,
)

PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {name: getattr(theme, name) for theme in _THEMES for name in theme.__all__}
)
