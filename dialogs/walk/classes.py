"""Passports that no rule can tell apart: what the facts say of them is equal, but for name, basis and sources."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaEdition

__all__ = ["PassportClass", "named_by_code", "passport_classes", "standing_of"]

_CODE = re.compile(r"""["']([A-Z]{2})["']""")
_JUDGES = (
    ("dialogs", "."),
    ("dialogs", "predicates"),
    ("dialogs", "outcomes"),
    ("dialogs", "cards"),
    ("dialogs", "checks"),
    ("knowledge", "."),
    ("knowledge", "policy"),
)
"""Where the code lies that decides what a passport gets."""


@dataclass(frozen=True, slots=True)
class PassportClass:
    """Countries whose passports get the same ways; the first one stands for all."""

    members: tuple[str, ...]

    @property
    def first(self) -> str:
        """The country that is walked."""
        return self.members[0]


def passport_classes(kb: KnowledgeBase) -> tuple[PassportClass, ...]:
    """All passports with entry rules, in classes. A country that code names by its letters stands alone."""
    classes: dict[object, list[str]] = {}
    for country in sorted(kb.regimes):
        key: object = country if country in named_by_code() else tuple(standing_of(kb, country).values())
        classes.setdefault(key, []).append(country)
    return tuple(PassportClass(tuple(members)) for members in classes.values())


def standing_of(kb: KnowledgeBase, country: str) -> Mapping[str, Hashable]:
    """Everything the facts say of a passport, by table, without the names of the country and of the sources."""
    return {
        "regimes": tuple(replace(regime, country="", basis="", sources=()) for regime in kb.regimes[country]),
        "evisa_editions": tuple(
            (edition.names(country), _has_row(edition, country), dict(edition.limited).get(country))
            for edition in kb.evisa_editions
        ),
        "evisa_differences": tuple(row.name for row in kb.evisa_differences if country in row.countries),
        "petition_countries": country in kb.petition_countries,
        "groups": tuple(name for name, group in kb.groups.items() if country in group),
        "special_rules": tuple(name for name, rule in kb.special_rules.items() if country in rule.countries),
    }


def _has_row(edition: EvisaEdition, country: str) -> bool:
    return any(row.country == country for row in edition.rows)


@cache
def named_by_code() -> frozenset[str]:
    """The countries that the rules of this program name outright."""
    return frozenset(
        code
        for package, folder in _JUDGES
        for part in _modules(files(package) / folder)
        for code in _CODE.findall(part.read_text("utf-8"))
    )


def _modules(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        yield from (part for part in folder.iterdir() if part.name.endswith(".py"))
