"""The card of a traveller with two passports: what each of them means for the trip, side by side."""

from dialogs.cards.advice import verdict_key
from dialogs.cards.ending import Ending
from dialogs.cards.parts import note_text, titled, warning_lines, window_text
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.notes import note_lines, note_proof
from dialogs.passports import trips_by_passport
from dialogs.says import Block, Bold, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.policy import advise

__all__ = ["comparison_card"]

_NOTES = ("two_passports",)


def comparison_card(situation: Situation, flow: str, voice: Voice, run: int) -> Say:
    """Each passport with its verdict and doubts; which of them may be used is for an authority."""
    knowledge = situation.knowledge
    advices = {trip.citizenship: advise(knowledge, trip, situation.today) for trip in trips_by_passport(situation)}
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.two_passports_compared.verdict")),
        *(
            block
            for country, advice in advices.items()
            for block in titled(voice.country(country), _lines(advice, knowledge, voice))
        ),
        *titled(voice.text("card.warnings"), note_lines(_NOTES, situation, voice)),
        Paragraph((voice.text("outcome.two_passports_compared.whole", option=voice.text("option.ordinary")),)),
        *titled(voice.text("person.title"), contact_lines(knowledge, voice)),
    )
    behind = [source for advice in advices.values() for source in advice.sources]
    return Ending(flow, situation, voice, run).say(blocks, (*behind, *note_proof(_NOTES, situation)), ())


def _lines(advice: Advice, knowledge: KnowledgeBase, voice: Voice) -> tuple[Line, ...]:
    """The verdict, the category, the longest stay, the invitation, then every warning and doubt."""
    lines: list[Line] = [(Bold(voice.text(verdict_key(advice))),)]
    if advice.category is not None:
        label = voice.text("card.category")
        lines.append((f"{label}: {advice.category} – {voice.text(f'category.{advice.category}')}",))
    if advice.max_stay_days is not None:
        lines.append((f"{voice.text('card.stay')}: {voice.days(advice.max_stay_days)}",))
    lines += [(f"{voice.text('card.window')}: {window_text(window, voice)}",) for window in advice.windows]
    if advice.needs_invitation is not None:
        answer = voice.text("answer.needed" if advice.needs_invitation else "answer.not_needed")
        lines.append((f"{voice.text('card.invitation')}: {answer}",))
    notes = tuple((note_text(note, knowledge, voice),) for note in advice.notes)
    return (*lines, *warning_lines(advice.warnings, advice.conflicts, voice), *notes)
