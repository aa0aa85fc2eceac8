"""References from one table to another: every id that is named must exist, and no source carries more than it can."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from knowledge.errors import Problem
from knowledge.facts import Confidence, strongest
from knowledge.tables import Table, path_text, shown

__all__ = ["reference_problems"]

Path = tuple[str | int, ...]

# The kind of id that stands under a field, wherever the field occurs.
_FIELDS = {
    "sources": "source",
    "source": "source",
    "conflict": "conflict",
    "conflicts": "conflict",
    "documents": "document",
    "general": "document",
    "invitation": "document",
    "countries": "country",
    "country": "country",
    "codes": "country",
    "categories": "category",
    "single": "category",
    "multiple": "category",
    "issue": "deadline",
    "deadline": "deadline",
    "deadlines": "deadline",
    "fee": "fee",
    "statements": "statement",
    "groups": "group",
    "limited": "special rule",
    "mrp_year": "year of the monthly calculation index",
    "older": "edition",
    "newer": "edition",
}
_HOMES = {
    "source": "sources.yaml",
    "conflict": "conflicts.yaml",
    "document": "documents.yaml",
    "country": "countries.yaml",
    "category": "visa_categories.yaml",
    "deadline": "deadlines.yaml",
    "fee": "fees.yaml",
    "statement": "statements.yaml",
    "group": "groups.yaml",
    "special rule": "special_rules.yaml",
    "year of the monthly calculation index": "fees.yaml",
    "edition": "evisa_lists.yaml",
}


def reference_problems(tables: Mapping[str, Table], countries: Collection[str]) -> Iterator[Problem]:
    """Every id that does not exist where it should, and every fact surer than its sources allow.

    A table that could not be read at all is not blamed on those that refer to it.
    """
    known = _known_ids(tables, countries)
    caps = {
        source: Confidence(row["cap"])
        for source, row in tables["sources"].rows("sources").items()
        if isinstance(row, dict) and row.get("cap") in set(Confidence)
    }
    for table in tables.values():
        for path, key, value in _fields(table.content, ()):
            kind = _FIELDS[key]
            for place, name in _names(path, value):
                if kind in known and isinstance(name, str) and name not in known[kind]:
                    yield Problem(
                        table.file,
                        path_text(place),
                        shown(name),
                        f"there is no such {kind}",
                        f"correct the id, or add it to {_HOMES[kind]}",
                    )
        yield from _country_keys(table, known.get("country", frozenset()))
        yield from _too_sure(table.file, table.content, (), caps)
    yield from _note_ids(tables["entry_regimes"], tables["regime_notes"].rows("notes").keys())


def _known_ids(tables: Mapping[str, Table], countries: Collection[str]) -> dict[str, Collection[str]]:
    editions = tables["evisa_lists"].content.get("editions")
    known: dict[str, Collection[str]] = {
        "source": tables["sources"].rows("sources").keys(),
        "conflict": tables["conflicts"].rows("conflicts").keys(),
        "document": tables["documents"].rows("documents").keys(),
        "country": countries,
        "category": tables["visa_categories"].rows("categories").keys(),
        "deadline": tables["deadlines"].rows("deadlines").keys(),
        "fee": tables["fees"].rows("fees").keys(),
        "statement": tables["statements"].rows("statements").keys() | tables["us_visa"].rows("statements").keys(),
        "group": tables["groups"].rows("groups").keys(),
        "special rule": tables["special_rules"].rows("special_rules").keys(),
        "year of the monthly calculation index": tables["fees"].rows("mrp").keys(),
        "edition": [str(row.get("id")) for row in _mappings(editions)],
    }
    return {kind: ids for kind, ids in known.items() if ids}


def _fields(node: object, path: Path) -> Iterator[tuple[Path, str, object]]:
    """Every field that holds ids, with its path. A table of rows under the same name is walked through, not read."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _FIELDS and not _is_table(key, value):
                yield (*path, key), key, value
            else:
                yield from _fields(value, (*path, key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _fields(item, (*path, index))


def _is_table(key: str, value: object) -> bool:
    return isinstance(value, dict) and key != "limited"


def _names(path: Path, value: object) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        yield from (((*path, key), item) for key, item in value.items())
    elif isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))
    else:
        yield path, value


def _country_keys(table: Table, countries: Collection[str]) -> Iterator[Problem]:
    """Passports that stand as keys: those of the regimes and those of an edition's `limited` and `named_under`."""
    keys: list[Path] = [("regimes", code) for code in table.rows("regimes")]
    for index, edition in enumerate(_mappings(table.content.get("editions"))):
        for field in ("limited", "named_under"):
            named = edition.get(field)
            if isinstance(named, dict):
                keys.extend(("editions", index, field, code) for code in named)
    for path in keys:
        if countries and path[-1] not in countries:
            yield Problem(
                table.file,
                path_text(path),
                shown(path[-1]),
                "there is no such country",
                "correct the code, or add it to countries.yaml",
            )


def _note_ids(regimes: Table, known: Collection[str]) -> Iterator[Problem]:
    """Notes of regimes; other tables have notes of their own kind under the same field."""
    for code, rules in regimes.rows("regimes").items():
        for index, rule in enumerate(_mappings(rules)):
            for place, name in _names(("regimes", code, index, "notes"), rule.get("notes", [])):
                if known and name not in known:
                    yield Problem(
                        regimes.file,
                        path_text(place),
                        shown(name),
                        "there is no such note",
                        "correct the id, or add it to regime_notes.yaml",
                    )


def _too_sure(file: str, node: object, path: Path, caps: Mapping[str, Confidence]) -> Iterator[Problem]:
    if isinstance(node, dict):
        sources = node.get("sources", node.get("source"))
        names = [sources] if isinstance(sources, str) else sources
        if isinstance(names, list) and names and node.get("confidence") in set(Confidence):
            limit = strongest(caps.get(name, Confidence.HIGH) for name in names if isinstance(name, str))
            if strongest((limit, Confidence(node["confidence"]))) is not limit:
                yield Problem(
                    file,
                    path_text((*path, "confidence")),
                    shown(node["confidence"]),
                    f"its sources alone carry {limit.value} at most",
                    f"lower it to {limit.value}, or name a second source",
                )
        for key, value in node.items():
            yield from _too_sure(file, value, (*path, key), caps)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _too_sure(file, item, (*path, index), caps)


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
