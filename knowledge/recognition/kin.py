"""Names within names: "Sudan" in "South Sudan". A misspelt other half must not leave the wrong country."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from knowledge.recognition.folding import BREAK, skeleton
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import NameTable

__all__ = ["Kin"]

_ALIKE = 0.6


class Kin:
    """Knows which longer names of other countries contain the name of a country, and by which further words."""

    def __init__(self, table: NameTable) -> None:
        self._further: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for key, entry in table.base_forms.items():
            parts = key.split()
            if len(parts) < 2:
                continue
            for part in parts:
                inner = table.forms.get(part)
                if inner is None or len(inner.codes) != 1 or inner.codes[0] in entry.codes:
                    continue
                for other in parts:
                    if other != part and len(other) > 3:
                        self._further.setdefault(inner.codes[0], []).append((skeleton(other), entry.codes))

    def rivals(self, tokens: Sequence[str], mention: Mention) -> tuple[str, ...]:
        """The countries of longer names whose other word stands, perhaps misspelt, beside a mention."""
        further = self._further.get(mention.entry.codes[0]) if len(mention.entry.codes) == 1 else None
        if not further:
            return ()
        beside = [tokens[mention.start - 1]] if mention.start else []
        beside += tokens[mention.end : mention.end + 2]
        bones = [skeleton(token) for token in beside if token != BREAK and len(token) > 3]
        rivals = [
            code
            for other, codes in further
            if any(OSA.normalized_similarity(bone, other) >= _ALIKE for bone in bones)
            for code in codes
        ]
        return tuple(dict.fromkeys(rivals))
