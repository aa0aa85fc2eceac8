"""A conversation as its file tells it, checked: every problem names file, step, key and repair."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator

from dialogs import effects
from dialogs.answer import Answer
from dialogs.says import SayMode
from dialogs.talks.change import Change
from knowledge.language import Language
from knowledge.yamlfile import YamlFileError, load_yaml

__all__ = ["ACTS", "Act", "Check", "EffectForm", "Script", "ScriptError", "ScriptStep", "load_scripts", "read_script"]

ACTS = ("say", "edit", "press", "press_first", "odd", "scan", "alarm", "released", "language")
"""What a person, staff or time can do; at most one of them in a step."""

_EFFECTS = frozenset(kind.__name__ for kind in effects.Effect.__args__)
_LISTS = ("see", "not_see", "buttons", "no_buttons")


class ScriptError(Exception):
    """Scripts cannot be played; every problem names its file, step, key and repair."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done: a key of `ACTS` and its values."""

    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectForm:
    """An effect by the name of its class, with the fields that must be so."""

    name: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold after a step. Words that begin with `=` name a text of the catalogues."""

    see: tuple[str, ...] = ()
    not_see: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    no_buttons: tuple[str, ...] = ()
    modes: tuple[SayMode, ...] | None = None
    answers: Mapping[str, Answer] | None = None
    waiting: str | None = None
    effects: tuple[EffectForm, ...] = ()
    no_effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One step: first the world changes, then something is done, then it is checked."""

    number: int
    change: Change
    act: Act | None
    flow_version: int | None
    check: Check


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation. `language` None is a person who has not chosen yet; `start` is the world it begins in."""

    name: str
    title: str
    language: Language | None
    start: Change
    steps: tuple[ScriptStep, ...]


def load_scripts(paths: Iterable[Path | Traversable]) -> tuple[Script, ...]:
    """Read all of `paths`. Raises ScriptError with every problem of all files."""
    scripts: list[Script] = []
    problems: list[str] = []
    for path in paths:
        try:
            scripts.append(read_script(path))
        except ScriptError as error:
            problems += error.problems
    if problems:
        raise ScriptError(problems)
    return tuple(scripts)


def read_script(path: Path | Traversable) -> Script:
    """The conversation in the file `path`. Raises ScriptError with all its problems."""
    try:
        data = load_yaml(path)
    except (YamlFileError, OSError) as error:
        raise ScriptError([f"{path.name}: cannot be read: {error}; repair the file"]) from error
    problems = [*_misfits(data)]
    if not problems and isinstance(data, dict):
        problems = [*_mistakes(data["steps"])]
    if problems or not isinstance(data, dict):
        raise ScriptError(f"{path.name}: {problem}" for problem in problems)
    try:
        return _script(path.name, data)
    except ValueError as error:
        raise ScriptError([f"{path.name}: {error}; correct the day"]) from error


def _misfits(data: object) -> Iterator[str]:
    """Where the file does not fit its schema."""
    for error in sorted(_validator().iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path]):
        place = list(error.absolute_path)
        where = [f"step {int(place[1]) + 1}", *place[2:]] if place[:1] == ["steps"] and len(place) > 1 else place
        path = ": ".join(map(str, where)) or "the file"
        known = ", ".join(error.schema["properties"]) if error.validator == "additionalProperties" else ""
        repair = f"use {known}" if known else "see schemas/talk.schema.json"
        yield f"{path}: {error.message}; {repair}"


def _mistakes(steps: list[dict[str, Any]]) -> Iterator[str]:
    """What no schema sees: two acts in one step, effects and modes that do not exist, a step that does nothing."""
    for number, step in enumerate(steps, 1):
        acts = [key for key in ACTS if key in step]
        if len(acts) > 1:
            yield f"step {number}: {' and '.join(acts)}: two things at once; make them two steps"
        if "effects" in step and not acts:
            yield f"step {number}: effects: nothing is done in this step; say or press something"
        for name in (*(_effect(item).name for item in step.get("effects", ())), *step.get("no_effects", ())):
            if name not in _EFFECTS:
                yield f"step {number}: effects: {name}: no such effect; use one of {', '.join(sorted(_EFFECTS))}"
        for mode in step.get("modes", ()):
            if mode not in set(SayMode):
                yield f"step {number}: modes: {mode}: no such mode; use one of {', '.join(SayMode)}"


def _script(name: str, data: Mapping[str, Any]) -> Script:
    language = data.get("language")
    return Script(
        name,
        data["title"],
        None if language is None else Language(language),
        Change.from_data(data),
        tuple(_step(number, step) for number, step in enumerate(data["steps"], 1)),
    )


def _step(number: int, data: Mapping[str, Any]) -> ScriptStep:
    act = next((Act(key, _values(data[key])) for key in ACTS if key in data), None)
    modes = data.get("modes")
    try:
        change = Change.from_data(data)
    except ValueError as error:
        raise ValueError(f"step {number}: {error}") from error
    lists = {key: tuple(map(str, data.get(key, ()))) for key in _LISTS}
    check = Check(
        **lists,
        modes=None if modes is None else tuple(map(SayMode, modes)),
        answers=data.get("answers"),
        waiting=data.get("waiting"),
        effects=tuple(map(_effect, data.get("effects", ()))),
        no_effects=tuple(data.get("no_effects", ())),
    )
    return ScriptStep(number, change, act, data.get("flow_version"), check)


def _values(said: object) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else (str(said),)


def _effect(item: str | Mapping[str, Mapping[str, Any]]) -> EffectForm:
    if isinstance(item, str):
        return EffectForm(item)
    (name, fields), *_ = item.items()
    return EffectForm(name, fields)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((files("dialogs") / "schemas" / "talk.schema.json").read_text("utf-8")))
