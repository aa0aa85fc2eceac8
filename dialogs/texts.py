"""The words of the product: gettext catalogues in three languages, read once at start."""

import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from knowledge.language import Language

__all__ = ["TextError", "Texts"]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"(?:(?P<id>msgid)|msgid_plural|msgstr(?:\[[0-9]\])?)? ?(?P<words>{_QUOTED})")


class TextError(Exception):
    """The catalogues cannot be used; every problem is listed with its place and repair."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class _Message:
    """One catalogue entry; more than one form where the words change with a number."""

    forms: tuple[str, ...]

    @property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for form in self.forms for name in _PLACEHOLDER.findall(form))


@dataclass(frozen=True, slots=True)
class _Catalogue:
    messages: Mapping[str, _Message]
    form_of: Callable[[int], int]


class Texts:
    """Texts by id and language. Ids are equal in all languages, and so are their placeholders."""

    def __init__(self, catalogues: Mapping[Language, _Catalogue]) -> None:
        self._catalogues = catalogues

    @classmethod
    def load(cls, directory: Traversable | None = None, languages: Iterable[Language] = tuple(Language)) -> "Texts":
        """Read `<directory>/<language>/*.po` for each of `languages`; by default the catalogues of the product.

        Raises TextError naming every text that is missing in a language, empty, or has other placeholders.
        """
        root = directory if directory is not None else files("locales")
        problems: list[str] = []
        catalogues = {language: _read_language(root, language, problems) for language in languages}
        problems.extend(_differences(catalogues))
        if problems:
            raise TextError(problems)
        return cls(catalogues)

    def get(self, language: Language, key: str, **values: object) -> str:
        """The text `key` with its placeholders filled. Raises TextError when the text or a value is missing."""
        return self._fill(key, self._message(language, key).forms[0], values)

    def count(self, language: Language, key: str, n: int, **values: object) -> str:
        """The form of `key` that goes with the number `n`, which fills `{n}`."""
        forms = self._message(language, key).forms
        index = self._catalogues[language].form_of(n) if len(forms) > 1 else 0
        return self._fill(key, forms[index], {"n": n, **values})

    def ids(self) -> frozenset[str]:
        """Every text id."""
        return frozenset(key for catalogue in self._catalogues.values() for key in catalogue.messages)

    def __contains__(self, key: str) -> bool:
        return all(key in catalogue.messages for catalogue in self._catalogues.values())

    def _message(self, language: Language, key: str) -> _Message:
        message = self._catalogues[language].messages.get(key)
        if message is None:
            raise TextError([f"locales/{language}: {key}: no such text; add it to the catalogues of all languages"])
        return message

    @staticmethod
    def _fill(key: str, form: str, values: Mapping[str, object]) -> str:
        if "{" not in form:
            return form

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in values:
                raise TextError([f"{key}: {{{name}}}: no value was given; pass {name}=..."])
            return str(values[name])

        return _PLACEHOLDER.sub(value, form)


def _read_language(root: Traversable, language: Language, problems: list[str]) -> _Catalogue:
    messages: dict[str, _Message] = {}
    forms_of: list[Callable[[int], int]] = []
    parts = sorted((part for part in _parts(root, language)), key=lambda part: part.name)
    if not parts:
        problems.append(f"locales/{language}: no .po file found; restore the catalogues of this language")
    for part in parts:
        place = f"locales/{language}/{part.name}"
        catalog = _read_part(part, place, problems)
        if catalog is None:
            continue
        forms_of.append(gettext.c2py(catalog.plural_expr))
        for key, message in _messages(catalog):
            if key in messages:
                problems.append(f"{place}: {key}: stands twice in this language; remove one")
            if not all(form.strip() for form in message.forms):
                problems.append(f"{place}: {key}: the text is empty; write it")
            messages[key] = message
    return _Catalogue(messages, forms_of[0] if forms_of else lambda _n: 0)


def _parts(root: Traversable, language: Language) -> Iterator[Traversable]:
    folder = root / language
    if folder.is_dir():
        yield from (part for part in folder.iterdir() if part.name.endswith(".po"))


def _read_part(part: Traversable, place: str, problems: list[str]) -> Catalog | None:
    try:
        problems.extend(f"{place}: {problem}" for problem in _careless_lines(part.read_text("utf-8")))
        with part.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        problems.append(f"{place}: cannot be read: {error}; repair the file")
        return None


def _careless_lines(text: str) -> Iterator[str]:
    """What the reader of gettext files lets pass: a missing quotation mark eats letters, and the second of two wins."""
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            yield f"line {number}: {line[:40]}: is not a quoted text; check its quotation marks"
        elif found["id"] and found["words"] in seen:
            yield f"line {number}: {found['words']}: stands on line {seen[found['words']]} already; remove one"
        elif found["id"]:
            seen[found["words"]] = number


def _messages(catalog: Catalog) -> Iterator[tuple[str, _Message]]:
    for message in catalog:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if not key:
            continue
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        yield str(key), _Message(tuple(str(form) for form in forms))


def _differences(catalogues: Mapping[Language, _Catalogue]) -> Iterator[str]:
    every = {key for catalogue in catalogues.values() for key in catalogue.messages}
    for key in sorted(every):
        placeholders: frozenset[str] | None = None
        for language, catalogue in catalogues.items():
            message = catalogue.messages.get(key)
            if message is None:
                yield f"locales/{language}: {key}: the text is missing; write it in this language"
                continue
            if placeholders is None:
                placeholders = message.placeholders
            elif message.placeholders != placeholders:
                names = ", ".join(sorted(message.placeholders ^ placeholders))
                yield f"locales/{language}: {key}: {names}: the languages differ in this placeholder; use the same ones"
