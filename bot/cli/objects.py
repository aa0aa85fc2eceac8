"""Answers as JSON objects: the contract of the command line."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.cards.parts import (
    condition_text,
    deadline_text,
    document_text,
    fee_lines,
    reason_text,
    window_text,
)
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Paragraph, Say
from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.evisa import EvisaCheck, EvisaVerdict
from knowledge.facts import Source
from knowledge.fees import Fee
from knowledge.policy.case import regime_on
from knowledge.policy.entry import safe_days, smaller_windows
from knowledge.policy.way_in import way_in
from knowledge.regimes import Regime, Window

__all__ = ["advice_object", "evisa_object", "timeline_object"]

Object = dict[str, Any]


def advice_object(
    advice: Advice, citizenship: str, knowledge: KnowledgeBase, voice: Voice, *, passport_of: bool = False
) -> Object:
    """An advice for a passport; `window` is the limit to keep to where there are several.

    `passport_of` stands there only when the traveller named a land whose people hold the passport of `citizenship`.
    """
    return {
        "citizenship": citizenship,
        **({"passport_of": True} if passport_of else {}),
        "outcome": advice.outcome.value,
        "category": advice.category,
        "max_stay_days": advice.max_stay_days,
        "window": _window(advice.windows, voice),
        "needs_invitation": advice.needs_invitation,
        "alternatives": [
            {
                "outcome": way.outcome.value,
                "category": way.category,
                "condition": way.condition,
                "max_stay_days": way.max_stay_days,
                "text": voice.text(f"alternative.{way.condition}"),
            }
            for way in advice.alternatives
        ],
        "documents": [{"id": name, "text": document_text(name, knowledge, voice)} for name in advice.documents],
        "steps": [{"id": step, "text": voice.text(f"step.{step}")} for step in advice.steps],
        "deadlines": [
            {
                "what": deadline.what,
                "date": deadline.date.isoformat(),
                "source": deadline.source,
                "estimated": deadline.estimated,
                "text": deadline_text(deadline, voice),
            }
            for deadline in advice.deadlines
        ],
        "fees": _fees(advice.fees, voice),
        "warnings": list(advice.warnings),
        "notes": list(advice.notes),
        "conflicts": list(advice.conflicts),
        "confidence": advice.confidence.value,
        "sources": _sources(advice.sources, voice),
        "path": [{"id": reason.id, "text": reason_text(reason, voice)} for reason in advice.path],
    }


def timeline_object(deadlines: Iterable[Deadline], voice: Voice) -> Object:
    """The days in order; `time` is local time in Kazakhstan, and `past` marks days that have been."""
    return {
        "timeline": [
            {
                "what": deadline.what,
                "date": deadline.date.isoformat(),
                "time": None if deadline.time is None else f"{deadline.time:%H:%M}",
                "who": deadline.who,
                "rule": deadline.rule,
                "source": deadline.source,
                "counted_from": deadline.counted_from.isoformat(),
                "estimated": deadline.estimated,
                "past": deadline.past,
                "text": deadline_text(deadline, voice),
            }
            for deadline in deadlines
        ]
    }


def evisa_object(check: EvisaCheck, knowledge: KnowledgeBase, today: date, voice: Voice) -> Object:
    """What the lists say about a passport, and how its holder enters; no verdict where no list is old enough."""
    visa_free = None if check.visa_free is None else safe_days(check.visa_free)
    limited = check.verdict is EvisaVerdict.LIMITED and check.limit is not None
    return {
        "listed": dict(check.listed),
        "verdict": None if check.verdict is EvisaVerdict.UNKNOWN else check.verdict.value,
        "entry": _entry(check, regime_on(knowledge, check.country, today), voice),
        **({} if visa_free is None else {"visa_free_days": visa_free}),
        **({"until": _day(check.limit.validity.end)} if limited and check.limit is not None else {}),
        "categories": list(check.categories),
        "conditions": [{"id": name, "text": condition_text(name, knowledge, voice)} for name in check.conditions],
        "fees": _fees(check.fees, voice),
        "warnings": list(check.warnings),
        "conflicts": list(check.conflicts),
        "confidence": check.confidence.value,
        "sources": _sources(check.sources, voice),
    }


def _entry(check: EvisaCheck, regime: Regime | None, voice: Voice) -> Object:
    """How an ordinary passport enters for a short stay today."""
    return {
        "outcome": way_in(check, regime).value,
        "days": None if check.visa_free is None else safe_days(check.visa_free),
        "window": None if check.visa_free is None else _window(smaller_windows(check.visa_free), voice),
        "confidence": "low" if regime is None else regime.confidence.value,
        "basis": None if regime is None else regime.basis,
        "until": _day(_end(check, regime)),
        "notes": [] if regime is None else list(regime.notes),
        "sources": [] if regime is None else list(regime.sources),
    }


def _end(check: EvisaCheck, regime: Regime | None) -> date | None:
    """The last day of this way in: that of a rule which opens the e-visa for a time, else of the regime."""
    if check.limit is not None:
        return check.limit.validity.end
    return None if regime is None else regime.validity.end


def _window(windows: Sequence[Window], voice: Voice) -> Object | None:
    """The rolling limit to keep to; where sources differ the smaller one comes first."""
    if not windows:
        return None
    first = windows[0]
    return {
        "days": first.days,
        "in_days": first.period,
        "text": window_text(first, voice),
        "disputed": first.disputed or len(windows) > 1,
    }


def _fees(fees: Iterable[Fee], voice: Voice) -> list[Object]:
    return [
        {
            "id": fee.id,
            "text": "".join(to_plain(Say((Paragraph(line),))) for line in fee_lines((fee,), voice)),
            "amount": None if fee.amount is None else _number(fee.amount),
            "currency": fee.currency,
            "status": fee.status.value,
            "as_of": fee.as_of,
            "conflict": fee.conflict,
            "sources": list(fee.sources),
        }
        for fee in fees
    ]


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _sources(sources: Iterable[Source], voice: Voice) -> list[Object]:
    return [
        {"id": source.id, "title": source.title_in(voice.language), "url": source.url, "as_of": source.as_of}
        for source in sources
    ]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
