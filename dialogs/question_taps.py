"""Buttons of the running flow: answers, ways between questions, people, changes."""

from dataclasses import replace

from dialogs.answer import Answer
from dialogs.changes import change_of, pending
from dialogs.effects import RevokeLink
from dialogs.keys import bare, key_of, person_of
from dialogs.moves import agreed, answered, cancelled, settle, stepped_back
from dialogs.passport_zone import zone_taken
from dialogs.people import answers_about, has_open_links, person_name, persons_in
from dialogs.questions import KINDS, Refused
from dialogs.replay import is_answered
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, notice, show, voice_of
from dialogs.staleness import stale
from dialogs.stance import asking, current_key, flow_of, is_unfinished
from dialogs.tree import Flow, Question
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["ON_ANSWERS", "ON_QUESTION", "on_answers", "on_question"]

ON_QUESTION = frozenset(
    {
        Action.ANSWER,
        Action.REJECT,
        Action.PAGE,
        Action.MONTH,
        Action.BACK,
        Action.SKIP,
        Action.KEEP,
        Action.ADD,
        Action.REMOVE,
        Action.ZONE,
    }
)
"""Buttons that belong to the question that waits."""

ON_ANSWERS = frozenset({Action.CHANGES, Action.EDIT, Action.LOOK, Action.EFFECT, Action.CANCEL})
"""Buttons that change answers of this run."""


def on_question(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """A button of the question that waits."""
    pressed = mode is SayMode.REPLACE
    key, flow = current_key(session, world), flow_of(session, world)
    if key is None or flow is None or key != tap.target:
        return _pressed_again(session, tap, world)
    question = flow.questions[bare(key)]
    asked = asking(session, key, question, world, voice_of(session, world).language)
    match tap.action:
        case Action.ANSWER:
            return settle(session, key, KINDS[question.kind].tapped(asked, tap.value), world, pressed=pressed)
        case Action.SKIP if question.optional:
            return answered(session, key, None, world, pressed=pressed)
        case Action.KEEP:
            return _kept(session, key, flow, world, pressed=pressed)
        case Action.BACK:
            return stepped_back(replace(session, view=View.FLOW), world, mode)
        case Action.REJECT:
            text = asked.voice.text("country.write_again" if question.kind == "country" else "text.write_again")
            return show(replace(session, view=View.FLOW, offer=()), world, first=(text,), mode=mode)
        case Action.PAGE:
            return show(replace(session, view=View.FLOW, offer=("page", tap.value)), world, mode=mode)
        case Action.MONTH:
            return show(replace(session, view=View.FLOW, offer=("month", tap.value)), world, mode=mode)
        case Action.ADD:
            return _another(session, question, flow, world, mode)
        case Action.REMOVE:
            return _remove(session, flow.questions[question.of or question.id], flow, tap.value, world, mode)
        case Action.ZONE:
            return zone_taken(session, key, flow, tap.value == "yes", world)
    return settle(session, key, Refused((asked.voice.text("notice.stale"),)), world, pressed=pressed)


def on_answers(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """Look at answers and change them, agree to a change, or cancel."""
    flow = flow_of(session, world)
    if tap.action is Action.CANCEL:
        # The pressed message may be far up in the chat: what replaces it would not be seen.
        return cancelled(session, world, SayMode.SEND, sure=tap.target == "sure")
    if flow is None:
        return stale(session, world)
    if session.view is not View.CHANGES and not is_unfinished(session, world):
        mode = SayMode.SEND
    match tap.action:
        case Action.CHANGES:
            page = ("page", tap.value) if tap.value.isdecimal() else ()
            return show(replace(session, view=View.CHANGES, offer=page, misses=0), world, mode=mode)
        case Action.LOOK if tap.value.isdecimal() and answers_about(
            flow, tap.target, int(tap.value), dict(session.answers)
        ):
            return show(replace(session, view=View.CHANGES, offer=("person", tap.value)), world, mode=mode)
        case Action.EDIT if is_answered(flow, tap.target, dict(session.answers), world):
            asked = replace(session, view=View.FLOW, editing=tap.target, offer=(), misses=0)
            return show(asked, world, mode=mode)
        case Action.EFFECT:
            return _decided(session, flow, tap, world, mode)
    return stale(session, world)


def _decided(session: Session, flow: Flow, tap: Tap, world: World, mode: SayMode) -> Turn:
    """The change that waited happens, or everything stays."""
    waiting = pending(session)
    if waiting is None or waiting[0] != tap.target:
        return stale(session, world)
    key, value = waiting
    if tap.value != "yes":
        voice = voice_of(session, world)
        return show(replace(session, offer=(), editing=None), world, first=(voice.text("change.left"),), mode=mode)
    return agreed(session, flow, change_of(session, flow, key, value, world), world, pressed=mode is SayMode.REPLACE)


def _kept(session: Session, key: str, flow: Flow, world: World, *, pressed: bool) -> Turn:
    """The answer that is there already, or the one that fell, is taken again."""
    answers, old = dict(session.answers), dict(session.old)
    value: Answer
    if session.editing == key and is_answered(flow, key, answers, world):
        value = answers[key]
    elif is_answered(flow, key, old, world):
        value = old[key]
    else:
        return stale(session, world)
    return answered(session, key, value, world, pressed=pressed)


def _another(session: Session, table: Question, flow: Flow, world: World, mode: SayMode) -> Turn:
    """The first question about one more person."""
    numbers = persons_in(flow, table.id, dict(session.answers))
    if len(numbers) >= table.high or table.person is None:
        return stale(session, world)
    key = key_of(table.person, max(numbers, default=0) + 1)
    return show(replace(session, view=View.FLOW, editing=key, offer=(), misses=0), world, mode=mode)


def _remove(session: Session, table: Question, flow: Flow, number: str, world: World, mode: SayMode) -> Turn:
    """A person leaves the table: said first, done at the second press."""
    voice = voice_of(session, world)
    answers = dict(session.answers)
    person = int(number) if number.isdecimal() else 0
    about = answers_about(flow, table.id, person, answers)
    if not about:
        return stale(session, world)
    name = person_name(flow, table.id, person, answers, voice)
    if session.offer != ("remove", number):
        text = voice.count("people.would_remove", len(about), name=name)
        return show(replace(session, offer=("remove", number)), world, first=(text,), mode=mode)
    left = replace(
        session,
        answers=tuple(pair for pair in session.answers if pair[0] not in about),
        old=tuple(pair for pair in session.old if person_of(pair[0]) != person),
        offer=(),
        editing=None,
    )
    turn = show(left, world, first=(voice.text("people.removed", name=name),), mode=mode)
    return turn.with_effects(RevokeLink(session.paper, person)) if has_open_links(about) else turn


def _pressed_again(session: Session, tap: Tap, world: World) -> Turn:
    """A second press of the same answer is harmless; any other old button is stale."""
    answers = dict(session.answers)
    same = tap.target in answers and (
        (tap.action is Action.SKIP and answers[tap.target] is None)
        or (tap.action is Action.ANSWER and str(answers[tap.target]) == tap.value)
    )
    if same and flow_of(session, world) is not None:
        return notice(session, voice_of(session, world).text("notice.already_noted"))
    return stale(session, world)
