"""What a person may keep of an outcome: its days as a calendar file."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.calendar_file import calendar_file
from dialogs.formats import Voice
from dialogs.outcomes.long_stay import advised
from dialogs.replay import replay
from dialogs.says import Paragraph, Say
from dialogs.session import Session
from dialogs.situation import Situation
from dialogs.stance import flow_of
from dialogs.world import World
from knowledge.advice import Advice
from knowledge.policy import advise

__all__ = ["days_to_keep"]

_ADVISED: Mapping[str, Callable[[Situation], Advice]] = MappingProxyType(
    {
        "advice": lambda situation: advise(situation.knowledge, situation.trip(), situation.today),
        "long_stay_visa": lambda situation: advised(situation)[0],
        "residence_visa": lambda situation: advised(situation)[0],
    }
)
"""The outcomes that have days, with the advice that they tell."""


def days_to_keep(session: Session, world: World, voice: Voice) -> Say | None:
    """The file with the days of the advice that the answers lead to; None where they lead to none with days ahead."""
    flow = flow_of(session, world)
    if flow is None:
        return None
    answers = dict(session.answers)
    position = replay(flow, session.answers, world)
    advice_of = _ADVISED.get(position.end or "")
    if advice_of is None:
        return None
    situation = Situation({id_: answers[id_] for id_ in position.path}, world.knowledge, world.today)
    file = calendar_file(advice_of(situation).deadlines, world.knowledge, voice, world.today)
    return None if file is None else Say((Paragraph((voice.text("calendar.sent"),)),), attachment=file)
