"""The papers that a visa or an invitation asks for."""

from dataclasses import dataclass
from decimal import Decimal

from knowledge.categories import Entries
from knowledge.facts import Confidence

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper; the catalogues name it under `document.<id>`, with `figures` for its placeholders.

    `entries` and `countries` limit it to visas for that many entries and to those passports.
    `case` is a catalogue id (`document_case.<case>`) for a limit that the trip does not tell, such as minors.
    """

    id: str
    sources: tuple[str, ...]
    confidence: Confidence
    figures: tuple[tuple[str, Decimal], ...] = ()
    entries: Entries | None = None
    countries: frozenset[str] = frozenset()
    case: str | None = None

    def is_asked(self, country: str, entries: Entries) -> bool:
        """Whether a holder of this passport who asks for that many entries is asked for the paper."""
        return (self.entries is None or self.entries is entries) and (not self.countries or country in self.countries)
