"""What a person may keep of an outcome: its days as a calendar file."""

from dialogs.calendar_file import calendar_file
from dialogs.formats import Voice
from dialogs.replay import replay
from dialogs.says import Paragraph, Say
from dialogs.session import Session
from dialogs.situation import Situation
from dialogs.stance import flow_of
from dialogs.world import World
from knowledge.policy import advise

__all__ = ["days_to_keep"]

_ADVICE = "advice"


def days_to_keep(session: Session, world: World, voice: Voice) -> Say | None:
    """The file with the days of the advice that the answers lead to; None where they lead to none with days ahead."""
    flow = flow_of(session, world)
    if flow is None:
        return None
    answers = dict(session.answers)
    position = replay(flow, answers, world)
    if position.end != _ADVICE:
        return None
    situation = Situation({id_: answers[id_] for id_ in position.path}, world.knowledge, world.today)
    advice = advise(world.knowledge, situation.trip(), world.today)
    file = calendar_file(advice.deadlines, world.knowledge, voice, world.today)
    return None if file is None else Say((Paragraph((voice.text("calendar.sent"),)),), attachment=file)
