"""The states of a machine-readable zone: codes of three letters become those of two."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

__all__ = ["state_of"]

# In a zone only: Germany, and Kosovo as its passports write it.
_OF_ZONES = {"D": "DE", "RKS": "XK"}
# States that are no more: who their citizens are now, no code tells.
_GONE = frozenset({"ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"})
_RESERVED = "X"


def state_of(code: str) -> str | None:
    """The ISO alpha-2 code; None for the stateless, refugees, organisations, and what is no state of today."""
    return _states().get(code)


@cache
def _states() -> Mapping[str, str]:
    territories = Locale("en").territories
    known = {
        code: names[0]
        for code, names in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and len(names) == 1 and names[0] in territories and code not in _GONE
    }
    found = {code: name for code, name in known.items() if not code.startswith(_RESERVED)}
    return MappingProxyType({**found, **_OF_ZONES})
