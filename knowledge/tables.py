"""The fact tables as they stand in the files: read, and checked each against its schema."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from knowledge.errors import Problem
from knowledge.yamlfile import YamlFileError, load_yaml

__all__ = ["NAME_TABLES", "TABLES", "Table", "path_text", "read_file", "read_table", "shown"]

TABLES = (
    "sources",
    "entry_regimes",
    "special_rules",
    "evisa_lists",
    "visa_categories",
    "fees",
    "documents",
    "deadlines",
    "days_off",
    "petition",
    "groups",
    "regime_notes",
    "conflicts",
    "contacts",
    "domains",
    "statements",
    "us_visa",
    "penalties",
    "refusal_grounds",
    "invitation",
    "fee_exemptions",
    "never_serve",
)
# Read again by the recogniser, which relies on their schemas.
NAME_TABLES = ("countries", "not_countries")

_LONGEST_VALUE = 60
_REPAIRS = {
    "required": "add the field",
    "additionalProperties": "correct the name of the field, or remove it",
    "dependentRequired": "add the field that belongs with it",
    "enum": "use one of the words of the schema",
    "const": "use the value of the schema",
    "type": "give a value of that type",
    "pattern": "write it in the form that the schema asks for",
    "format": "write a real day as YYYY-MM-DD",
    "minItems": "add an entry, or mark the fact as unsourced where the schema allows it",
    "maxItems": "remove the entries",
    "uniqueItems": "keep one of the equal entries",
    "minimum": "give a larger number",
    "maxLength": "shorten it",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One file: `content` is what could be read, empty where nothing could; `problems` are those of the file alone."""

    file: str
    content: Mapping[str, Any]
    problems: tuple[Problem, ...]

    def rows(self, name: str) -> Mapping[str, Any]:
        """The mapping under `name`, empty where it is missing or not a mapping."""
        rows = self.content.get(name)
        return rows if isinstance(rows, dict) else {}


def read_table(directory: Traversable, name: str) -> Table:
    """Read `<name>.yaml` from `directory` and check it against `<name>.schema.json`. Never raises for bad content."""
    file = f"{name}.yaml"
    return read_file(directory / file, file, name)


def read_file(path: Traversable, file: str, schema: str) -> Table:
    """Read one file, called `file` in messages, and check it against `<schema>.schema.json`. Never raises."""
    try:
        content = load_yaml(path)
    except YamlFileError as error:
        return Table(file, {}, (_unreadable(file, str(error).removeprefix(f"{path}: ")),))
    except OSError as error:
        problem = Problem(file, "-", "-", f"cannot be read ({error.strerror})", "restore the file")
        return Table(file, {}, (problem,))
    problems = tuple(_schema_problem(file, error) for error in _validator(schema).iter_errors(content))
    return Table(file, content if isinstance(content, dict) else {}, problems)


def path_text(keys: Iterator[str | int] | tuple[str | int, ...]) -> str:
    """A path inside a file: `("regimes", "AT", 0, "days")` is `regimes.AT[0].days`; the top is `-`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}"
    return text.removeprefix(".") or "-"


def shown(value: object) -> str:
    """A value for an error message, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


def _unreadable(file: str, message: str) -> Problem:
    line = re.search(r"line (\d+)", message)
    what, _, repair = " ".join(message.split()).partition("; ")
    return Problem(file, f"line {line[1]}" if line else "-", "-", what, repair or "repair the file")


def _schema_problem(file: str, error: ValidationError) -> Problem:
    keyword = str(error.validator)
    what = "is not allowed here" if keyword == "not" else error.message
    repair = _REPAIRS.get(keyword, "remove it, or correct what it belongs to")
    if keyword == "enum":
        repair = f"use one of {', '.join(_texts(error.validator_value))}"
    return Problem(file, path_text(tuple(error.absolute_path)), shown(error.instance), _shortened(what), repair)


def _texts(words: object) -> list[str]:
    return [str(word) for word in words] if isinstance(words, list) else [str(words)]


def _shortened(message: str) -> str:
    return message if len(message) <= 3 * _LONGEST_VALUE else f"...{message[-2 * _LONGEST_VALUE :]}"


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(_resolved(_schema(name), name), format_checker=FormatChecker(["date"]))


def _resolved(node: Any, name: str) -> Any:
    """A schema with the parts it refers to in their place: looking them up row by row doubles the time.

    A part stands in the schema `name` itself (`#/$defs/...`) or in the shared one (`common.schema.json#/$defs/...`).
    """
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            home = name if reference.startswith("#") else "common"
            return _resolved(_schema(home)["$defs"][reference.rpartition("/")[2]], home)
        return {key: _resolved(value, name) for key, value in node.items()}
    return [_resolved(item, name) for item in node] if isinstance(node, list) else node


@cache
def _schema(name: str) -> Any:
    return json.loads((files("knowledge") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
