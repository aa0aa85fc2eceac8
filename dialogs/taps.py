"""Pressed buttons: each asks for a move; those of an older moment are told so and do no harm."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.keeping import days_to_keep
from dialogs.moves import started
from dialogs.own_taps import call_staff, correct, data_shown, erase, one_request, requests_shown, talk_over, withdraw
from dialogs.paper_taps import PAPER_TAPS
from dialogs.question_taps import ON_ANSWERS, ON_QUESTION, on_answers, on_question
from dialogs.reminding import reminded, stopped
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, notice, open_view, show, voice_of
from dialogs.staleness import stale, would_drop
from dialogs.stance import is_unfinished
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["chosen_language", "press"]

_SIDE_VIEWS = {
    Action.MENU: View.MENU,
    Action.HELP: View.HELP,
    Action.PRIVACY: View.PRIVACY,
    Action.PERSON: View.PERSON,
    Action.LANGUAGES: View.LANGUAGE,
}


def press(session: Session, data: str, world: World, *, pressed: bool = True) -> Turn:
    """What a tap does; `pressed` is false when its words were typed. The session has a language."""
    tap = Tap.decode(data)
    if tap is None:
        return stale(session, world)
    # A message of an older run keeps what it shows: its buttons open new messages.
    mode = SayMode.REPLACE if pressed and tap.run == session.run else SayMode.SEND
    if tap.action in _SIDE_VIEWS:
        return _side(session, tap, world, mode)
    if tap.action in _AT_ANY_TIME:
        return _AT_ANY_TIME[tap.action](session, tap, world, mode)
    if tap.run != session.run:
        return stale(session, world)
    if tap.action in ON_QUESTION:
        return on_question(session, tap, world, mode)
    if tap.action in ON_ANSWERS:
        return on_answers(session, tap, world, mode)
    return _calendar(session, world)


def chosen_language(session: Session, language: Language, world: World, mode: SayMode) -> Turn:
    """The same screen in another language; the choice of a language itself is over."""
    view = session.view
    if view is View.LANGUAGE:
        view = session.behind or (View.FLOW if session.flow else View.MENU)
    return show(replace(session, language=language, view=view, behind=None, misses=0), world, mode=mode)


def _side(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    outcome = session.view is View.FLOW and not is_unfinished(session, world)
    keeps_card = outcome and tap.action is not Action.LANGUAGES
    return open_view(session, _SIDE_VIEWS[tap.action], world, SayMode.SEND if keeps_card else mode)


def _no_day(session: Session, _tap: Tap, world: World, _mode: SayMode) -> Turn:
    return notice(session, voice_of(session, world).text("notice.no_day"))


def _language(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    if tap.value not in set(Language):
        return stale(session, world)
    return chosen_language(session, Language(tap.value), world, mode)


def _go_on(session: Session, _tap: Tap, world: World, mode: SayMode) -> Turn:
    return open_view(session, View.FLOW if session.flow else View.MENU, world, mode)


def _of_answer(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """A vetted answer, or the dialog that goes further than it. Answers stay to be read: they are never replaced."""
    answer = world.knowledge.answers.get(f"{tap.target}.{tap.value}")
    if answer is None:
        return stale(session, world)
    if session.view in (View.ANSWER, View.FLOW):
        mode = SayMode.SEND
    if tap.action is Action.TOPIC:
        return show(replace(session, view=View.ANSWER, offer=("answer", answer.id), misses=0), world, mode=mode)
    flow = world.flows.get(answer.flow or "")
    if flow is None or would_drop(session, tap, world):
        return stale(session, world)
    return started(session, flow, world, answers=answer.given, mode=mode)


def _begin(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """A flow from the menu, from an outcome, or for a country just named."""
    if tap.action is Action.COUNTRY:
        if tap.value not in world.knowledge.regimes:
            return stale(session, world)
        return show(replace(session, view=View.COUNTRY, offer=("choose", tap.value), misses=0), world, mode=mode)
    flow = world.flows.get(tap.target)
    if flow is None or would_drop(session, tap, world):
        return stale(session, world)
    if session.view is View.FLOW:
        mode = SayMode.SEND
    if tap.action is Action.START:
        anew = session.flow == flow.id and session.view is View.FLOW
        return started(session, flow, world, anew=anew, mode=mode)
    named = (("which_passport_do_you_hold", tap.value),) if tap.value in world.knowledge.regimes else ()
    return started(session, flow, world, answers=named, keep=True, mode=mode)


def _calendar(session: Session, world: World) -> Turn:
    file = days_to_keep(session, world, voice_of(session, world))
    return stale(session, world) if file is None else Turn(session, (file,))


_Move = Callable[[Session, Tap, World, SayMode], Turn]

_AT_ANY_TIME: Mapping[Action, _Move] = MappingProxyType(
    {
        Action.NOTHING: _no_day,
        Action.LANGUAGE: _language,
        Action.CONTINUE: _go_on,
        Action.TOPIC: _of_answer,
        Action.DIALOG: _of_answer,
        Action.START: _begin,
        Action.GO: _begin,
        Action.COUNTRY: _begin,
        Action.REQUESTS: requests_shown,
        Action.REQUEST: one_request,
        Action.WITHDRAW: withdraw,
        Action.CORRECT: correct,
        Action.DATA: data_shown,
        Action.ERASE: erase,
        Action.CALL: call_staff,
        Action.TALK_OVER: talk_over,
        Action.STOP: stopped,
        Action.REMIND: reminded,
        **PAPER_TAPS,
    }
)
"""What a button does in whichever run it was shown."""
