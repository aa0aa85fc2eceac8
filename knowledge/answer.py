"""A vetted answer: one topic in three languages side by side, its figures by reference to facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from knowledge.language import Language

__all__ = ["REFERENCE", "Answer", "AnswerStatus", "Part", "PartKind", "Reference", "references_in"]

REFERENCE = re.compile(r"\{([a-z_]+)\.([A-Za-z0-9_-]+)\.([a-z_.]+)\}")
"""A figure by reference, such as `{fee.evisa_2020_single.amount}`: family, id and field."""


class AnswerStatus(StrEnum):
    """Only approved answers are served."""

    DRAFT = "draft"
    APPROVED = "approved"


class PartKind(StrEnum):
    """The verdict settles the question; steps are done in order; points are worth knowing; exceptions come last."""

    VERDICT = "verdict"
    STEP = "step"
    POINT = "point"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A figure of a fact: `fact` is its name in the ledger (`fee.duty_single`), `field` the value that is shown."""

    fact: str
    field: str

    def __str__(self) -> str:
        return f"{{{self.fact}.{self.field}}}"


def references_in(text: str) -> Iterator[Reference]:
    """The references of a text, in order."""
    for family, name, field_ in REFERENCE.findall(text):
        yield Reference(f"{family}.{name}", field_)


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence or two of an answer.

    It is told only while the facts of `during` and those that its texts refer to are in force, and only after those
    of `after` have ended. `references` are the figures that the texts show, each once; they are equal in all languages.
    """

    kind: PartKind
    texts: Mapping[Language, str] = field(hash=False)
    during: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    references: tuple[Reference, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = dict.fromkeys(found for text in self.texts.values() for found in references_in(text))
        object.__setattr__(self, "references", tuple(found))


@dataclass(frozen=True, slots=True)
class Answer:
    """One approved answer. `id` is its topic, such as `evisa.fees`.

    `as_of` is the day its content was checked, `review_by` the day by which its `owner` looks again; past `expires` it
    is not served. `revised` tells when each language was last worked on. `facts` are names in the ledger that the
    words rest on without showing a figure; `sources` are documents behind words that no fact holds. `conflicts` are
    told in the words of the catalogues, `told` are those that the parts tell themselves. `flow` is the dialog that
    goes further, with the answers already `given`; with `at_once` it takes over from the answer when the question
    names what the dialog asks first. `links` are ids of official contacts. `shortcut` is unique and typed by staff;
    `keywords` find the card in inline mode.
    """

    id: str
    version: int
    status: AnswerStatus
    owner: str
    as_of: date
    review_by: date
    expires: date | None
    revised: Mapping[Language, date] = field(hash=False)
    shortcut: str
    titles: Mapping[Language, str] = field(hash=False)
    keywords: Mapping[Language, tuple[str, ...]] = field(hash=False)
    parts: tuple[Part, ...]
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    flow: str | None = None
    given: tuple[tuple[str, str | int], ...] = ()
    at_once: bool = False
    links: tuple[str, ...] = ()

    @property
    def named_facts(self) -> tuple[str, ...]:
        """Every fact that the answer names: listed, shown as a figure, or guarding a part."""
        names = [*self.facts]
        for part in self.parts:
            names += [*part.during, *part.after, *(reference.fact for reference in part.references)]
        names += [f"conflict.{name}" for name in (*self.conflicts, *self.told)]
        return tuple(dict.fromkeys(names))
