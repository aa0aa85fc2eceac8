"""Named lists of options, too long to stand in a flow file; the most frequent first."""

from collections.abc import Mapping
from types import MappingProxyType

from knowledge.trip import Purpose

__all__ = ["OPTION_SOURCES"]

_FREQUENT = (
    Purpose.TOURISM,
    Purpose.BUSINESS,
    Purpose.PRIVATE,
    Purpose.WORK,
    Purpose.STUDY,
    Purpose.FAMILY,
    Purpose.MEDICAL,
    Purpose.TRANSIT,
)

_LONG = (
    Purpose.WORK,
    Purpose.STUDY,
    Purpose.FAMILY,
    Purpose.PERMANENT_RESIDENCE,
    Purpose.REMOTE_WORK,
    Purpose.SELF_EMPLOYMENT,
    Purpose.INVESTMENT,
    Purpose.ETHNIC_KAZAKH_RETURN,
    Purpose.INTERNSHIP,
    Purpose.SEASONAL_WORK,
    Purpose.MEDICAL,
    Purpose.HUMANITARIAN,
    Purpose.MISSIONARY,
    Purpose.ADOPTION,
)

OPTION_SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"purposes": tuple(dict.fromkeys((*_FREQUENT, *Purpose))), "long_purposes": _LONG},
)
