"""A stand-in for the engine that numbers the turns of a chat, so that a lost, doubled or displaced one shows."""

import time
from dataclasses import replace

from dialogs.effects import CallPerson, Effect, EndTalk, Erase, PassOn
from dialogs.events import Command, Event, Oddity, Press, Released, Text
from dialogs.says import Bold, Button, Paragraph, PressButton, Say, SayMode
from dialogs.session import Session
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language
from tests.bot.rig import Counted

__all__ = ["BOLD_WORDS", "NumberedTurns"]

BOLD_WORDS = "bold"
"""`bold 101` asks for 101 bold words."""


class NumberedTurns:
    """Answers `<number of the turn>: <what was said>`; each turn takes `seconds` of the process's time.

    Some words ask for more: `human` for staff, `poison…` for an error, `bold N` for N bold words.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def __call__(self, session: Session, event: Event, world: World) -> Counted:  # noqa: ARG002
        """The turn; a session holds one answer for each."""
        if self._seconds:
            time.sleep(self._seconds)
        number = len(session.answers) + 1
        after = replace(session.with_answer(str(number), number), language=session.language or Language.EN)
        match event:
            case Text(said) if said.startswith("poison"):
                raise ValueError(said)
            case Text("human"):
                return _told(replace(after, talking=True), f"{number}: called", CallPerson("help", "", Language.EN))
            case Text(said) if session.talking:
                return Counted(after, (), (PassOn(said),))
            case Press(data) if (tap := Tap.decode(data)) is not None and tap.action is Action.TALK_OVER:
                return _told(replace(after, talking=False), f"{number}: back", EndTalk())
            case Released():
                return _told(replace(after, talking=False), f"{number}: released")
            case Command("erase"):
                return _told(Session(language=after.language), "forgotten", Erase())
            case Text(said) if said.startswith(BOLD_WORDS):
                spans = [part for place in range(int(said.split()[1])) for part in (Bold(f"w{place}"), " ")]
                return Counted(after, (Say((Paragraph((f"{number}: ", *spans)),)),))
            case Text("button"):
                row = (Button("Go", PressButton(f"go:{number}")),)
                return Counted(after, (Say((Paragraph((f"{number}: button",)),), (row,)),))
            case Text(said, edited):
                return _told(after, f"{number}: {'edited ' if edited else ''}{said}")
            case Press(data):
                notice = Say((Paragraph((f"noted {data}",)),), mode=SayMode.NOTICE)
                return Counted(after, (Say((Paragraph((f"{number}: pressed {data}",)),)), notice))
            case Oddity(kind):
                return _told(after, f"{number}: cannot read a {kind}")
        return _told(after, f"{number}: {type(event).__name__}")


def _told(session: Session, words: str, *effects: Effect) -> Counted:
    return Counted(session, (Say((Paragraph((words,)),)),), effects)
