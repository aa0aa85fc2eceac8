"""Days in a card: what each is for, and whether it has passed or is an estimate."""

from collections.abc import Iterable

from dialogs.cards.parts import deadline_text
from dialogs.formats import Voice
from dialogs.says import Line
from knowledge.deadlines import Deadline

__all__ = ["FIRST_DAY", "day_lines", "day_text"]

FIRST_DAY = "extension_earliest"
"""The day from which on something may be asked for; once it is past, nothing was missed."""


def day_lines(deadlines: Iterable[Deadline], voice: Voice) -> tuple[Line, ...]:
    """One line a day, in the order given. A first day that has come is nothing to wait for, so it is left out."""
    told = (deadline for deadline in deadlines if not (deadline.what == FIRST_DAY and deadline.past))
    return tuple((f"{deadline_text(deadline, voice)}: ", *day_text(deadline, voice)) for deadline in told)


def day_text(deadline: Deadline, voice: Voice) -> Line:
    """The day, and whether it has passed or is an estimate."""
    marks = [voice.text("timeline.past")] if deadline.past else []
    if deadline.estimated:
        marks.append(voice.text("card.estimated"))
    day = voice.moment(deadline.date, deadline.time)
    return (day, f" ({'; '.join(marks)})") if marks else (day,)
