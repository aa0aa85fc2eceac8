"""Everything the assistant knows, loaded and checked once at start."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answer import Answer
from knowledge.asking.classifier import Classifier
from knowledge.categories import Category
from knowledge.conflicts import Conflict
from knowledge.contacts import Contact
from knowledge.deadlines import DeadlineRule
from knowledge.documents import Document
from knowledge.domains import Domain
from knowledge.evisa import EvisaDifference, EvisaEdition
from knowledge.exemptions import FeeExemption
from knowledge.facts import Confidence, Source
from knowledge.fees import Fee, MrpRate
from knowledge.invitation import InvitationField, InvitationStage
from knowledge.never_serve import NeverServe
from knowledge.penalties import Penalty
from knowledge.recognition import CountryRecognizer
from knowledge.refusals import RefusalGround
from knowledge.regimes import PassportGroup, Regime, SpecialRule
from knowledge.statements import Statement
from knowledge.workdays import WorkCalendar

__all__ = ["KnowledgeBase"]


@dataclass(frozen=True, slots=True, repr=False)
class KnowledgeBase:
    """The loaded facts. Mappings are read-only; regimes of a country are ordered by start, oldest first.

    `petition_countries` are the citizens who may ask for some visas without an invitation (Annex 6 of the order).
    `petition_categories` are the categories this holds for, by number of entries ("single" or "multiple").
    `evisa_editions` are ordered oldest first. `groups` are named sets of passports, such as "eaeu".
    `general_documents` are asked for every visa, `invitation_documents` of the inviting party; both are ids of
    `documents`. `mrp` is the monthly calculation index by year. `regime_notes` gives each note its figures.
    `domains` are the official ones: an address on one of them or below it may be a link. `statements` are those about
    Kazakhstan and about U.S. visas. `invitation_stages` are in order.
    `answers` are the vetted answers by topic; `classifier` finds them for a message. `calendar` tells working days
    from days off.
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
    groups: Mapping[str, PassportGroup]
    regime_notes: Mapping[str, Mapping[str, int]]
    domains: Mapping[str, Domain]
    statements: Mapping[str, Statement]
    penalties: Mapping[str, Penalty]
    refusal_grounds: Mapping[str, RefusalGround]
    invitation_fields: Mapping[str, InvitationField]
    invitation_stages: tuple[InvitationStage, ...]
    fee_exemptions: Mapping[str, FeeExemption]
    never_serve: NeverServe
    answers: Mapping[str, Answer]
    classifier: Classifier
    calendar: WorkCalendar

    def __repr__(self) -> str:
        """In short: all facts together are half a million characters."""
        return f"KnowledgeBase({len(self.regimes)} passports, {len(self.answers)} answers)"
