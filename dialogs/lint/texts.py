"""Texts that a flow needs and nobody wrote, and texts in its catalogue that nothing says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.messages.pofile import read_po

from dialogs.drawing.mermaid import name_of
from dialogs.formats import Voice
from dialogs.lint.buttons import label_key
from dialogs.tree import Flow, Kind, Question
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language

__all__ = ["findings", "unused_texts"]

_WRITTEN_OUT = re.compile(r"""["']([a-z0-9_]+(?:\.[a-z0-9_]+)+)["']""")
_BEGINNING = re.compile(r"""f["']([a-z0-9_]+(?:\.[a-z0-9_]+)*[._])\{""")
_ENDING = re.compile(r"""[}"']([._][a-z][a-z0-9_]*)["']""")
_OF_FLOWS = ("question.", "option.", "purpose.", "condition.", "flow.")
"""Families whose texts belong to names in flow files: there only those names count as use."""


def findings(flow: Flow, world: World) -> Iterator[Finding]:
    """Missing texts of the flow, then those in `<flow>.po` that lie unused."""
    thing = f"flow.{flow.id}"
    for key in dict.fromkeys(_needed(flow)):
        if key not in world.texts:
            yield Finding(Severity.ERROR, thing, f"the text {key} is missing", "write it in all catalogues")
    for end in dict.fromkeys(rule.end for question in flow.questions.values() for rule in question.next if rule.end):
        if any(name_of(end, Voice(world.texts, language)) is None for language in Language):
            message = f"the outcome {end} has no name for pictures"
            yield Finding(Severity.ERROR, thing, message, f"write outcome.{end}.name in all catalogues")
    for key in unused_texts(flow, world):
        message = f"{flow.id}.po: nothing says the text {key}"
        yield Finding(Severity.ERROR, thing, message, "use it, or remove it from all catalogues")


def unused_texts(flow: Flow, world: World) -> tuple[str, ...]:
    """The texts in the flow's own catalogue that no flow names and no code says."""
    named = {key for other in world.flows.values() for key in (*_needed(other), *_allowed(other))}
    return tuple(key for key in _own(flow.id) if key not in named and not _is_said(key))


def _is_said(key: str) -> bool:
    """Whether code says a text: by its id, or by one that it puts together."""
    code = _said_by_code()
    if key in code.written:
        return True
    if key.startswith(_OF_FLOWS):
        return False
    stems = {key.removesuffix(ending) for ending in code.endings if key.endswith(ending)}
    return key.startswith(code.beginnings) or not stems.isdisjoint(code.written)


def _needed(flow: Flow) -> Iterator[str]:
    """The texts without which the flow cannot be asked or drawn."""
    yield f"flow.{flow.id}.title"
    for question in flow.questions.values():
        yield from (f"question.{question.id}.ask", f"question.{question.id}.label")
        if question.kind in (Kind.CHOICE, Kind.CHECKLIST):
            yield from (label_key(question, option) for option in question.options)
        yield from (f"condition.{rule.when}" for rule in question.next if rule.when is not None)


def _allowed(flow: Flow) -> Iterator[str]:
    """What a flow may have besides."""
    for question in flow.questions.values():
        yield from _more(question)
        for rule in question.next:
            if rule.end is not None:
                yield f"outcome.{rule.end}.name"


def _more(question: Question) -> Iterator[str]:
    yield f"question.{question.id}.why"
    yield f"question.{question.id}.skipped"
    yield f"question.{question.id}.example"
    yield from (f"point.{option}" for option in question.options if question.kind is Kind.CHECKLIST)


@dataclass(frozen=True, slots=True)
class _Said:
    """The ids written out in code, and the beginnings and endings of those that it puts together."""

    written: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]


@cache
def _said_by_code() -> _Said:
    """What the code of dialogs and bot says."""
    codes = [part.read_text("utf-8") for package in ("dialogs", "bot") for part in _modules(files(package))]
    written, beginnings, endings = (
        {found for code in codes for found in form.findall(code)} for form in (_WRITTEN_OUT, _BEGINNING, _ENDING)
    )
    return _Said(frozenset(written), tuple(sorted(beginnings)), tuple(sorted(endings)))


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for part in folder.iterdir():
        if part.is_dir():
            yield from _modules(part)
        elif part.name.endswith(".py"):
            yield part


def _own(flow: str) -> tuple[str, ...]:
    """The ids of the flow's own catalogue, none where it has none."""
    part = files("locales") / Language.EN / f"{flow}.po"
    if not part.is_file():
        return ()
    with part.open("rb") as file:
        catalog = read_po(file)
    ids = (message.id[0] if isinstance(message.id, list | tuple) else message.id for message in catalog)
    return tuple(str(id_) for id_ in ids if id_)
