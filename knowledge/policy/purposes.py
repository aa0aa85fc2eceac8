"""What each purpose of a trip means for the rules: the visa category that fits it, and whether it is a short visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from knowledge.trip import Purpose

__all__ = ["PURPOSE_RULES", "OtherCategory", "PurposeClass", "PurposeRule"]


class PurposeClass(StrEnum):
    """How visa-free entry treats a purpose.

    Only a `visit` may enter without a visa (rules148 and the agreements speak of short stays, kpmg_2022 of no paid
    work). `carriage` is the work of crews and hauliers, for whom agreements that we do not hold may say otherwise.
    """

    VISIT = "visit"
    STAY = "stay"
    PAID_WORK = "paid_work"
    CARRIAGE = "carriage"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class OtherCategory:
    """A neighbouring category that fits some travellers; `condition` is a catalogue id (`alternative.<condition>`).

    `audience` names the form of the category that these travellers get, where the order splits one.
    """

    category: str
    condition: str
    audience: str | None = None


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """The category of the joint order for a purpose.

    `visit_instead` is the condition (`alternative.<id>`) under which a visa-free visit is a truthful way to go first;
    None where a visit would not be the same trip, and always None for work.
    `audience` names the form of the category meant for this purpose where the order splits one (B1).
    `warnings` are told whenever a visa of this category is advised.
    """

    category: str
    kind: PurposeClass
    visit_instead: str | None = None
    others: tuple[OtherCategory, ...] = ()
    audience: str | None = None
    warnings: tuple[str, ...] = ()


_VISIT, _STAY, _PAID = PurposeClass.VISIT, PurposeClass.STAY, PurposeClass.PAID_WORK

PURPOSE_RULES: Mapping[Purpose, PurposeRule] = MappingProxyType(
    {
        Purpose.TOURISM: PurposeRule("B12", _VISIT),
        Purpose.BUSINESS: PurposeRule("B3", _VISIT, others=(OtherCategory("B2", "equipment_or_consulting"),)),
        Purpose.PRIVATE: PurposeRule(
            "B10", _VISIT, others=(OtherCategory("C10", "ethnic_kazakh_visit"),), warnings=("private_petition_grounds",)
        ),
        Purpose.MEDICAL: PurposeRule("C12", _VISIT),
        Purpose.CONFERENCE: PurposeRule("B1", _VISIT, audience="events"),
        Purpose.TRANSIT: PurposeRule("B13", _VISIT),
        Purpose.WORK: PurposeRule("C3", _PAID, warnings=("work_permit_first",)),
        Purpose.SEASONAL_WORK: PurposeRule("C6", _PAID, warnings=("work_permit_first",)),
        Purpose.SELF_EMPLOYMENT: PurposeRule("C4", _PAID, others=(OtherCategory("C5", "own_business"),)),
        Purpose.STUDY: PurposeRule("C9", _STAY),
        Purpose.INTERNSHIP: PurposeRule("B7", _STAY),
        Purpose.FAMILY: PurposeRule("C2", _STAY, visit_instead="private_visit_first"),
        Purpose.PERMANENT_RESIDENCE: PurposeRule(
            "B8", _STAY, others=(OtherCategory("B9", "profession_in_demand"),), visit_instead="private_visit_first"
        ),
        Purpose.INVESTMENT: PurposeRule(
            "A5", _STAY, others=(OtherCategory("A6", "large_investor"),), visit_instead="talks_first"
        ),
        Purpose.JOURNALISM: PurposeRule("A3", _STAY, warnings=("media_accreditation",)),
        Purpose.RELIGIOUS: PurposeRule("B6", _STAY),
        Purpose.MISSIONARY: PurposeRule("C7", _STAY),
        Purpose.ADOPTION: PurposeRule("B11", _STAY),
        Purpose.HUMANITARIAN: PurposeRule(
            "C8", _STAY, others=(OtherCategory("B1", "aid_escort", "aid_lectures_exchange_sport"),)
        ),
        Purpose.REMOTE_WORK: PurposeRule(
            "B12-1", _STAY, others=(OtherCategory("B9-1", "astana_hub_specialist"),), warnings=("no_local_work",)
        ),
        Purpose.CREW: PurposeRule("B5", PurposeClass.CARRIAGE),
        Purpose.HAULAGE: PurposeRule("B4", PurposeClass.CARRIAGE),
        Purpose.DIPLOMATIC: PurposeRule(
            "A1", PurposeClass.OFFICIAL, others=(OtherCategory("A2", "posted_to_mission"),), warnings=("note_verbale",)
        ),
        Purpose.SERVICE: PurposeRule(
            "A3", PurposeClass.OFFICIAL, others=(OtherCategory("A4", "mission_staff"),), warnings=("note_verbale",)
        ),
        Purpose.ETHNIC_KAZAKH_RETURN: PurposeRule("C1", _STAY, visit_instead="private_visit_first"),
    }
)
