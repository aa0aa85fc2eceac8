"""What lies ahead of an invitation: its steps with their days, what is uncertain about them, its short facts."""

from collections.abc import Iterator, Sequence
from datetime import date

from dialogs.cards.parts import titled, warning_lines
from dialogs.formats import Voice
from dialogs.requests import Request
from dialogs.requests.dates import Step, conflicts_behind
from dialogs.says import Block, Fact, Facts, Line, Span
from knowledge.base import KnowledgeBase
from knowledge.workdays import WorkingDay

__all__ = ["ahead_blocks", "request_facts"]


def request_facts(request: Request, voice: Voice) -> Facts:
    """Category, guests and first day."""
    category = f"{request.category} – {voice.text(f'category.{request.category}')}"
    rows = (
        Fact(voice.text("card.category"), (category,)),
        Fact(voice.text("request.guests"), (str(request.guests),)),
        Fact(voice.text("request.first_day"), (voice.moment(request.first_day),)),
    )
    return Facts(rows)


def ahead_blocks(
    request: Request,
    steps: Sequence[Step],
    knowledge: KnowledgeBase,
    voice: Voice,
    today: date,
    warnings: Sequence[Line] = (),
) -> tuple[Block, ...]:
    """The days to come, then `warnings` and what sources dispute about the days. Nothing where nothing comes."""
    told = (
        *warnings,
        *_late(request, steps, voice),
        *warning_lines((), conflicts_behind(tuple(steps), knowledge), voice),
    )
    return (
        *titled(voice.text("card.deadlines"), [_line(step, voice, today) for step in steps]),
        *titled(voice.text("card.warnings"), told),
    )


def _line(step: Step, voice: Voice, today: date) -> Line:
    words = voice.text(f"request_step.{step.what}", start=voice.date(step.start))
    if step.expected is None:
        return (f"{words}: ", *_day(step.latest, voice, today))
    return (f"{words}: ", *_day(step.expected, voice, today), " – ", *_day(step.latest, voice, today))


def _day(day: WorkingDay, voice: Voice, today: date) -> tuple[Span, ...]:
    marks = [voice.text("timeline.past")] if day.date < today else []
    if day.estimated:
        marks.append(voice.text("card.estimated"))
    shown = voice.moment(day.date)
    return (shown, f" ({'; '.join(marks)})") if marks else (shown,)


def _late(request: Request, steps: Sequence[Step], voice: Voice) -> Iterator[Line]:
    """The law's shortest lead leaves no room for the longest checks."""
    if any(step.expected is not None and step.latest.date >= request.first_day for step in steps):
        yield (voice.text("request.decision_after_start"),)
