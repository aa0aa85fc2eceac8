"""What a trip needs: the outcomes of the dialog about the visa and of the e-visa check."""

from dialogs.buttons import tap
from dialogs.cards import advice_card, evisa_card
from dialogs.cards.parts import titled
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.says import Heading, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action
from knowledge.policy import advise, check_evisa
from knowledge.trip import Purpose, Trip

__all__ = ["advice", "document_of_another_kind", "evisa", "no_visa_for_citizens"]


def advice(situation: Situation, voice: Voice, run: int) -> Say:
    """What the trip needs."""
    trip = situation.trip()
    return advice_card(advise(situation.knowledge, trip, situation.today), trip, situation.knowledge, voice, run)


def no_visa_for_citizens(situation: Situation, voice: Voice, run: int) -> Say:
    """A citizen enters as a citizen, whatever the trip is for."""
    trip = Trip(str(situation.answers["which_passport_do_you_hold"]), Purpose.PRIVATE, 1)
    return advice_card(advise(situation.knowledge, trip, situation.today), trip, situation.knowledge, voice, run)


def document_of_another_kind(situation: Situation, voice: Voice, run: int) -> Say:
    """A stateless person or a refugee: who settles it, and what to have at hand."""
    blocks = (
        Heading(voice.text("verdict.ask_authority")),
        Paragraph((voice.text("other_document.text"),)),
        *titled(voice.text("person.title"), contact_lines(situation.knowledge, voice)),
        Paragraph((voice.text("card.not_official"),)),
    )
    change = (tap(voice, "button.change_something", run, Action.CHANGES),)
    ways = (
        tap(voice, "button.restart", run, Action.START, "which_visa"),
        tap(voice, "button.menu", run, Action.MENU),
        tap(voice, "button.language", run, Action.LANGUAGES),
    )
    return Say(blocks, (change, ways))


def evisa(situation: Situation, voice: Voice, run: int) -> Say:
    """Whether the passport can get an e-visa."""
    country = str(situation.answers["which_passport_do_you_hold"])
    return evisa_card(check_evisa(situation.knowledge, country, situation.today), situation.knowledge, voice, run)

