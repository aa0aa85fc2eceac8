"""Pressed buttons: each asks for a move; those of an older moment are told so and do no harm."""

from dataclasses import replace

from dialogs.keeping import days_to_keep
from dialogs.moves import (
    Turn,
    answered,
    cancelled,
    dropped,
    notice,
    open_view,
    settle,
    show,
    started,
    stepped_back,
    voice_of,
)
from dialogs.questions import KINDS, Refused
from dialogs.replay import is_answered
from dialogs.says import Say, SayMode
from dialogs.session import Session, View
from dialogs.stance import asking, current_question, flow_of, is_unfinished
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["press"]

_SIDE_VIEWS = {
    Action.MENU: View.MENU,
    Action.HELP: View.HELP,
    Action.PRIVACY: View.PRIVACY,
    Action.PERSON: View.PERSON,
    Action.LANGUAGES: View.LANGUAGE,
}
_READ_BEFORE = {"answer": View.ANSWER, "topics": View.TOPICS}
_ON_A_QUESTION = frozenset({Action.ANSWER, Action.REJECT, Action.PAGE, Action.MONTH, Action.BACK, Action.SKIP})


def press(session: Session, data: str, world: World, *, pressed: bool = True) -> Turn:
    """What a tap does; `pressed` is false when its words were typed. The session has a language."""
    tap = Tap.decode(data)
    if tap is None:
        return _stale(session, world)
    # A message of an older run keeps what it shows: its buttons open new messages.
    mode = SayMode.REPLACE if pressed and tap.run == session.run else SayMode.SEND
    if tap.action is Action.NOTHING:
        return notice(session, voice_of(session, world).text("notice.no_day"))
    if tap.action is Action.LANGUAGE and tap.value in set(Language):
        return chosen_language(session, Language(tap.value), world, mode)
    if tap.action in _SIDE_VIEWS:
        outcome = session.view is View.FLOW and not is_unfinished(session, world)
        keeps_card = outcome and tap.action is not Action.LANGUAGES
        return open_view(session, _SIDE_VIEWS[tap.action], world, SayMode.SEND if keeps_card else mode)
    if tap.action is Action.CONTINUE:
        return open_view(session, View.FLOW if session.flow else View.MENU, world, mode)
    if tap.action in (Action.TOPIC, Action.DIALOG):
        return _of_answer(session, tap, world, mode)
    if tap.action in (Action.START, Action.GO, Action.COUNTRY):
        return _begin(session, tap, world, mode)
    if tap.run != session.run:
        return _stale(session, world)
    if tap.action is Action.CALENDAR:
        file = days_to_keep(session, world, voice_of(session, world))
        return _stale(session, world) if file is None else Turn(session, (file,))
    if tap.action in _ON_A_QUESTION:
        return _on_question(session, tap, world, mode)
    return _on_answers(session, tap, world, mode)


def chosen_language(session: Session, language: Language, world: World, mode: SayMode) -> Turn:
    """The same screen in another language; the choice of a language itself is over."""
    view = session.view
    if view is View.LANGUAGE:
        behind = View.FLOW if session.flow else View.MENU
        view = _READ_BEFORE.get(session.offer[0], behind) if session.offer else behind
    return show(replace(session, language=language, view=view, misses=0), world, mode=mode)


def _of_answer(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """A vetted answer, or the dialog that goes further than it. Answers stay to be read: they are never replaced."""
    answer = world.knowledge.answers.get(f"{tap.target}.{tap.value}")
    if answer is None:
        return _stale(session, world)
    if session.view in (View.ANSWER, View.FLOW):
        mode = SayMode.SEND
    if tap.action is Action.TOPIC:
        return show(replace(session, view=View.ANSWER, offer=("answer", answer.id), misses=0), world, mode=mode)
    flow = world.flows.get(answer.flow or "")
    if flow is None or _would_drop(session, tap, world):
        return _stale(session, world)
    return started(session, flow, world, answers=answer.given, mode=mode, first=dropped(session, world))


def _would_drop(session: Session, tap: Tap, world: World) -> bool:
    """Whether a button of an older moment would take answers away that were given since."""
    return tap.run != session.run and bool(session.answers) and is_unfinished(session, world)


def _begin(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """A flow from the menu, from an outcome, or for a country just named."""
    if tap.action is Action.COUNTRY:
        if tap.value not in world.knowledge.regimes:
            return _stale(session, world)
        return show(replace(session, view=View.COUNTRY, offer=("choose", tap.value), misses=0), world, mode=mode)
    flow = world.flows.get(tap.target)
    if flow is None or _would_drop(session, tap, world):
        return _stale(session, world)
    if session.view is View.FLOW:
        mode = SayMode.SEND
    if tap.action is Action.START:
        return started(session, flow, world, mode=mode)
    named = (("which_passport_do_you_hold", tap.value),) if tap.value in world.knowledge.regimes else ()
    return started(session, flow, world, answers=named, keep=True, mode=mode)


def _on_question(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    pressed = mode is SayMode.REPLACE
    question = current_question(session, world)
    if question is None or question.id != tap.target:
        return _pressed_again(session, tap, world)
    asked = asking(session, question, world, voice_of(session, world).language)
    match tap.action:
        case Action.ANSWER:
            return settle(session, question, KINDS[question.kind].tapped(asked, tap.value), world, pressed=pressed)
        case Action.SKIP if question.optional:
            return answered(session, question, None, world, pressed=pressed)
        case Action.BACK:
            return stepped_back(replace(session, view=View.FLOW), world, mode)
        case Action.REJECT:
            text = asked.voice.text("country.write_again")
            return show(replace(session, view=View.FLOW, offer=()), world, first=(text,), mode=mode)
        case Action.PAGE:
            return show(replace(session, view=View.FLOW, offer=("page", tap.value)), world, mode=mode)
        case Action.MONTH:
            return show(replace(session, view=View.FLOW, offer=("month", tap.value)), world, mode=mode)
    return settle(session, question, Refused((asked.voice.text("notice.stale"),)), world, pressed=pressed)


def _on_answers(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """Change an answer, or cancel."""
    flow = flow_of(session, world)
    if tap.action is Action.CANCEL:
        # The pressed message may be far up in the chat: what replaces it would not be seen.
        return cancelled(session, world, SayMode.SEND)
    if flow is None:
        return _stale(session, world)
    if session.view is not View.CHANGES and not is_unfinished(session, world):
        mode = SayMode.SEND
    if tap.action is Action.CHANGES:
        return open_view(session, View.CHANGES, world, mode)
    question = flow.questions.get(tap.target)
    if tap.action is Action.EDIT and question is not None and is_answered(question, dict(session.answers), world):
        return show(replace(session, view=View.FLOW, editing=question.id, offer=(), misses=0), world, mode=mode)
    return _stale(session, world)


def _pressed_again(session: Session, tap: Tap, world: World) -> Turn:
    """A second press of the same answer is harmless; any other old button is stale."""
    answers = dict(session.answers)
    flow = flow_of(session, world)
    same = (
        flow is not None
        and tap.target in answers
        and tap.target in flow.questions
        and (
            (tap.action is Action.SKIP and answers[tap.target] is None)
            or (tap.action is Action.ANSWER and str(answers[tap.target]) == tap.value)
        )
    )
    if same:
        return notice(session, voice_of(session, world).text("notice.already_noted"))
    return _stale(session, world)


def _stale(session: Session, world: World) -> Turn:
    """A polite note, and what is current."""
    says: tuple[Say, ...] = notice(session, voice_of(session, world).text("notice.stale")).says
    now = show(session, world)
    return Turn(session, (*says, *now.says))
