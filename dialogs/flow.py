"""Flows read from YAML and checked once at start."""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from dialogs.flow_checks import problems_of
from dialogs.migration import Migration
from dialogs.option_sources import OPTION_SOURCES
from dialogs.tree import Flow, Kind, Period, Question, Rule

__all__ = ["Flow", "FlowError", "Kind", "Question", "Rule", "load_flows"]


class FlowError(Exception):
    """The flows cannot be used; every problem names its file, question, value and repair."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def load_flows(directory: Traversable | None = None) -> Mapping[str, Flow]:
    """Read and check every flow in `directory`, by default those of the product, by id.

    Raises FlowError with all problems of all files.
    """
    root = directory if directory is not None else files("dialogs") / "flows"
    schema = json.loads((files("dialogs") / "schemas" / "flow.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    flows: dict[str, Flow] = {}
    problems: list[str] = []
    for part in sorted((part for part in root.iterdir() if part.name.endswith(".yaml")), key=lambda part: part.name):
        data = _read(part, validator, problems)
        if data is None:
            continue
        flow = _flow(data)
        if flow.id != part.name.removesuffix(".yaml"):
            problems.append(f"{part.name}: flow: {flow.id}: is not the name of the file; make them equal")
        problems.extend(f"{part.name}: {problem}" for problem in problems_of(flow, _ids(data)))
        flows[flow.id] = flow
    if problems:
        raise FlowError(problems)
    return MappingProxyType(flows)


def _read(part: Traversable, validator: Draft202012Validator, problems: list[str]) -> Any:
    try:
        data = yaml.safe_load(part.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{part.name}: cannot be read: {error}; repair the file")
        return None
    errors = sorted(validator.iter_errors(data), key=lambda error: error.json_path)
    problems.extend(f"{part.name}: {place}" for error in errors for place in _places(error, data))
    return None if errors else data


def _places(error: Any, data: Any) -> Iterator[str]:
    path = list(error.absolute_path)
    where = error.json_path
    if len(path) >= 2 and path[0] == "questions" and isinstance(data["questions"][path[1]], dict):
        where = f"{data['questions'][path[1]].get('question', path[1])}: {where}"
    yield f"{where}: {error.message}; see schemas/flow.schema.json"


def _ids(data: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(item["question"] for item, _ in _items(data["questions"]))


def _items(
    listed: Iterable[Mapping[str, Any]], of: str | None = None
) -> Iterator[tuple[Mapping[str, Any], str | None]]:
    """Every question as the file lists it, with the question about people that it belongs to."""
    for item in listed:
        yield item, of
        yield from _items(item.get("person", ()), item["question"])


def _flow(data: Mapping[str, Any]) -> Flow:
    questions = {item["question"]: _question(item, of) for item, of in _items(data["questions"])}
    migrations = tuple(
        Migration(
            item["since"],
            MappingProxyType(item.get("rename", {})),
            MappingProxyType(item.get("values", {})),
            frozenset(item.get("ask_again", ())),
        )
        for item in data.get("migrations", ())
    )
    return Flow(data["flow"], data["version"], MappingProxyType(questions), migrations)


def _question(item: Mapping[str, Any], of: str | None) -> Question:
    source = item.get("source")
    person = item.get("person")
    return Question(
        id=item["question"],
        kind=Kind(item["kind"]),
        next=tuple(Rule(rule.get("when"), rule.get("ask"), rule.get("end")) for rule in item["next"]),
        optional=item.get("optional", False),
        personal=item.get("personal", False),
        options=tuple(item.get("options", ())) if source is None else OPTION_SOURCES.get(source, ()),
        source=source,
        first=item.get("first", 8),
        popular=tuple(item.get("popular", ())),
        anywhere=item.get("anywhere", False),
        unit=item.get("unit", ""),
        low=item.get("min", 0),
        high=item.get("max", item.get("years", 0)),
        suggest=tuple(item.get("suggest", ())),
        form=item.get("form", ""),
        period=Period(item.get("period", Period.FUTURE)),
        of=of,
        person=None if person is None else person[0]["question"],
        zone=item.get("zone"),
    )
