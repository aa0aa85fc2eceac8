"""From checked tables to facts: statements, penalties, refusals, invitation, exemptions, what is never told."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from knowledge.exemptions import FeeExemption
from knowledge.facts import Confidence
from knowledge.fees import FeePlace
from knowledge.invitation import FieldOwner, InvitationField, InvitationStage, SentBy
from knowledge.language import Language
from knowledge.never_serve import NeverServed
from knowledge.penalties import Consequence, Edition, HostKind, Offence, Penalty
from knowledge.refusals import AskedFor, RefusalGround
from knowledge.row_parts import coarse_start, figures, filled, validity
from knowledge.statements import Statement, StatementStatus

__all__ = [
    "exemption",
    "invitation_field",
    "invitation_stage",
    "never_served",
    "penalty",
    "refusal_ground",
    "statement",
]

Row = Mapping[str, Any]


def statement(name: str, row: Row) -> Statement:
    """A row of statements.yaml or us_visa.yaml."""
    return Statement(
        id=name,
        statement=filled(row, "statement"),
        status=StatementStatus(row["status"]),
        served=row["served"],
        why_not=row.get("why_not", ""),
        figures=figures(row),
        as_of=row["as_of"],
        recheck_days=row.get("recheck_days"),
        validity=validity(row),
        since=coarse_start(row),
        conflict=row.get("conflict"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def penalty(name: str, row: Row) -> Penalty:
    """A row of penalties.yaml."""
    return Penalty(
        id=name,
        offence=Offence(row["offence"]),
        mrp=Decimal(row["mrp"]) if "mrp" in row else None,
        consequences=tuple(Consequence(consequence) for consequence in row["consequences"]),
        edition=Edition(row["edition"]),
        from_days=row.get("from_days"),
        to_days=row.get("to_days"),
        host=HostKind(row["host"]) if "host" in row else None,
        repeat_within_years=row.get("repeat_within_years"),
        arrest_days=row.get("arrest_days"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def refusal_ground(name: str, row: Row) -> RefusalGround:
    """A row of refusal_grounds.yaml."""
    return RefusalGround(
        id=name,
        text=filled(row, "text"),
        applies_to=frozenset(AskedFor(asked) for asked in row["applies_to"]),
        figures=figures(row),
        intake_only=row.get("intake_only", False),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def invitation_field(name: str, row: Row) -> InvitationField:
    """A row of `fields` in invitation.yaml."""
    return InvitationField(
        id=name,
        who=FieldOwner(row["who"]),
        required=row["required"],
        only=SentBy(row["only"]) if "only" in row else None,
        format=filled(row, "format"),
        why=row["why"],
        figures=figures(row),
        deadline=row.get("deadline"),
        fee=row.get("fee"),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def invitation_stage(name: str, row: Row) -> InvitationStage:
    """A row of `stages` in invitation.yaml."""
    return InvitationStage(
        id=name,
        actor=row["actor"],
        deadlines=tuple(row.get("deadlines", ())),
        statements=tuple(row.get("statements", ())),
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def exemption(name: str, row: Row, place: FeePlace) -> FeeExemption:
    """A row of fee_exemptions.yaml."""
    return FeeExemption(
        id=name,
        place=place,
        who=filled(row, "who"),
        figures=figures(row),
        reciprocity=row.get("reciprocity", False),
        only_for=AskedFor(row["only_for"]) if "only_for" in row else None,
        sources=tuple(row["sources"]),
        confidence=Confidence(row["confidence"]),
    )


def never_served(name: str, row: Row) -> NeverServed:
    """A row of never_serve.yaml."""
    patterns = {
        language: tuple(re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"][language])
        for language in Language
    }
    return NeverServed(name, row["why"], MappingProxyType(patterns), tuple(row["sources"]))
