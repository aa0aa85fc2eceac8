"""Where a session stands in its flow, read from the answers."""

from dialogs.formats import Voice
from dialogs.questions import KINDS, Asking
from dialogs.replay import Position, replay
from dialogs.says import Fact
from dialogs.session import Session
from dialogs.tree import Flow, Question
from dialogs.world import World
from knowledge.language import Language

__all__ = ["answer_row", "asking", "current_question", "flow_of", "is_unfinished", "position_of"]


def flow_of(session: Session, world: World) -> Flow | None:
    """The flow that runs, None for none."""
    return None if session.flow is None else world.flows.get(session.flow)


def position_of(session: Session, world: World) -> Position | None:
    """Where the answers lead in the running flow, None without one."""
    flow = flow_of(session, world)
    return None if flow is None else replay(flow, dict(session.answers), world)


def current_question(session: Session, world: World) -> Question | None:
    """The question that waits for an answer: the one being changed, else the next one; None at an outcome."""
    flow, position = flow_of(session, world), position_of(session, world)
    if flow is None or position is None:
        return None
    if session.editing in position.path:
        return flow.questions[str(session.editing)]
    return None if position.ask is None else flow.questions[position.ask]


def is_unfinished(session: Session, world: World) -> bool:
    """Whether a flow waits for an answer."""
    return current_question(session, world) is not None


def asking(session: Session, question: Question, world: World, language: Language) -> Asking:
    """`question` as it is asked now."""
    return Asking(
        question,
        Voice(world.texts, language),
        world.knowledge,
        world.today,
        session.run,
        session.offer,
        session.answer_to(question.id),
    )


def answer_row(question: Question, session: Session, voice: Voice) -> Fact:
    """A question's short name with its answer in words."""
    value = session.answer_to(question.id)
    shown = voice.text("answer.skipped") if value is None else KINDS[question.kind].shown(question, value, voice)
    return Fact(voice.text(f"question.{question.id}.label"), (shown,))
