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

OPTION_SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"purposes": tuple(dict.fromkeys((*_FREQUENT, *Purpose)))},
)
