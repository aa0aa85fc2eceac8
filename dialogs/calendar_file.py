"""A timeline as an iCalendar file (RFC 5545), to keep in a calendar that reminds."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from dialogs.cards.parts import deadline_text, sources
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Attachment, Paragraph, Say
from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.timeline import sources_behind
from knowledge.zone import KAZAKHSTAN

__all__ = ["calendar_file"]

_PRODUCT = "-//visabot//days of a visa//EN"
_NAME = "visa-dates.ics"
_MIME = "text/calendar"
_REMINDER = timedelta(days=-1)


def calendar_file(
    deadlines: Iterable[Deadline], knowledge: KnowledgeBase, voice: Voice, today: date
) -> Attachment | None:
    """The days that still lie ahead, each an event with a reminder one day before; None when there are none.

    The same day of the same rule has the same id in every file, so that a second file doubles nothing. The file holds
    nothing about the person. It is stamped with the beginning of `today`.
    """
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC)
    events = [_event(deadline, knowledge, voice, stamp) for deadline in deadlines if not deadline.past]
    if not events:
        return None
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    return Attachment(_NAME, _MIME, calendar.to_ical())


def _event(deadline: Deadline, knowledge: KnowledgeBase, voice: Voice, stamp: datetime) -> Event:
    summary = deadline_text(deadline, voice)
    event = Event()
    event.add("uid", f"{deadline.what}-{deadline.date:%Y%m%d}@visabot")
    event.add("dtstamp", stamp)
    if deadline.time is None:
        event.add("dtstart", deadline.date)
    else:
        moment = datetime.combine(deadline.date, deadline.time, KAZAKHSTAN)
        event.add("dtstart", moment.astimezone(UTC))
    event.add("summary", summary)
    event.add("description", _description(deadline, knowledge, voice))
    event.add("transp", "TRANSPARENT")  # a deadline does not make its day busy
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", summary)
    reminder.add("trigger", _REMINDER)
    event.add_component(reminder)
    return event


def _description(deadline: Deadline, knowledge: KnowledgeBase, voice: Voice) -> str:
    """Who must act, what is not sure, the sources, and what this is not."""
    behind = (knowledge.sources[source] for source in sources_behind(knowledge, deadline))
    cited = sources(behind, knowledge, voice)
    doubt = [voice.text("timeline.estimated")] if deadline.estimated else []
    return "\n".join(
        (
            voice.text("timeline.who", who=voice.text(f"who.{deadline.who}")),
            *doubt,
            *(to_plain(Say((Paragraph(line),))) for line in cited.lines),
            voice.text("card.not_official"),
        )
    )
