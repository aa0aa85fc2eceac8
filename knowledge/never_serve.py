"""What a served text must never say: claims that were true once, never were, or that nobody can make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.language import Language

__all__ = ["NeverServe", "NeverServed", "sentences"]

# A sentence ends here, unless the dot belongs to one of the short forms that stand before figures and names.
_END = re.compile(
    r"(?<=[.!?;])(?<!\bU\.S\.)(?<!\bг\.)(?<!\bул\.)(?<!\bдолл\.)(?<!\bтыс\.)(?<!\bNo\.)[ ]+|\n+",
    re.IGNORECASE,
)
_BREAK_IN_A_PARAGRAPH = re.compile(r"(?<!\n)\n(?!\s*(?:\n|[-–—•*]|\d+[.)]))")
_SPACES = re.compile(r"[^\S\n]+")
_HYPHENS = str.maketrans("‐‑−’ʼ", "---''", "\u00ad\u200b")


@dataclass(frozen=True, slots=True)
class NeverServed:
    """One claim. `patterns` find it in a sentence of each language; `why` is in English."""

    id: str
    why: str
    patterns: Mapping[Language, tuple[re.Pattern[str], ...]] = field(hash=False)
    sources: tuple[str, ...] = ()

    def is_said(self, sentence: str, language: Language) -> bool:
        """Whether the sentence makes the claim."""
        return any(pattern.search(sentence) for pattern in self.patterns[language])


@dataclass(frozen=True, slots=True)
class NeverServe:
    """All claims that must not be made, by id."""

    rows: Mapping[str, NeverServed] = field(hash=False)

    def violations(self, text: str, language: Language) -> tuple[str, ...]:
        """The ids of the claims that `text` makes, in the order of the rows.

        Each sentence is looked at alone, so that a claim is not put together from two of them. Line breaks inside a
        paragraph, kinds of spaces and kinds of hyphens do not matter.
        """
        said = sentences(text)
        return tuple(id_ for id_, row in self.rows.items() if any(row.is_said(sentence, language) for sentence in said))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences and list items of a text, with plain spaces and hyphens."""
    even = _BREAK_IN_A_PARAGRAPH.sub(" ", text.translate(_HYPHENS).replace("\r\n", "\n"))
    return tuple(sentence.strip() for sentence in _END.split(_SPACES.sub(" ", even)) if sentence.strip())
