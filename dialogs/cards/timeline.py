"""The card of a timeline: every day in order, what it is for, who must act, and the sources."""

from collections.abc import Sequence

from dialogs.cards.parts import deadline_text, sources
from dialogs.cards.room import fitted
from dialogs.formats import Voice
from dialogs.says import Block, Bullets, Heading, Line, Paragraph, Say
from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.timeline import sources_behind

__all__ = ["timeline_card"]


def timeline_card(deadlines: Sequence[Deadline], knowledge: KnowledgeBase, voice: Voice) -> Say:
    """The days that follow from what a person knows; a timeline without days says so.

    The card is whole, whatever its length: it is for the command line.
    """
    title = Heading(voice.text("timeline.title"))
    if not deadlines:
        return Say((title, Paragraph((voice.text("timeline.none"),))))
    blocks: tuple[Block, ...] = (
        title,
        Bullets(tuple(_line(deadline, voice) for deadline in deadlines)),
        Paragraph((voice.text("card.not_official"),)),
    )
    cited = dict.fromkeys(source for deadline in deadlines for source in sources_behind(knowledge, deadline))
    documents = sources((knowledge.sources[source] for source in cited), knowledge, voice)
    return Say(fitted(blocks, (), documents, voice, whole=True))


def _line(deadline: Deadline, voice: Voice) -> Line:
    words = f" – {deadline_text(deadline, voice)} · {voice.text(f'who.{deadline.who}')}"
    marks = [voice.text("timeline.past")] if deadline.past else []
    if deadline.estimated:
        marks.append(voice.text("timeline.estimated"))
    if marks:
        words += f" · {', '.join(marks)}"
    return (voice.moment(deadline.date, deadline.time), words)
