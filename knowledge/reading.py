"""From checked tables to facts: each row becomes the dataclass it describes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from knowledge.categories import (
    Category,
    CategoryKind,
    Entries,
    Extension,
    Interview,
    Issuer,
    NeedsInvitation,
    StayPer,
    Variant,
)
from knowledge.conflicts import Claim, Conflict
from knowledge.contacts import Contact, ContactKind
from knowledge.deadlines import CountedFrom, DeadlineRule, Direction
from knowledge.documents import Document
from knowledge.domains import Domain
from knowledge.evisa import EvisaChange, EvisaDifference, EvisaEdition, ListedName
from knowledge.facts import Confidence, Source, Validity, weakest
from knowledge.fees import Fee, FeePlace, FeeStatus, MrpRate
from knowledge.language import Language
from knowledge.regimes import PassportGroup, Regime, RegimeKind, Scope, SpecialRule, Window
from knowledge.row_parts import coarse_start, figures, validity
from knowledge.workdays import DayMove, WorkCalendar, work_calendar

__all__ = [
    "calendar",
    "category",
    "conflict",
    "contact",
    "deadline",
    "difference",
    "document",
    "edition",
    "fee",
    "mrp_rate",
    "regimes",
    "source",
    "special_rule",
]

Row = Mapping[str, Any]


def source(name: str, row: Row) -> Source:
    """A row of sources.yaml."""
    return Source(
        id=name,
        titles=MappingProxyType({language: row["title"][language] for language in Language}),
        url=row["url"],
        publisher=row["publisher"],
        as_of=row["as_of"],
        kind=row["kind"],
        cap=Confidence(row.get("cap", Confidence.HIGH)),
        note=row.get("note", ""),
    )


def regimes(country: str, rows: list[Row]) -> tuple[Regime, ...]:
    """The rules of one passport in entry_regimes.yaml, oldest first."""
    return tuple(
        Regime(
            country=country,
            kind=RegimeKind(row["kind"]),
            days=row.get("days"),
            windows=tuple(Window(**window) for window in row.get("windows", ())),
            basis=row["basis"],
            validity=validity(row),
            notes=tuple(row.get("notes", ())),
            conflict=row.get("conflict"),
            undisputed_days=row.get("undisputed_days"),
            sources=tuple(row["sources"]),
            confidence=Confidence(row["confidence"]),
        )
        for row in rows
    )


def special_rule(name: str, row: Row) -> SpecialRule:
    """A row of special_rules.yaml."""
    return SpecialRule(
        id=name,
        countries=frozenset(row.get("countries", ())),
        rule=row["rule"],
        validity=validity(row),
        scope=Scope(row["scope"]),
        categories=tuple(row.get("categories", ())),
        figures=figures(row),
        since=coarse_start(row),
        conflict=row.get("conflict"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def edition(row: Row) -> EvisaEdition:
    """An edition in evisa_lists.yaml."""
    if "rows" in row:
        rows = tuple(ListedName(listed["country"], listed["number"], listed["name"]) for listed in row["rows"])
    else:
        rows = tuple(ListedName(code, None, None) for code in row["codes"])
    return EvisaEdition(
        id=row["id"],
        as_of=date.fromisoformat(row["as_of"]),
        source=row["source"],
        rows=rows,
        named_under=tuple(row.get("named_under", {}).items()),
        confidence=Confidence(row["confidence"]),
        categories=tuple(row.get("categories", ())),
        limited=tuple(row.get("limited", {}).items()),
    )


def difference(row: Row) -> EvisaDifference:
    """A difference between editions in evisa_lists.yaml."""
    return EvisaDifference(
        change=EvisaChange(row["change"]),
        countries=tuple(row["countries"]),
        older=row["older"],
        newer=row["newer"],
        conflict=row.get("conflict"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def category(code: str, row: Row, terms: Mapping[str, DeadlineRule]) -> Category:
    """A row of visa_categories.yaml; its term of issue is read from the deadline it names."""
    term = terms[row["issue"]]
    return Category(
        code=code,
        kind=CategoryKind(row["kind"]),
        variants=tuple(_variant(variant) for variant in row["variants"]),
        needs_invitation=NeedsInvitation(row["needs_invitation"]),
        evisa=row["evisa"],
        documents=tuple(row["documents"]),
        issue_working_days=term.working_days,
        issue_calendar_days=term.calendar_days,
        without_invitation=tuple(row.get("without_invitation", ())),
        issuers=tuple(Issuer(issuer) for issuer in row["issuers"]),
        interview=Interview(row["interview"]),
        extension=Extension(**row["extension"]) if "extension" in row else None,
        families=row.get("families", False),
        notes=tuple(row.get("notes", ())),
        conflicts=tuple(row.get("conflicts", ())),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def _variant(row: Row) -> Variant:
    return Variant(
        entries=Entries(row["entries"]),
        max_validity_days=row["max_validity_days"],
        max_stay_days=row["max_stay_days"],
        audience=row.get("audience"),
        stay_per=StayPer(row.get("stay_per", StayPer.VISA)),
        notes=tuple(row.get("notes", ())),
    )


def mrp_rate(year: str, row: Row) -> MrpRate:
    """A year of the monthly calculation index in fees.yaml."""
    return MrpRate(int(year), Decimal(row["kzt"]), tuple(row["sources"]), Confidence(row["confidence"]))


def fee(name: str, row: Row, rates: Mapping[int, MrpRate]) -> Fee:
    """A row of fees.yaml; a duty is turned into tenge by the index of its year, and holds for that year."""
    amount = Decimal(row["amount"]) if "amount" in row else None
    currency, rate, holds = row.get("currency"), None, validity(row)
    if "mrp" in row:
        year = int(row["mrp_year"])
        rate = Decimal(row["mrp"])
        amount, currency = rate * rates[year].kzt, "KZT"
        holds = Validity(date(year, 1, 1), date(year, 12, 31))
    return Fee(
        id=name,
        amount=amount,
        currency=currency,
        status=FeeStatus(row["status"]),
        as_of=row.get("as_of"),
        place=FeePlace(row["place"]),
        entries=_entries(row),
        mrp=rate,
        validity=holds,
        conflict="conflict" in row,
        conflict_id=row.get("conflict"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def document(name: str, row: Row) -> Document:
    """A row of documents.yaml."""
    return Document(
        id=name,
        figures=figures(row),
        entries=_entries(row),
        countries=frozenset(row.get("countries", ())),
        case=row.get("case"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def deadline(name: str, row: Row) -> DeadlineRule:
    """A row of deadlines.yaml."""
    return DeadlineRule(
        id=name,
        who=row["who"],
        counted_from=CountedFrom(row["counted_from"]),
        direction=Direction(row["direction"]),
        working_days=row.get("working_days"),
        calendar_days=row.get("calendar_days"),
        months=row.get("months"),
        hours=row.get("hours"),
        counts_first_day=row.get("counts_first_day", False),
        validity=validity(row),
        groups=tuple(row.get("groups", ())),
        notes=tuple(row.get("notes", ())),
        conflict=row.get("conflict"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def calendar(content: Row) -> WorkCalendar:
    """The working days, with the moves of days_off.yaml."""
    moves = [DayMove(date.fromisoformat(row["day"]), row["works"], tuple(row["sources"])) for row in content["moves"]]
    confidence = weakest(Confidence(row["confidence"]) for row in (content, *content["moves"]))
    return work_calendar(moves, content["reviewed_through"], content["sources"], confidence)


def group(_name: str, row: Row) -> PassportGroup:
    """A row of groups.yaml."""
    return PassportGroup(frozenset(row["countries"]), tuple(row["sources"]), Confidence(row["confidence"]))


def domain(name: str, row: Row) -> Domain:
    """A row of domains.yaml."""
    return Domain(name, row["owner"], tuple(row["sources"]))


def conflict(name: str, row: Row) -> Conflict:
    """A row of conflicts.yaml."""
    claims = tuple(Claim(claim["id"], claim["value"], tuple(claim["sources"])) for claim in row["claims"])
    return Conflict(name, row["topic"], claims, row["served"], row["why"])


def contact(name: str, row: Row) -> Contact:
    """A row of contacts.yaml."""
    return Contact(name, ContactKind(row["kind"]), row["value"], tuple(row["sources"]), Confidence(row["confidence"]))


def _entries(row: Row) -> Entries | None:
    return Entries(row["entries"]) if "entries" in row else None
