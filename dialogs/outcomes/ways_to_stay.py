"""The ways to stay for long: for each answer the visa category with its rule, what is special, and where to read on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dialogs.cards.category import CATEGORY_FACTS
from dialogs.notes import NOTES
from dialogs.situation import Situation
from knowledge.base import KnowledgeBase
from knowledge.policy.purposes import PURPOSE_RULES, PurposeClass, PurposeRule
from knowledge.trip import Purpose

__all__ = ["DIGITAL_NOMAD", "MINOR", "RELATIVES", "Way", "facts_told", "way_of"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way: the rule of its visa, `notes` (`stay_note.<id>`) and `topics`, ids of vetted answers."""

    rule: PurposeRule
    notes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


_PAID, _STAY = PurposeClass.PAID_WORK, PurposeClass.STAY
_WORKS = ("work_permit_first",)
_JOB_NOTES = ("first_visa_place", "change_of_region")

# An answer that is more precise than the purpose, and the way it leads to.
_WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "regular_job": Way(PurposeRule("C3", _PAID, warnings=_WORKS), _JOB_NOTES, ("work.permit",)),
        "aifc_or_cluster_job": Way(
            PurposeRule("C3", _PAID, audience="special_zones", warnings=_WORKS),
            ("aifc_simplified", "change_of_region"),
            ("special.aifc", "work.permit"),
        ),
        "job_without_employer": Way(PurposeRule("C4", _PAID), ("profession_in_demand",), ("work.permit",)),
        "own_profession": Way(PurposeRule("C4", _PAID), ("profession_in_demand",), ("work.permit",)),
        "own_company": Way(PurposeRule("C5", _PAID), ("adults_only",), ("visa.business",)),
        "investor_manager": Way(PurposeRule("A5", _STAY, visit_instead="talks_first"), (), ("special.aifc",)),
        "aifc_tax_resident": Way(
            PurposeRule("A5", _STAY, visit_instead="talks_first", audience="aifc"),
            ("aifc_simplified",),
            ("special.aifc",),
        ),
        "own_large_investment": Way(
            PurposeRule("A6", _STAY, visit_instead="talks_first"), ("large_investment",), ("visa.business",)
        ),
        "citizen_relative": Way(PURPOSE_RULES[Purpose.FAMILY], (), ("family.reunification",)),
        "resident_relative": Way(PURPOSE_RULES[Purpose.FAMILY], (), ("family.reunification",)),
        "settles_on_petition": Way(
            PurposeRule("B8", _STAY, visit_instead="private_visit_first"),
            ("residence_visa_abroad", "permit_papers_unknown"),
            ("residence.b8-b9", "residence.permanent"),
        ),
        "settles_by_profession": Way(
            PurposeRule("B9", _STAY, visit_instead="private_visit_first"),
            ("residence_visa_yearly", "permit_papers_unknown"),
            ("residence.b8-b9", "residence.permanent"),
        ),
        "clients_abroad": Way(
            PurposeRule("B12-1", _STAY, warnings=("no_local_work",)), ("remote_income",), ("work.nomad",)
        ),
        "returns_for_good": Way(
            PurposeRule("C1", _STAY, visit_instead="private_visit_first"),
            ("permit_papers_unknown",),
            ("residence.permanent",),
        ),
        "stays_with_relatives": Way(PurposeRule("C10", PurposeClass.VISIT), (), ("visa.private",)),
    }
)
_TOPICS: Mapping[Purpose, tuple[str, ...]] = MappingProxyType(
    {
        Purpose.STUDY: ("study.visa",),
        Purpose.INTERNSHIP: ("study.internship",),
        Purpose.SEASONAL_WORK: ("work.permit",),
        Purpose.MEDICAL: ("visa.medical",),
    }
)

RELATIVES: Mapping[str, str] = MappingProxyType(
    {
        "relative_works": "C3",
        "relative_studies": "C9",
        "relative_trains": "B7",
        "relative_invests": "A5",
        "relative_works_online": "B12-1",
        "relative_preaches": "C7",
    }
)
"""The category of the visa that a relative has."""

MINOR, DIGITAL_NOMAD = "C11", "B9-1"
"""Categories whose way of issue our facts leave open: they are told, but never advised."""


def way_of(situation: Situation) -> Way:
    """The way that the answers lead to: that of the most precise answer, else that of the purpose.

    Raises KeyError when the purpose is not answered yet: the flow asks it first.
    """
    for answer in reversed(tuple(situation.answers.values())):
        if isinstance(answer, str) and answer in _WAYS:
            return _WAYS[answer]
    purpose = Purpose(str(situation.answers["what_is_the_trip_for"]))
    return Way(PURPOSE_RULES[purpose], (), _TOPICS.get(purpose, ()))


def facts_told(knowledge: KnowledgeBase) -> frozenset[str]:
    """The facts that the cards of all ways tell, by their names in the ledger."""
    codes = {way.rule.category for way in _WAYS.values()} | set(RELATIVES.values()) | {MINOR, DIGITAL_NOMAD}
    papers = (document for code in codes for document in knowledge.categories[code].documents)
    return frozenset(
        {
            *CATEGORY_FACTS,
            *(fact for facts in NOTES.values() for fact in facts),
            *(f"category.{code}" for code in codes),
            *(f"document.{paper}" for paper in papers),
        }
    )
