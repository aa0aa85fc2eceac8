"""The parts that cards share: titled lists, fees, warnings, sources and the ways on."""

from collections.abc import Iterable, Sequence

from dialogs.formats import Voice
from dialogs.says import Block, Bold, Bullets, Button, Folded, Line, Link, ShareText
from knowledge.advice import Reason
from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.domains import is_official
from knowledge.facts import Source
from knowledge.fees import Fee, FeeStatus
from knowledge.regimes import Window

__all__ = [
    "condition_text",
    "deadline_text",
    "document_text",
    "fee_lines",
    "note_text",
    "reason_text",
    "share_button",
    "sources",
    "titled",
    "warning_lines",
    "window_text",
]

_PASSPORT = "passport"
_PASSPORT_VALIDITY = "passport_valid_after_visa"


def titled(title: str, items: Sequence[Line], *, numbered: bool = False) -> tuple[Block, ...]:
    """A list under its title; nothing for an empty list."""
    return (Bullets(tuple(items), numbered, title),) if items else ()


def fee_lines(fees: Iterable[Fee], voice: Voice) -> tuple[Line, ...]:
    """Each fee with its amount, its standing and its day. What is not known is said so."""
    return tuple(_fee_line(fee, voice) for fee in fees)


def warning_lines(warnings: Iterable[str], conflicts: Iterable[str], voice: Voice) -> tuple[Line, ...]:
    """What must be told, then where sources disagree."""
    told = [voice.text(f"warning.{warning}") for warning in warnings]
    told += [voice.text(f"conflict.{conflict}") for conflict in conflicts]
    return tuple((text,) for text in told)


def window_text(window: Window, voice: Voice) -> str:
    """A rolling limit in words."""
    text = voice.text("card.window_value", days=voice.days(window.days), period=voice.days(window.period))
    return f"{text} ({voice.text('card.disputed')})" if window.disputed else text


def document_text(name: str, knowledge: KnowledgeBase, voice: Voice) -> str:
    """A paper to have, with its figures."""
    return voice.text(f"document.{name}", **{key: voice.number(n) for key, n in knowledge.documents[name].figures})


def deadline_text(deadline: Deadline, voice: Voice) -> str:
    """What a day is for; some days name the day that they are counted from."""
    return voice.text(f"deadline.{deadline.what}", start=voice.date(deadline.counted_from))


def note_text(name: str, knowledge: KnowledgeBase, voice: Voice) -> str:
    """What must be known about an entry regime, with its figures."""
    return voice.text(f"regime_note.{name}", **knowledge.regime_notes[name])


def condition_text(name: str, knowledge: KnowledgeBase, voice: Voice) -> str:
    """A condition of the e-visa; the figures are those of the passport that every visa asks for."""
    pages = dict(knowledge.documents[_PASSPORT].figures)["blank_pages"]
    months = knowledge.deadlines[_PASSPORT_VALIDITY].months
    return voice.text(f"evisa_condition.{name}", pages=pages, months=months)


def sources(found: Iterable[Source], knowledge: KnowledgeBase, voice: Voice) -> Folded:
    """The documents behind a card, each with the day it speaks for; only official addresses become links."""
    lines = tuple(_source_line(source, knowledge, voice) for source in found)
    return Folded(voice.text("card.sources"), lines)


def reason_text(reason: Reason, voice: Voice) -> str:
    """One step of the way to a verdict, its codes and days in words."""
    values = {name: _shown(name, value, voice) for name, value in reason.values}
    return voice.text(f"reason.{reason.id}", **values)


def share_button(voice: Voice, key: str, start: str) -> Button:
    """A button that sends an invitation to ask the assistant, without any answer of the person."""
    return Button(voice.text("button.share"), ShareText(voice.text(key), start))


def _fee_line(fee: Fee, voice: Voice) -> Line:
    name = voice.text(f"fee.{fee.id}")
    if fee.amount is None or fee.currency is None or fee.status is FeeStatus.UNKNOWN:
        return (f"{name}: ", voice.text("fee_status.unknown"))
    amount = voice.money(fee.amount, fee.currency)
    as_of = "" if fee.as_of is None else voice.dated(fee.as_of)
    if fee.conflict:
        # Not bold, and not "may have changed": nothing of the kind can be paid today.
        return (f"{name}: {amount} – ", voice.text("fee_status.disputed", date=as_of))
    if fee.status is FeeStatus.DATED:
        return (f"{name}: ", Bold(amount), " – ", voice.text("fee_status.dated", date=as_of))
    standing = voice.text("fee_status.current", date=as_of) if as_of else ""
    return (f"{name}: ", Bold(amount), *((" – ", standing) if standing else ()))


def _source_line(source: Source, knowledge: KnowledgeBase, voice: Voice) -> Line:
    title = source.title_in(voice.language)
    day = voice.text("source.undated") if source.as_of is None else voice.dated(source.as_of)
    if source.url is not None and is_official(source.url, knowledge.domains):
        return (Link(title, source.url), f" – {day}")
    return (title, f" – {source.publisher}, {day}")


def _shown(name: str, value: str | int, voice: Voice) -> str:
    match name:
        case "country":
            return voice.country(str(value))
        case "purpose":
            return voice.text(f"purpose.{value}")
        case "date" | "edition":
            return voice.dated(str(value))
        case _:
            return str(value)
