"""The message that tells an inviting party that a guest has filled in their part."""

from dialogs.formats import Voice
from dialogs.says import Button, Paragraph, PressButton, Say
from dialogs.session import Session
from dialogs.texts import Texts
from dialogs.wire import Action, Tap
from knowledge.language import Language

__all__ = ["guest_notice"]


def guest_notice(session: Session, paper: int, texts: Texts) -> Say:
    """It leads to the paper that waits, in the language of the inviting party."""
    voice = Voice(texts, session.language or Language.EN)
    action = Action.CONTINUE if session.flow is not None and session.paper == paper else Action.PAPERS
    button = Button(voice.text("guests.continue"), PressButton(Tap(session.run, action).encode()))
    return Say((Paragraph((voice.text("guests.filled"),)),), ((button,),))
