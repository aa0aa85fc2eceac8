"""Words for moves: "back", "отмена", "сақтау": what a button does, said at any time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.keys import bare
from dialogs.moves import cancelled, started, stepped_back, worth_asking
from dialogs.own_taps import call_staff, requests_shown
from dialogs.paper_taps import rest
from dialogs.reminding import stopped
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, open_view, show, voice_of
from dialogs.stance import current_key, current_question, is_unfinished
from dialogs.taps import press
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["command_word"]

_NOT_SURE = "not_sure"
"""The option that "I don't know" chooses where a question has it."""
_SIDE_VIEWS = {
    "menu": View.MENU,
    "help": View.HELP,
    "lang": View.LANGUAGE,
    "person": View.PERSON,
    "privacy": View.PRIVACY,
    "papers": View.PAPERS,
    "erase": View.ERASE,
}


def command_word(session: Session, word: str, world: World) -> Turn | None:
    """What a word such as "back" or "отмена" does; None where it means nothing now."""
    if word in _SIDE_VIEWS:
        return open_view(session, _SIDE_VIEWS[word], world, SayMode.SEND)
    move = _MOVES.get(word)
    return None if move is None else move(session, world)


def _skip(session: Session, world: World) -> Turn | None:
    key, question = current_key(session, world), current_question(session, world)
    if question is None or key is None or session.view is not View.FLOW:
        return None
    if question.optional:
        return press(session, Tap(session.run, Action.SKIP, key).encode(), world, pressed=False)
    if _NOT_SURE in question.options:
        return press(session, Tap(session.run, Action.ANSWER, key, _NOT_SURE).encode(), world, pressed=False)
    return show(session, world, first=(voice_of(session, world).text("error.cannot_skip"),))


def _changes(session: Session, world: World) -> Turn | None:
    return open_view(session, View.CHANGES, world, SayMode.SEND) if session.flow is not None else None


def _continue(session: Session, world: World) -> Turn | None:
    if session.flow is not None:
        return open_view(session, View.FLOW, world, SayMode.SEND)
    return open_view(session, View.PAPERS, world, SayMode.SEND) if session.papers else None


def _start(flow: str) -> Callable[[Session, World], Turn | None]:
    """A flow by its name; not while a question waits, where the word may be an answer."""

    def move(session: Session, world: World) -> Turn | None:
        waits = session.view is View.FLOW and is_unfinished(session, world)
        return None if waits or flow not in world.flows else started(session, world.flows[flow], world)

    return move


def _restart(session: Session, world: World) -> Turn | None:
    offered = session.offer[1] if session.offer[:1] == ("flow",) else None
    flow = world.flows.get(session.flow or offered or "")
    if flow is None:
        return None
    turn = started(session, flow, world, anew=not worth_asking(session), link=session.link)
    return replace(turn, session=replace(turn.session, correcting=session.correcting))


def _why(session: Session, world: World) -> Turn | None:
    """Why a question is asked, then the question."""
    key, question = current_key(session, world), current_question(session, world)
    if question is None or key is None:
        return None
    voice = voice_of(session, world)
    reason = f"question.{bare(key)}.why"
    first = () if voice.knows(reason) else (voice.text("why.general"),)
    return show(replace(session, view=View.FLOW), world, first=first)


def _repeat(session: Session, world: World) -> Turn | None:
    return show(session, world)


def _rest(session: Session, world: World) -> Turn | None:
    return rest(session, world, SayMode.SEND) if is_unfinished(session, world) else None


def _stop(session: Session, world: World) -> Turn | None:
    return stopped(session, Tap(session.run, Action.STOP), world, SayMode.SEND)


def _requests(session: Session, world: World) -> Turn | None:
    return requests_shown(session, Tap(session.run, Action.REQUESTS), world, SayMode.SEND)


def _staff(session: Session, world: World) -> Turn | None:
    if not world.staff or session.asked:
        # What would be sent is shown first.
        return open_view(session, View.PERSON, world, SayMode.SEND)
    return call_staff(session, Tap(session.run, Action.CALL), world, SayMode.SEND)


_MOVES: Mapping[str, Callable[[Session, World], Turn | None]] = MappingProxyType(
    {
        "back": lambda session, world: stepped_back(session, world, SayMode.SEND),
        "cancel": lambda session, world: cancelled(session, world, SayMode.SEND),
        "skip": _skip,
        "changes": _changes,
        "continue": _continue,
        "restart": _restart,
        "why": _why,
        "repeat": _repeat,
        "rest": _rest,
        "stop_reminders": _stop,
        "requests": _requests,
        "staff": _staff,
        "visa": _start("which_visa"),
        "evisa": _start("evisa_check"),
        "invite": _start("invitation"),
    }
)
