"""How the rows of each table read as records: their figures, their dates, their proof."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from knowledge.categories import Category
from knowledge.conflicts import Conflict
from knowledge.contacts import Contact
from knowledge.deadlines import DeadlineRule
from knowledge.domains import Domain
from knowledge.evisa import EvisaDifference, EvisaEdition
from knowledge.facts import Confidence, Source, Validity, weakest
from knowledge.fees import Fee, FeeStatus, MrpRate
from knowledge.figures import Address, FactRecord, Figure, Money, Stamp
from knowledge.never_serve import NeverServed
from knowledge.penalties import Edition, Penalty
from knowledge.regimes import Regime, SpecialRule
from knowledge.statements import Statement, StatementStatus

__all__ = [
    "category",
    "conflict",
    "contact",
    "deadline",
    "domain",
    "evisa_difference",
    "evisa_list",
    "fee",
    "mrp",
    "never_serve",
    "penalty",
    "plain",
    "proven",
    "put_together",
    "regime",
    "source",
    "special_rule",
    "statement",
]

_CODE_EDITION = "statement.unknown_code_edition"


class _Proven(Protocol):
    """A row with its proof."""

    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def confidence(self) -> Confidence: ...


class _Plain(_Proven, Protocol):
    """A row that has figures and no dates or disputes."""

    @property
    def figures(self) -> tuple[tuple[str, Decimal], ...]: ...


def proven(name: str, row: _Proven, _day: date) -> FactRecord:
    """A row without figures, dates and disputes."""
    return FactRecord(name, row.sources, row.confidence)


def plain(name: str, row: _Plain, _day: date) -> FactRecord:
    return FactRecord(name, row.sources, row.confidence, figures=dict[str, Figure](row.figures))


def put_together(name: str, parts: Sequence[_Proven], figures: Mapping[str, Figure] | None = None) -> FactRecord:
    """A fact that rests on several rows: it has the sources of all of them, and is no surer than the weakest."""
    sources = dict.fromkeys(source for part in parts for source in part.sources)
    return FactRecord(name, tuple(sources), weakest(part.confidence for part in parts), figures=figures or {})


def source(name: str, row: Source, _day: date) -> FactRecord:
    """A document is its own proof, as far as it can carry one."""
    return FactRecord(name, (row.id,), row.cap, as_of=row.as_of)


def regime(name: str, rules: tuple[Regime, ...], day: date) -> FactRecord:
    """The rule of the day, or the last one where none holds."""
    rule = next((rule for rule in rules if rule.validity.covers(day)), rules[-1])
    figures: dict[str, Figure] = {} if rule.days is None else {"days": rule.days}
    for window in rule.windows[:1]:
        figures |= {"window_days": window.days, "window_period": window.period}
    return FactRecord(name, rule.sources, rule.confidence, rule.validity, _one(rule.conflict), figures)


def special_rule(name: str, rule: SpecialRule, _day: date) -> FactRecord:
    figures = dict[str, Figure](rule.figures) | _dates(rule.validity, rule.since)
    return FactRecord(name, rule.sources, rule.confidence, rule.validity, _one(rule.conflict), figures)


def category(name: str, category: Category, _day: date) -> FactRecord:
    """`single.max_stay_days` and the like are those of the first variant of that kind."""
    figures: dict[str, Figure] = {}
    for variant in category.variants:
        figures.setdefault(f"{variant.entries}.max_stay_days", variant.max_stay_days)
        figures.setdefault(f"{variant.entries}.max_validity_days", variant.max_validity_days)
    terms = {
        "extension_days": None if category.extension is None else category.extension.max_days,
        "issue_working_days": category.issue_working_days,
        "issue_calendar_days": category.issue_calendar_days,
    }
    figures |= _given(terms)
    return FactRecord(name, category.sources, category.confidence, conflicts=category.conflicts, figures=figures)


def fee(name: str, fee: Fee, _day: date) -> FactRecord:
    figures: dict[str, Figure] = {}
    if fee.amount is not None and fee.currency is not None and fee.status is not FeeStatus.UNKNOWN:
        figures["amount"] = Money(fee.amount, fee.currency)
    if fee.mrp is not None:
        figures["mrp"] = fee.mrp
    if fee.as_of is not None:
        figures["as_of"] = Stamp(fee.as_of)
    return FactRecord(name, fee.sources, fee.confidence, fee.validity, _one(fee.conflict_id), figures)


def mrp(name: str, rate: MrpRate, _day: date) -> FactRecord:
    """The index holds for its year."""
    validity = Validity(date(rate.year, 1, 1), date(rate.year, 12, 31))
    return FactRecord(name, rate.sources, rate.confidence, validity, figures={"kzt": Money(rate.kzt, "KZT")})


def deadline(name: str, rule: DeadlineRule, _day: date) -> FactRecord:
    terms = {
        "working_days": rule.working_days,
        "calendar_days": rule.calendar_days,
        "months": rule.months,
        "hours": rule.hours,
    }
    figures = _given(terms) | _dates(rule.validity)
    return FactRecord(name, rule.sources, rule.confidence, rule.validity, _one(rule.conflict), figures)


def conflict(name: str, conflict: Conflict, _day: date) -> FactRecord:
    return FactRecord(name, conflict.sources, Confidence.HIGH, conflicts=(conflict.id,))


def contact(name: str, contact: Contact, _day: date) -> FactRecord:
    return FactRecord(name, contact.sources, contact.confidence, figures={"value": Address(contact.id)})


def statement(name: str, statement: Statement, _day: date) -> FactRecord:
    figures = dict[str, Figure](statement.figures) | _dates(statement.validity, statement.since)
    if statement.as_of is not None:
        figures["as_of"] = Stamp(statement.as_of)
    # That something is not known is sure enough: the answer says so in its own words.
    unknown = statement.status is StatementStatus.UNKNOWN
    return FactRecord(
        name,
        statement.sources,
        Confidence.MEDIUM if unknown else statement.confidence,
        statement.validity,
        _one(statement.conflict),
        figures,
        served=statement.served,
        as_of=statement.as_of,
        recheck_on=statement.recheck_on(),
    )


def penalty(name: str, row: Penalty, _day: date) -> FactRecord:
    counts = {"from_days": row.from_days, "to_days": row.to_days, "arrest_days": row.arrest_days}
    figures = _given(counts) | ({} if row.mrp is None else {"mrp": row.mrp})
    doubt = _CODE_EDITION if row.edition is Edition.UNCLEAR else None
    return FactRecord(name, row.sources, row.confidence, figures=figures, doubt=doubt)


def evisa_list(name: str, edition: EvisaEdition, _day: date) -> FactRecord:
    figures: Mapping[str, Figure] = {"count": len(edition.rows), "as_of": Stamp(edition.as_of.isoformat())}
    return FactRecord(name, (edition.source,), edition.confidence, figures=figures)


def evisa_difference(name: str, rows: tuple[EvisaDifference, ...], _day: date) -> FactRecord:
    disputes = dict.fromkeys(row.conflict for row in rows if row.conflict is not None)
    return replace(put_together(name, rows), conflicts=tuple(disputes))


def domain(name: str, row: Domain, _day: date) -> FactRecord:
    return FactRecord(name, row.sources, Confidence.HIGH)


def never_serve(name: str, row: NeverServed, _day: date) -> FactRecord:
    return FactRecord(name, row.sources, Confidence.HIGH, served=False)


def _one(conflict: str | None) -> tuple[str, ...]:
    return () if conflict is None else (conflict,)


def _given(terms: Mapping[str, int | None]) -> dict[str, Figure]:
    return {name: n for name, n in terms.items() if n is not None}


def _dates(validity: Validity, since: str | None = None) -> dict[str, Figure]:
    """The ends of a validity; the start as precisely as the sources give it."""
    start = since or (None if validity.start is None else validity.start.isoformat())
    end = None if validity.end is None else validity.end.isoformat()
    return {name: Stamp(day) for name, day in (("valid_from", start), ("valid_until", end)) if day is not None}
