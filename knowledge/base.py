"""Everything the assistant knows, loaded and checked once at start."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.categories import Category
from knowledge.conflicts import Conflict
from knowledge.contacts import Contact
from knowledge.deadlines import DeadlineRule
from knowledge.documents import Document
from knowledge.evisa import EvisaDifference, EvisaEdition
from knowledge.facts import Confidence, Source
from knowledge.fees import Fee, MrpRate
from knowledge.recognition import CountryRecognizer
from knowledge.regimes import Regime, SpecialRule

__all__ = ["KnowledgeBase"]


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """The loaded facts. Mappings are read-only; regimes of a country are ordered by start, oldest first.

    `petition_countries` are the citizens who may ask for some visas without an invitation (Annex 6 of the order).
    `petition_categories` are the categories this holds for, by number of entries ("single" or "multiple").
    `evisa_editions` are ordered oldest first. `groups` are named sets of passports, such as "eaeu".
    `general_documents` are asked for every visa, `invitation_documents` of the inviting party; both are ids of
    `documents`. `mrp` is the monthly calculation index by year. `regime_notes` gives each note its figures.
    """

    recognizer: CountryRecognizer
    sources: Mapping[str, Source]
    regimes: Mapping[str, tuple[Regime, ...]]
    special_rules: Mapping[str, SpecialRule]
    evisa_editions: tuple[EvisaEdition, ...]
    evisa_differences: tuple[EvisaDifference, ...]
    categories: Mapping[str, Category]
    fees: Mapping[str, Fee]
    mrp: Mapping[int, MrpRate]
    petition_countries: frozenset[str]
    petition_categories: frozenset[tuple[str, str]]
    petition_sources: tuple[str, ...]
    petition_confidence: Confidence
    general_documents: tuple[str, ...]
    invitation_documents: tuple[str, ...]
    documents: Mapping[str, Document]
    deadlines: Mapping[str, DeadlineRule]
    conflicts: Mapping[str, Conflict]
    contacts: Mapping[str, Contact]
    groups: Mapping[str, frozenset[str]]
    regime_notes: Mapping[str, Mapping[str, int]]
