"""Buttons about what is one's own: invitations handed over, data kept, a person of the staff."""

import json
from dataclasses import replace

from dialogs.buttons import tap
from dialogs.effects import CallPerson, EndTalk, Erase, Withdraw
from dialogs.moves import started
from dialogs.own_data import kept_data, kept_facts
from dialogs.requests import Status, may_follow
from dialogs.says import Attachment, Heading, Paragraph, Say, SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, open_view, show, voice_of
from dialogs.staleness import stale
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = [
    "call_staff",
    "called",
    "correct",
    "data_shown",
    "erase",
    "in_talk",
    "one_request",
    "requests_shown",
    "talk_over",
    "withdraw",
]

_LONGEST_TITLE = 100
_INVITATION = "invitation"


def requests_shown(session: Session, _tap: Tap, world: World, mode: SayMode) -> Turn:
    """The invitations handed over."""
    return open_view(session, View.REQUESTS, world, mode)


def one_request(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """One of them."""
    if tap.value not in session.requests:
        return stale(session, world)
    return show(replace(session, view=View.REQUEST, offer=("request", tap.value), misses=0), world, mode=mode)


def withdraw(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """The inviter takes an invitation back: said first, done at the second press."""
    request = next((item for item in world.requests if item.reference == tap.value), None)
    if request is None or Status.WITHDRAWN not in may_follow(request.now.status):
        return stale(session, world)
    voice = voice_of(session, world)
    if session.offer != ("request", tap.value, "sure"):
        sure = replace(session, view=View.REQUEST, offer=("request", tap.value, "sure"))
        return show(sure, world, first=(voice.text("requests.would_withdraw", reference=tap.value),), mode=mode)
    text = voice.text("requests.withdrawn", reference=tap.value)
    menu = open_view(session, View.MENU, world, mode, first=(text,))
    return menu.with_effects(Withdraw(tap.value))


def correct(session: Session, tap_: Tap, world: World, _mode: SayMode) -> Turn:
    """An invitation that was returned is opened again with all its answers; it keeps its reference."""
    flow, answers = world.flows.get(_INVITATION), world.returned.get(tap_.value)
    if flow is None or answers is None:
        return stale(session, world)
    turn = started(session, flow, world, answers=answers)
    mending = replace(turn.session, correcting=tap_.value)
    return replace(turn, session=mending)


def data_shown(session: Session, _tap: Tap, world: World, _mode: SayMode) -> Turn:
    """What is kept about the person: in short on the screen, whole as a file."""
    voice = voice_of(session, world)
    content = json.dumps(kept_data(session, world), ensure_ascii=False, indent=2).encode()
    file = Attachment("visabot-data.json", "application/json", content)
    say = Say((Heading(voice.text("privacy.kept")), *kept_facts(session, world, voice)), attachment=file)
    return Turn(session, (say,))


def erase(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """Asks first; then nothing of the person is left but the language."""
    if tap.value != "yes" or session.view is not View.ERASE:
        return open_view(session, View.ERASE, world, mode)
    voice = voice_of(session, world)
    forgotten = Session(language=session.language, run=session.run + 1)
    turn = show(forgotten, world, first=(voice.text("erase.done"),))
    return turn.with_effects(Erase())


def call_staff(session: Session, tap_: Tap, world: World, mode: SayMode) -> Turn:
    """Hands the last question over, or asks for it."""
    if not world.staff:
        return stale(session, world)
    if session.asked and tap_.target == "asked":
        return called(session, session.asked, world)
    voice = voice_of(session, world)
    asking = replace(session, view=View.PERSON, offer=("call",), misses=0)
    return Turn(asking, (Say((Paragraph((voice.text("talk_to_staff.write"),)),), mode=mode),))


def called(session: Session, question: str, world: World) -> Turn:
    """Staff are asked; from here on the assistant is silent, and the person knows it."""
    waiting = replace(session, talking=True, asked="", offer=(), view=_behind(session), misses=0)
    effect = CallPerson(question, _shown(session, world), voice_of(session, world).language)
    return Turn(waiting, (in_talk(session, "talk_to_staff.called", world),), (effect,))


def in_talk(session: Session, key: str, world: World) -> Say:
    """Words of the assistant while staff have the conversation: with the way back, and no other button."""
    voice = voice_of(session, world)
    back = tap(voice, "button.talk_over", session.run, Action.TALK_OVER)
    return Say((Paragraph((voice.text(key),)),), ((back,),))


def talk_over(session: Session, _tap: Tap, world: World, _mode: SayMode) -> Turn:
    """The assistant answers again."""
    if not session.talking:
        return stale(session, world)
    voice = voice_of(session, world)
    turn = show(replace(session, talking=False), world, first=(voice.text("talk_to_staff.over"),))
    return turn.with_effects(EndTalk())


def _behind(session: Session) -> View:
    """The screen that comes back after the talk."""
    return View.FLOW if session.flow else View.MENU


def _shown(session: Session, world: World) -> str:
    """The title of what the person was shown, in their language: no answer of theirs is in it."""
    voice = voice_of(session, world)
    if session.view is View.ANSWER and session.offer[1:]:
        answer = world.knowledge.answers.get(session.offer[1])
        return "" if answer is None else answer.titles[voice.language][:_LONGEST_TITLE]
    return voice.text(f"flow.{session.flow}.title") if session.flow else ""
