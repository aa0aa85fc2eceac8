"""The moves of a conversation: each takes a session and gives the next one, with what is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.questions import Accepted, Offered, Reading, Refused
from dialogs.replay import fallen, replay
from dialogs.says import Block, Facts, Paragraph, Say, SayMode
from dialogs.screens import screen
from dialogs.session import Answer, Session, View
from dialogs.stance import answer_row, current_question, flow_of, position_of
from dialogs.tree import Flow, Question
from dialogs.world import World
from knowledge.language import Language

__all__ = [
    "Turn",
    "answered",
    "cancelled",
    "dropped",
    "notice",
    "open_view",
    "removed_text",
    "settle",
    "show",
    "started",
    "stepped_back",
    "voice_of",
]

_RUNS = 1_000_000


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of an event: the session to store and the messages to send, in order."""

    session: Session
    says: tuple[Say, ...]


def voice_of(session: Session, world: World) -> Voice:
    """The words in the person's language; before it is chosen, those of English frame the trilingual question."""
    return Voice(world.texts, session.language or Language.EN)


def show(session: Session, world: World, *, first: Sequence[str | Block] = (), mode: SayMode = SayMode.SEND) -> Turn:
    """The screen of `session`, under `first`."""
    lead = tuple(Paragraph((part,)) if isinstance(part, str) else part for part in first)
    seen = screen(session, world, voice_of(session, world).language)
    blocks = (*lead, *seen.blocks)
    if lead and sum(length(block) for block in blocks) > LONGEST_CARD:
        return Turn(session, (Say(lead), Say(seen.blocks, seen.rows, mode, seen.by_number)))
    return Turn(session, (Say(blocks, seen.rows, mode, seen.by_number),))


def notice(session: Session, text: str) -> Turn:
    """A short note on the pressed button."""
    return Turn(session, (Say((Paragraph((text,)),), mode=SayMode.NOTICE),))


def open_view(session: Session, view: View, world: World, mode: SayMode, *, first: Sequence[str] = ()) -> Turn:
    """Another screen; answers stay. What was read comes again in the language that is chosen."""
    read = session.offer if view is View.LANGUAGE and session.view in (View.ANSWER, View.TOPICS) else ()
    return show(replace(session, view=view, offer=read, misses=0), world, first=first, mode=mode)


def started(
    session: Session,
    flow: Flow,
    world: World,
    *,
    answers: Sequence[tuple[str, Answer]] = (),
    keep: bool = False,
    mode: SayMode = SayMode.SEND,
    first: Sequence[str | Block] = (),
) -> Turn:
    """A new run of `flow`, with `answers` given and, with `keep`, those of the run before; under `first`."""
    kept = dict(session.answers) if keep else {}
    fresh = replace(
        session,
        run=(session.run + 1) % _RUNS,
        flow=flow.id,
        version=flow.version,
        answers=tuple({**kept, **dict(answers)}.items()),
        view=View.FLOW,
        offer=(),
        editing=None,
        misses=0,
    )
    fresh = fresh.without(fallen(fresh, flow, replay(flow, dict(fresh.answers), world), world))
    given = [id_ for id_, _ in fresh.answers if id_ in flow.questions]
    lead: list[str | Block] = [*first]
    if given and current_question(fresh, world) is not None:
        voice = voice_of(fresh, world)
        rows = tuple(answer_row(flow.questions[id_], fresh, voice) for id_ in given)
        lead += [voice.text("flow.already_known"), Facts(rows)]
    return show(fresh, world, first=lead, mode=mode)


def dropped(session: Session, world: World) -> tuple[str | Block, ...]:
    """What is said of the answers of an unfinished run that another one takes the place of; nothing without any."""
    flow = flow_of(session, world)
    if flow is None or current_question(session, world) is None:
        return ()
    voice = voice_of(session, world)
    rows = tuple(answer_row(flow.questions[id_], session, voice) for id_, _ in session.answers if id_ in flow.questions)
    return (voice.text("cancel.dropped"), Facts(rows)) if rows else ()


def settle(session: Session, question: Question, reading: Reading, world: World, *, pressed: bool) -> Turn:
    """What follows from the reading of an answer to `question`."""
    mode = SayMode.REPLACE if pressed else SayMode.SEND
    match reading:
        case Accepted(value):
            return answered(session, question, value, world, pressed=pressed)
        case Offered(offer, says):
            return show(replace(session, view=View.FLOW, offer=offer, misses=0), world, first=says, mode=mode)
        case Refused(says):
            return _refused(session, says, world, pressed=pressed)


def answered(session: Session, question: Question, value: Answer, world: World, *, pressed: bool) -> Turn:
    """The session with this answer, what it changed among the others, and the next screen."""
    flow = flow_of(session, world)
    if flow is None:
        return open_view(session, View.MENU, world, SayMode.SEND)
    voice = voice_of(session, world)
    before = dict(session.answers)
    changed = question.id in before and before[question.id] != value
    told = replace(session.with_answer(question.id, value), view=View.FLOW, offer=(), editing=None, misses=0)
    position = replay(flow, dict(told.answers), world)
    gone = fallen(told, flow, position, world)
    after = told.without(gone)
    row = Facts((answer_row(question, after, voice),))
    first: list[str | Block] = [] if pressed else [row]
    if gone:
        first.append(removed_text(gone, flow, voice))
    if changed:
        kept = [id_ for id_ in position.path if id_ in before and id_ != question.id]
        kept += [id_ for id_, _ in after.answers if id_ in flow.questions and id_ not in (*position.path, question.id)]
        if kept:
            names = (voice.text(f"question.{id_}.label") for id_ in kept)
            first.append(voice.text("change.kept", answers=", ".join(names)))
    turn = show(after, world, first=first)
    if not pressed:
        return turn
    return Turn(turn.session, (Say((row,), mode=SayMode.CLOSE), *turn.says))


def removed_text(gone: frozenset[str], flow: Flow, voice: Voice) -> str:
    """Which answers no longer count."""
    names = (voice.text(f"question.{id_}.label") for id_ in flow.questions if id_ in gone)
    return voice.text("change.removed", answers=", ".join(names))


def stepped_back(session: Session, world: World, mode: SayMode) -> Turn:
    """The question before the current one is asked again, its answer offered; before the first lies the menu."""
    position = position_of(session, world)
    current = current_question(session, world)
    if session.view is not View.FLOW:
        return open_view(session, View.FLOW if session.flow else View.MENU, world, mode)
    earlier = None if position is None else position.before(None if current is None else current.id)
    if earlier is None:
        return open_view(replace(session, editing=None), View.MENU, world, mode)
    return show(replace(session, editing=earlier, offer=(), misses=0), world, mode=mode)


def cancelled(session: Session, world: World, mode: SayMode) -> Turn:
    """The end of the run: what was dropped is said, and how to start again."""
    voice = voice_of(session, world)
    flow = flow_of(session, world)
    if flow is None:
        return open_view(session, View.MENU, world, mode, first=(voice.text("cancel.nothing"),))
    rows = tuple(answer_row(flow.questions[id_], session, voice) for id_, _ in session.answers if id_ in flow.questions)
    first: list[str | Block] = [voice.text("cancel.dropped"), Facts(rows)] if rows else []
    ended = replace(
        session, flow=None, answers=(), view=View.CANCELLED, offer=("flow", flow.id), editing=None, misses=0
    )
    seen = show(ended, world, mode=mode)
    say = seen.says[0]
    tail = tuple(Paragraph((part,)) if isinstance(part, str) else part for part in first)
    return Turn(ended, (replace(say, blocks=(*say.blocks, *tail)),))


def _refused(session: Session, says: Sequence[str], world: World, *, pressed: bool) -> Turn:
    """The error, then the same question; a person to ask after the second miss in a row."""
    if pressed:
        note = notice(session, says[0])
        return Turn(session, (*note.says, *show(session, world).says))
    missed = replace(session, view=View.FLOW, misses=min(session.misses + 1, 9))
    hint = (voice_of(session, world).text("error.ask_a_person"),) if missed.misses > 1 else ()
    return show(missed, world, first=(*says, *hint))
