"""The card where our sources settle nothing: what is open, and who can answer."""

from collections.abc import Sequence

from dialogs.cards.ending import Ending
from dialogs.cards.parts import titled
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.notes import note_lines, note_proof
from dialogs.says import Heading, Paragraph, Say
from dialogs.situation import Situation

__all__ = ["ask_card"]

_CONTACTS = ("contact.contact_centre_short", "contact.portal")


def ask_card(text: str, notes: Sequence[str], flow: str, situation: Situation, voice: Voice, run: int) -> Say:
    """What is open, as `text` and `notes` tell it, and whom to ask; `flow` is the dialog that ends here."""
    blocks = (
        Heading(voice.text("verdict.ask_authority")),
        Paragraph((text,)),
        *titled(voice.text("card.warnings"), note_lines(notes, situation, voice)),
        *titled(voice.text("person.title"), contact_lines(situation.knowledge, voice)),
    )
    return Ending(flow, situation, voice, run).say(blocks, note_proof(notes, situation, *_CONTACTS), ())
