"""The screen that shows what a passport's machine-readable zone says, to be compared with the passport."""

import json
from collections.abc import Mapping

from dialogs.answer import Answer
from dialogs.buttons import tap
from dialogs.formats import Voice
from dialogs.keys import bare
from dialogs.review import answer_fact
from dialogs.says import Bold, Facts, Paragraph
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.tree import Flow
from dialogs.wire import Action

__all__ = ["ZONE", "offered_zone", "zone_screen"]

ZONE = "zone"
"""The kind of offer that holds the fields of a zone."""


def zone_screen(session: Session, flow: Flow, key: str, voice: Voice) -> Screen:
    """The fields, as answers to the questions that they fill."""
    rows = tuple(answer_fact(flow.questions[bare(name)], value, voice) for name, value in offered_zone(session).items())
    buttons = (
        (tap(voice, "button.yes", session.run, Action.ZONE, key, "yes", number=1),),
        (tap(voice, "button.no", session.run, Action.ZONE, key, "no", number=2),),
    )
    return Screen((Paragraph((Bold(voice.text("zone.is_it_right")),)), Facts(rows)), buttons)


def offered_zone(session: Session) -> Mapping[str, Answer]:
    """The fields that wait for a yes, by key; empty without any."""
    match session.offer:
        case (kind, values) if kind == ZONE:
            found: Mapping[str, Answer] = json.loads(values)
            return found
    return {}
