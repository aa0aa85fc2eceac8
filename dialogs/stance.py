"""Where a session stands in its flow, read from the answers."""

from dialogs.formats import Voice
from dialogs.keys import bare, person_of
from dialogs.people import persons_in
from dialogs.questions import Asking
from dialogs.replay import Position, replay
from dialogs.review import answer_fact
from dialogs.says import Fact
from dialogs.session import Session
from dialogs.tree import Flow, Question
from dialogs.world import World
from knowledge.language import Language

__all__ = [
    "answer_row",
    "asking",
    "current_key",
    "current_question",
    "flow_of",
    "is_unfinished",
    "position_of",
]


def flow_of(session: Session, world: World) -> Flow | None:
    """The flow that runs, None for none."""
    return None if session.flow is None else world.flows.get(session.flow)


def position_of(session: Session, world: World) -> Position | None:
    """Where the answers lead in the running flow, None without one."""
    flow = flow_of(session, world)
    return None if flow is None else replay(flow, session.answers, world)


def current_key(session: Session, world: World) -> str | None:
    """The key of the question that waits: the one being changed, else the next one; None at an outcome."""
    flow, position = flow_of(session, world), position_of(session, world)
    if flow is None or position is None:
        return None
    if session.editing is None:
        return position.ask
    told = session.editing in position.path or session.editing in dict(session.answers)
    return session.editing if told or _begins(session, flow, position) else position.ask


def current_question(session: Session, world: World) -> Question | None:
    """The question that waits for an answer; None at an outcome."""
    return _question_of(session, current_key(session, world), world)


def _question_of(session: Session, key: str | None, world: World) -> Question | None:
    """The question whose answer stands under `key`."""
    flow = flow_of(session, world)
    return None if flow is None or key is None else flow.questions.get(bare(key))


def is_unfinished(session: Session, world: World) -> bool:
    """Whether a flow waits for an answer."""
    return current_key(session, world) is not None


def asking(session: Session, key: str, question: Question, world: World, language: Language) -> Asking:
    """`question` as it is asked now, for the answer under `key`."""
    flow, position = flow_of(session, world), position_of(session, world)
    answers = dict(session.answers)
    return Asking(
        question,
        Voice(world.texts, language),
        world.knowledge,
        world.today,
        session.run,
        session.offer,
        answers.get(key),
        key,
        flow,
        () if position is None else position.path,
        answers,
        world.fresh,
        session.correcting,
    )


def answer_row(question: Question, key: str, session: Session, voice: Voice) -> Fact:
    """A question's short name with its answer in words."""
    return answer_fact(question, session.answer_to(key), voice)


def _begins(session: Session, flow: Flow, position: Position) -> bool:
    """Whether what is asked begins a person who is not in the answers yet."""
    question = flow.questions.get(bare(str(session.editing)))
    if question is None or question.of is None:
        return False
    new = person_of(str(session.editing)) not in persons_in(flow, question.of, dict(session.answers))
    return new and question.of in (position.ask, *position.path)
