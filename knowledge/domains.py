"""The official domains: the assistant links to an address on one of them or below it, and to no other."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Domain", "is_official"]


@dataclass(frozen=True, slots=True)
class Domain:
    """An official domain, whose it is, and where that was read."""

    name: str
    owner: str
    sources: tuple[str, ...]


def is_official(address: str, domains: Collection[str]) -> bool:
    """Whether a web address lies on one of the domains or below it."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
