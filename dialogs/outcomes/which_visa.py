"""What a trip needs: the outcomes of the dialog about the visa and of the e-visa check."""

from dialogs.cards import advice_card, evisa_card
from dialogs.cards.asking import ask_card
from dialogs.cards.comparison import comparison_card
from dialogs.cards.needs import needs_rows
from dialogs.cards.parts import titled
from dialogs.formats import Voice
from dialogs.notes import NOTES_ON_CHILDREN, note_lines, note_proof
from dialogs.says import Say
from dialogs.situation import Situation
from knowledge.policy import advise, check_evisa
from knowledge.trip import Purpose, Trip

__all__ = [
    "advice",
    "document_of_another_kind",
    "evisa",
    "kazakh_passport_among_two",
    "no_visa_for_citizens",
    "resident_of_kazakhstan",
    "two_passports_compared",
]

_FLOW = "which_visa"


def advice(situation: Situation, voice: Voice, run: int) -> Say:
    """What the trip needs, with what is special about a child."""
    knowledge, trip = situation.knowledge, situation.trip()
    advised = advise(knowledge, trip, situation.today)
    notes = NOTES_ON_CHILDREN if situation.answers.get("what_kind_of_passport") == "child_passport" else ()
    return advice_card(
        advised,
        trip,
        knowledge,
        voice,
        run,
        special=titled(voice.text("stay_note.children"), note_lines(notes, situation, voice)),
        cited=note_proof(notes, situation),
        further=needs_rows(advised, trip, voice, run),
    )


def no_visa_for_citizens(situation: Situation, voice: Voice, run: int) -> Say:
    """A citizen enters as a citizen, whatever the trip is for."""
    trip = Trip(str(situation.answers["which_passport_do_you_hold"]), Purpose.PRIVATE, 1)
    return advice_card(advise(situation.knowledge, trip, situation.today), trip, situation.knowledge, voice, run)


def document_of_another_kind(situation: Situation, voice: Voice, run: int) -> Say:
    """A stateless person or a refugee: who settles it, and what to have at hand."""
    return ask_card(voice.text("other_document.text"), (), _FLOW, situation, voice, run)


def resident_of_kazakhstan(situation: Situation, voice: Voice, run: int) -> Say:
    """Somebody who lives in Kazakhstan by a permit: no source we hold tells how they enter."""
    return ask_card(voice.text("outcome.resident_of_kazakhstan.text"), (), _FLOW, situation, voice, run)


def kazakh_passport_among_two(situation: Situation, voice: Voice, run: int) -> Say:
    """A citizen of Kazakhstan and of another state: our sources do not settle how they enter."""
    text = voice.text("outcome.kazakh_passport_among_two.text")
    return ask_card(text, ("two_passports",), _FLOW, situation, voice, run)


def two_passports_compared(situation: Situation, voice: Voice, run: int) -> Say:
    """What each of two passports means for the trip."""
    return comparison_card(situation, _FLOW, voice, run)


def evisa(situation: Situation, voice: Voice, run: int) -> Say:
    """Whether the passport can get an e-visa."""
    country = str(situation.answers["which_passport_do_you_hold"])
    return evisa_card(check_evisa(situation.knowledge, country, situation.today), situation.knowledge, voice, run)
