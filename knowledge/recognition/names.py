"""The table of names: every way a country, its people or something that is no country can be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from babel import Locale
from babel.core import get_global

from knowledge.language import Language
from knowledge.recognition.endings import KAZAKH_CHAINS, declined, people_forms
from knowledge.recognition.folding import fold, skeleton
from knowledge.yamlfile import load_yaml

__all__ = ["Entry", "Kind", "NameTable", "data_directory", "display_name"]

_MOST_CANDIDATES = 6
_SHORTEST_SKELETON = 4
_SHORTEST_TARGET = 6


class Kind(StrEnum):
    """What an entry of the table names."""

    NAME = "name"
    PEOPLE = "people"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a written form stands for: one country, several that share it, or none (`codes` is empty)."""

    codes: tuple[str, ...]
    kind: Kind
    reason: str | None = None


@dataclass(slots=True)
class NameTable:
    """All written forms by their folded key, by their skeleton, and the words that guard against guessing."""

    forms: dict[str, Entry] = field(default_factory=dict)
    skeletons: dict[str, Entry] = field(default_factory=dict)
    inflected: dict[str, Entry] = field(default_factory=dict)
    base_forms: dict[str, Entry] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)
    codes: dict[str, Entry] = field(default_factory=dict)
    names_of_codes: dict[str, str] = field(default_factory=dict)
    first_words: dict[str, int] = field(default_factory=dict)
    everyday: set[str] = field(default_factory=set)
    given_names: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    countries: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, directory: Traversable | Path) -> "NameTable":
        """Read `countries.yaml` and `not_countries.yaml`; both are checked against their schemas elsewhere."""
        countries = cast("Mapping[str, object]", load_yaml(directory / "countries.yaml"))
        nots = cast("Mapping[str, Mapping[str, object]]", load_yaml(directory / "not_countries.yaml"))
        table = cls()
        table._take_guards(nots)
        builder = _Builder(table)
        builder.take_shared(cast("list[_Listing]", countries["shared"]))
        builder.take_countries(cast("Mapping[str, _Listing]", countries["countries"]))
        builder.take_territories(cast("Mapping[str, _Listing]", countries["territories"]))
        builder.take_nots(nots)
        builder.take_names_of_codes()
        builder.take_inflected()
        builder.take_skeletons()
        return table

    def is_everyday(self, token: str) -> bool:
        """Whether a word, or the word before its Kazakh ending, is an everyday one."""
        if token in self.everyday:
            return True
        return any(
            token[:cut] in self.everyday and token[cut:] in KAZAKH_CHAINS
            for cut in range(max(3, len(token) - 6), len(token))
        )

    def _take_guards(self, nots: Mapping[str, Mapping[str, object]]) -> None:
        targets = {"guard": self.everyday, "beside": self.given_names, "after_adjective": self.things}
        for group in nots.values():
            target = targets.get(str(group.get("use")))
            if target is not None:
                for names in cast("Mapping[str, list[str]]", group["names"]).values():
                    target.update(map(fold, names))
        self.everyday |= self.things


_Listing = Mapping[str, object]


class _Builder:
    """Fills a NameTable; what is listed outranks what is formed by the program."""

    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._locales = {language: Locale(language).territories for language in Language}
        self._inflected: list[tuple[str, Entry]] = []

    def take_shared(self, shared: Iterable[_Listing]) -> None:
        for listing in shared:
            codes = tuple(cast("list[str]", listing["countries"]))
            base = listing.get("beginning") is not True
            self._take(listing, Entry(codes, Kind.NAME), Entry(codes, Kind.PEOPLE), base=base)

    def take_countries(self, countries: Mapping[str, _Listing]) -> None:
        self._table.countries = tuple(countries)
        for code, listing in countries.items():
            name = Entry((code,), Kind.NAME)
            self._table.codes[code] = name
            self._take(listing, name, Entry((code,), Kind.PEOPLE), code)
        for alias, targets in cast("Mapping[str, list[str]]", get_global("territory_aliases")).items():
            if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in countries:
                self._table.codes.setdefault(alias, Entry((targets[0],), Kind.NAME))

    def take_territories(self, territories: Mapping[str, _Listing]) -> None:
        for code, listing in territories.items():
            issuer = str(listing["passport_of"])
            name = Entry((issuer,), Kind.NAME, "passport_of")
            self._take(listing, name, Entry((issuer,), Kind.PEOPLE, "passport_of"))
            if len(code) == 2:
                self._table.codes.setdefault(code, name)
        aliases = cast("Mapping[str, list[str]]", get_global("territory_aliases"))
        for alias, targets in aliases.items():
            if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in territories:
                self._table.codes.setdefault(alias, self._table.codes[targets[0]])

    def take_nots(self, nots: Mapping[str, Mapping[str, object]]) -> None:
        for group in nots.values():
            if group.get("use") is not None:
                continue
            entry = Entry((), Kind.NOT, cast("str | None", group.get("reason")))
            for language, names in cast("Mapping[str, list[str]]", group["names"]).items():
                for name in names:
                    self._add(name, entry)
                    if language == Language.RU:
                        self._inflected.extend((form, entry) for form in _russian(name))
                    elif language == Language.EN and group.get("reason") in ("people", "refugee"):
                        self._inflected.append((name + "s", entry))

    def take_names_of_codes(self) -> None:
        english = self._locales[Language.EN]
        for alias, entry in self._table.codes.items():
            name = english.get(alias) or english.get(entry.codes[0], "")
            self._table.names_of_codes[alias] = name

    def take_inflected(self) -> None:
        """Add the formed words that neither are listed nor look like an everyday word."""
        forms = self._table.forms
        for text, entry in self._inflected:
            key = fold(text)
            if key not in forms and key not in self._table.everyday:
                self._put(key, entry)
        self._table.everyday -= forms.keys()

    def take_skeletons(self) -> None:
        """Index the listed forms by skeleton, and apart from them the inflected ones, which prove less."""
        table = self._table
        for key, entry in table.base_forms.items():
            bone = skeleton(key)
            if len(bone) < _SHORTEST_SKELETON:
                continue
            known = table.skeletons.get(bone)
            if known is None:
                table.skeletons[bone] = entry
            elif known.codes != entry.codes:
                table.skeletons[bone] = Entry(_merged(known.codes, entry.codes), Kind.NAME)
        for key, entry in table.forms.items():
            if key not in table.base_forms:
                bone = skeleton(key)
                if len(bone) >= _SHORTEST_SKELETON and bone not in table.skeletons:
                    target = table.skeletons if not entry.codes else table.inflected
                    target.setdefault(bone, entry)

    def _take(
        self, listing: _Listing, name: Entry, people: Entry, code: str | None = None, *, base: bool = True
    ) -> None:
        for form in cast("list[str]", listing.get("verbatim", [])):
            self._table.codes[form] = name
        names = cast("Mapping[str, list[str]]", listing.get("names", {}))
        for language in (*Language, "native"):
            listed = list(names.get(language, ()))
            if code is not None and language != "native":
                listed.insert(0, self._locales[Language(language)][code])
            if code is not None and language in cast("Mapping[str, str]", listing.get("display", {})):
                listed.append(cast("Mapping[str, str]", listing["display"])[language])
            for text in listed:
                self._add(text, name, base=base, target=language != "native" and name.reason is None)
                if language == Language.RU and base:
                    self._inflected.extend((form, name) for form in _russian(text))
                elif language == Language.EN and base:
                    self._inflected.extend(((text + "s", name), ("the " + text, name)))
        for language, listed in cast("Mapping[str, list[str]]", listing.get("people", {})).items():
            for text in listed:
                self._add(text, people, base=True)
                if language == Language.RU:
                    self._inflected.extend((form, people) for form in people_forms(text))
                elif language == Language.EN:
                    self._inflected.append((text + "s", people))

    def _add(self, text: str, entry: Entry, *, base: bool = False, target: bool = False) -> None:
        key = fold(text)
        if key not in self._table.forms:
            self._put(key, entry)
            if base:
                self._table.base_forms[key] = entry
                if target or len(key) >= _SHORTEST_TARGET:
                    self._table.targets.append(key)

    def _put(self, key: str, entry: Entry) -> None:
        self._table.forms[key] = entry
        first, _, rest = key.partition(" ")
        if rest:
            length = rest.count(" ") + 2
            if self._table.first_words.get(first, 0) < length:
                self._table.first_words[first] = length


def _russian(name: str) -> Iterable[str]:
    """The inflected forms of a Russian name; an abbreviation has none."""
    if name.isupper() or not "а" <= name[-1].lower() <= "ё":
        return ()
    return declined(name.lower().replace("-", " ").replace("’", "").replace("'", ""))


def _merged(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one + other))[:_MOST_CANDIDATES]


def data_directory() -> Traversable:
    """Where the package keeps its data."""
    return files("knowledge") / "data"


@cache
def _display_overrides() -> dict[str, dict[str, str]]:
    content = cast("Mapping[str, Mapping[str, _Listing]]", load_yaml(data_directory() / "countries.yaml"))
    return {
        code: dict(cast("Mapping[str, str]", listing.get("display", {})))
        for code, listing in content["countries"].items()
    }


@lru_cache(maxsize=1024)
def display_name(code: str, language: Language) -> str:
    """The short name of a country for a messenger: ours where `countries.yaml` has one, else CLDR's.

    Raises KeyError, naming the code, for one that `countries.yaml` does not hold.
    """
    overrides = _display_overrides()
    if code not in overrides:
        raise KeyError(f"{code!r} is not a country of knowledge/data/countries.yaml")
    return overrides[code].get(language) or str(Locale(language).territories[code])
