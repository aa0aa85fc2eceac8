"""The visa categories of the joint order, with what each allows."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.facts import Confidence

__all__ = [
    "Category",
    "CategoryKind",
    "Entries",
    "Extension",
    "Interview",
    "Issuer",
    "NeedsInvitation",
    "StayPer",
    "Variant",
]


class Entries(StrEnum):
    """How often a visa lets its holder cross the border."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class CategoryKind(StrEnum):
    """Whether the category brings a person in, or only lets them leave."""

    ENTRY = "entry"
    EXIT = "exit"


class NeedsInvitation(StrEnum):
    """Whether an invitation number is asked for; `depends` on citizenship or on the ground of the trip."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class StayPer(StrEnum):
    """What the longest stay is counted over; `unsettled` where the text read does not settle it."""

    VISA = "visa"
    ENTRY = "entry"
    DIRECTION = "direction"
    UNSETTLED = "unsettled"


class Interview(StrEnum):
    """Whether the applicant is interviewed; `first` only for the first visa of the category."""

    YES = "yes"
    NO = "no"
    FIRST = "first"


class Issuer(StrEnum):
    """Who gives the visa: missions abroad, the ministry or the migration service inside, airports, the portal."""

    MISSION = "mission"
    MFA = "mfa"
    MIGRATION_SERVICE = "migration_service"
    AIRPORT = "airport"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a category. Days count from entry; `audience` limits it to a group (such as "cosmonauts").

    The catalogues name audiences under `audience.<id>` and `notes` under `variant_note.<id>`.
    """

    entries: Entries
    max_validity_days: int
    max_stay_days: int
    audience: str | None = None
    stay_per: StayPer = StayPer.VISA
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """How long a visa can be extended for, inside Kazakhstan.

    `longer_days` holds for `longer_audience` instead of `max_days`; `extra_days` come on top for `extra_audience`.
    """

    max_days: int
    once: bool = False
    longer_days: int | None = None
    longer_audience: str | None = None
    extra_days: int | None = None
    extra_audience: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A visa category such as B12. `evisa` tells whether the portal issues it (single entry only).

    `documents` are ids of catalogue texts (`document.<id>`) beyond what every visa needs.
    `issue_working_days` or `issue_calendar_days` is the term of issue at a mission; one of them is set.
    `without_invitation` are the grounds to apply without an invitation (`ground.<id>` in the catalogues); the own
    petition is for the countries of `KnowledgeBase.petition_countries`. `extension` is None where the text read gives
    none. `families` tells that relatives may get the same category (without a right to work). `notes` are ids of
    catalogue texts (`category_note.<id>`), `conflicts` of disagreements between sources.
    """

    code: str
    kind: CategoryKind
    variants: tuple[Variant, ...]
    needs_invitation: NeedsInvitation
    evisa: bool
    documents: tuple[str, ...]
    issue_working_days: int | None
    issue_calendar_days: int | None
    sources: tuple[str, ...]
    confidence: Confidence
    without_invitation: tuple[str, ...] = ()
    issuers: tuple[Issuer, ...] = ()
    interview: Interview = Interview.NO
    extension: Extension | None = None
    families: bool = False
    notes: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
