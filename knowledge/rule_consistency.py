"""What no schema can tell about the tables of rules in words: figures in texts, patterns, ids that stand twice."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter

from knowledge.domains import is_official
from knowledge.errors import Problem
from knowledge.tables import Table, path_text, shown

__all__ = ["rule_problems"]

# The texts that name the figures of their row, by table and key.
_TEXTS = (
    ("statements", "statements", "statement"),
    ("us_visa", "statements", "statement"),
    ("refusal_grounds", "refusal_grounds", "text"),
    ("invitation", "fields", "format"),
    ("fee_exemptions", "inside", "who"),
    ("fee_exemptions", "mission", "who"),
)


def rule_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """The contradictions inside and between these tables. Only tables that passed their schema may be given."""
    for name, key, field in _TEXTS:
        if name in tables:
            yield from _figures(tables[name], key, field)
    for first, second, keys in (
        ("statements", "us_visa", ("statements",) * 2),
        ("fee_exemptions", "fee_exemptions", ("inside", "mission")),
    ):
        if first in tables and second in tables:
            yield from _stands_twice(tables[first], keys[0], tables[second], keys[1])
    for name in ("statements", "us_visa"):
        if name in tables:
            yield from _dates(tables[name])
    if "never_serve" in tables:
        yield from _patterns(tables["never_serve"])
    if "contacts" in tables and "domains" in tables:
        yield from _contacts(tables["contacts"], tables["domains"])


def _contacts(contacts: Table, domains: Table) -> Iterator[Problem]:
    """Every web address among the contacts that is not on an official domain."""
    known = domains.rows("domains")
    for name, row in contacts.rows("contacts").items():
        if row["kind"] == "web" and not is_official(row["value"], known):
            path = path_text(("contacts", name, "value"))
            what = "its domain is not an official one"
            yield Problem(contacts.file, path, shown(row["value"]), what, "correct it, or add it to domains.yaml")


def _figures(table: Table, key: str, field: str) -> Iterator[Problem]:
    for name, row in table.rows(key).items():
        path = path_text((key, name, field))
        try:
            named = {part for _, part, _, _ in Formatter().parse(row[field]) if part is not None}
        except ValueError as error:
            yield Problem(table.file, path, shown(row[field]), f"its braces do not match ({error})", "close them")
            continue
        given = set(row.get("figures", {}))
        for figure in sorted(named - given):
            yield Problem(table.file, path, shown(figure), "the row has no such figure", "add it to figures")
        for figure in sorted(given - named):
            what = f"the {field} does not name this figure"
            place = path_text((key, name, "figures", figure))
            yield Problem(table.file, place, shown(figure), what, "name it in braces")


def _stands_twice(first: Table, first_key: str, second: Table, second_key: str) -> Iterator[Problem]:
    for name in first.rows(first_key):
        if name in second.rows(second_key):
            path = path_text((second_key, name))
            what = f"the id also stands in {first.file} under {first_key}"
            yield Problem(second.file, path, shown(name), what, "give one of the rows another id")


def _dates(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("statements").items():
        start, end = row.get("valid_from"), row.get("valid_until")
        if start is not None and end is not None and end < start:
            path = path_text(("statements", name, "valid_until"))
            what = f"it ends before it starts on {start}"
            yield Problem(table.file, path, shown(end), what, "correct one of the days")


def _patterns(table: Table) -> Iterator[Problem]:
    for name, row in table.rows("never_serve").items():
        for language, patterns in row["patterns"].items():
            for index, pattern in enumerate(patterns):
                try:
                    re.compile(pattern, re.IGNORECASE)
                except re.error as error:
                    path = path_text(("never_serve", name, "patterns", language, index))
                    what = f"it is no regular expression ({error})"
                    yield Problem(table.file, path, shown(pattern), what, "repair the pattern")
