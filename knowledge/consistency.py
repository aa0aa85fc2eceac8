"""What no schema can tell about one table: counts, sequences of dated rules, lists that must agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from knowledge.errors import Problem
from knowledge.rule_consistency import rule_problems
from knowledge.tables import Table, path_text, shown

__all__ = ["consistency_problems"]

_ONE_DAY = timedelta(days=1)
_UNITS = ("working_days", "calendar_days", "months", "hours")


def consistency_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """The contradictions inside and between tables. Only tables that passed their schema may be given."""
    checks = {
        "entry_regimes": _regimes,
        "evisa_lists": _evisa_lists,
        "visa_categories": _categories,
        "petition": _petition,
        "deadlines": _deadlines,
        "days_off": _days_off,
        "conflicts": _conflicts,
        "fees": _fees,
        "special_rules": _special_rules,
    }
    for name, check in checks.items():
        if name in tables:
            yield from check(tables[name])
    if "evisa_lists" in tables and "visa_categories" in tables:
        yield from _portal_categories(tables["evisa_lists"], tables["visa_categories"])
    yield from rule_problems(tables)


def _regimes(table: Table) -> Iterator[Problem]:
    regimes = table.rows("regimes")
    yield from _count(table, (), table.content["count"], len(regimes), "passports")
    for country, rules in regimes.items():
        for index, rule in enumerate(rules):
            yield from _ends_before_start(table, ("regimes", country, index), rule)
        for index, (earlier, later) in enumerate(pairwise(rules), start=1):
            path = ("regimes", country, index, "valid_from")
            yield from _follows(table, path, earlier.get("valid_until"), later.get("valid_from"))


def _follows(table: Table, path: tuple[str | int, ...], end: str | None, start: str | None) -> Iterator[Problem]:
    if end is None or start is None:
        what, repair = "the rule overlaps the one before it", "give the one before its valid_until, this its valid_from"
        yield Problem(table.file, path_text(path), shown(start), what, repair)
        return
    expected = date.fromisoformat(end) + _ONE_DAY
    if date.fromisoformat(start) != expected:
        kind = "overlaps" if date.fromisoformat(start) < expected else "leaves a gap after"
        what = f"the rule {kind} the one before it, which ends on {end}"
        yield Problem(table.file, path_text(path), shown(start), what, f"start it on {expected.isoformat()}")


def _ends_before_start(table: Table, path: tuple[str | int, ...], row: Mapping[str, Any]) -> Iterator[Problem]:
    start, end = row.get("valid_from"), row.get("valid_until")
    if start is not None and end is not None and end < start:
        what = f"the rule ends before it starts on {start}"
        yield Problem(table.file, path_text((*path, "valid_until")), shown(end), what, "correct one of the days")


def _count(table: Table, path: tuple[str | int, ...], said: int, found: int, noun: str) -> Iterator[Problem]:
    if said != found:
        what = f"the file has {found} {noun}"
        yield Problem(table.file, path_text((*path, "count")), shown(said), what, "restore the lost row or correct it")


def _evisa_lists(table: Table) -> Iterator[Problem]:
    editions = table.content["editions"]
    for index, edition in enumerate(editions):
        path = ("editions", index)
        codes = _own_rows(edition)
        yield from _count(table, path, edition["count"], len(codes), "rows")
        for code in _twice(codes):
            yield Problem(
                table.file, path_text(path), shown(code), "the passport stands twice in this edition", "keep one"
            )
        for position, row in enumerate(edition.get("rows", ()), start=1):
            if row["number"] != position:
                place = path_text((*path, "rows", position - 1, "number"))
                yield Problem(table.file, place, shown(row["number"]), f"is row {position}", "number rows from 1")
        for code, row_of in edition.get("named_under", {}).items():
            if row_of not in codes:
                place = path_text((*path, "named_under", code))
                yield Problem(table.file, place, shown(row_of), "the edition has no such row", "name one of its rows")
    for index, (older, newer) in enumerate(pairwise(editions)):
        if older["as_of"] >= newer["as_of"]:
            place = path_text(("editions", index + 1, "as_of"))
            yield Problem(
                table.file, place, shown(newer["as_of"]), "editions are not in order", "put the oldest edition first"
            )
        yield from _differences(table, older, newer)


def _differences(table: Table, older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[Problem]:
    """The differences on record must be those of the rows."""
    before, after = set(_own_rows(older)), set(_own_rows(newer))
    under = set(newer.get("named_under", {})) - set(older.get("named_under", {}))
    found = {"removed": before - after - under, "added": after - before, "named_under": under}
    said: dict[str, set[str]] = {change: set() for change in found}
    for difference in table.content["differences"]:
        if (difference["older"], difference["newer"]) == (older["id"], newer["id"]):
            said[difference["change"]].update(difference["countries"])
    for change, codes in found.items():
        for code in sorted(codes ^ said[change]):
            what = f"{newer['id']} differs from {older['id']}: {change}"
            repair = "add it to the differences" if code in codes else "the rows do not show it: remove it"
            yield Problem(table.file, "differences", shown(code), what, repair)


def _own_rows(edition: Mapping[str, Any]) -> list[str]:
    return [row["country"] for row in edition["rows"]] if "rows" in edition else list(edition["codes"])


def _categories(table: Table) -> Iterator[Problem]:
    rows = table.rows("categories")
    yield from _count(table, (), table.content["count"], len(rows), "categories")
    for code, row in rows.items():
        if row["evisa"] is not ("portal" in row["issuers"]):
            what = "an e-visa is issued by the portal, and by nobody else"
            place = path_text(("categories", code, "evisa"))
            yield Problem(table.file, place, shown(row["evisa"]), what, "make evisa and issuers agree")


def _portal_categories(lists: Table, categories: Table) -> Iterator[Problem]:
    newest = lists.content["editions"][-1]
    issued = set(newest.get("categories", ()))
    marked = {code for code, row in categories.rows("categories").items() if row["evisa"]}
    for code in sorted(issued ^ marked):
        what = f"{newest['id']} and visa_categories.yaml disagree on whether the portal issues it"
        place = path_text(("categories", code, "evisa"))
        yield Problem(categories.file, place, shown(code in marked), what, "make the two tables agree")


def _petition(table: Table) -> Iterator[Problem]:
    petition = table.content["petition"]
    yield from _count(table, ("petition",), petition["count"], len(petition["countries"]), "countries")


def _deadlines(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("deadlines").items():
        given = [unit for unit in _UNITS if unit in row]
        if len(given) != 1:
            what = f"a term needs exactly one of {', '.join(_UNITS)}"
            yield Problem(table.file, path_text(("deadlines", name)), shown(given), what, "give one of them")
        yield from _ends_before_start(table, ("deadlines", name), row)


def _days_off(table: Table) -> Iterator[Problem]:
    for day in _twice(row["day"] for row in table.content["moves"]):
        yield Problem(table.file, "moves", shown(day), "the day is moved twice", "keep one of the rows")


def _special_rules(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("special_rules").items():
        yield from _ends_before_start(table, ("special_rules", name), row)


def _conflicts(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("conflicts").items():
        claims = [claim["id"] for claim in row["claims"]]
        for claim in _twice(claims):
            path = path_text(("conflicts", name, "claims"))
            yield Problem(table.file, path, shown(claim), "two claims have this id", "give each its own id")
        if row["served"] is not None and row["served"] not in claims:
            path = path_text(("conflicts", name, "served"))
            repair = f"use one of {', '.join(claims)}, or null"
            yield Problem(table.file, path, shown(row["served"]), "there is no such claim", repair)


def _fees(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("fees").items():
        if row["status"] != "unknown" and ("amount" in row) is ("mrp" in row):
            what = "a known fee needs either an amount or a rate in mrp"
            yield Problem(table.file, path_text(("fees", name)), shown(row.get("amount")), what, "give one of them")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
