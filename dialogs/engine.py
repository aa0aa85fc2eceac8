"""One turn of a conversation: session, event and world in; the next session and the messages out. Pure."""

import re
from dataclasses import replace

from dialogs.deeplink import read_deep_link
from dialogs.effects import EndTalk, PassOn
from dialogs.events import Alarm, Command, Event, Oddity, OddityKind, Press, Released, Scan, Text
from dialogs.funnel import counts
from dialogs.guests import GuestInvitation, token_in
from dialogs.handing_over import handed_over
from dialogs.menu import COMMANDS
from dialogs.moves import cancelled, started
from dialogs.own_taps import in_talk
from dialogs.passport_zone import waits_for_a_zone, zone_read
from dialogs.reading.words import clip, fold, words
from dialogs.reminding import EXPIRE, EXPIRE_RUNNING, alarmed
from dialogs.replay import forget_walks
from dialogs.requests.reference import read_reference
from dialogs.says import Paragraph, Say, SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, beside, open_view, show, voice_of
from dialogs.taps import press
from dialogs.typed import read_text
from dialogs.upkeep import brought_up_to_date
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Turn", "World", "turn"]

_LONG_FIGURE = re.compile(r"\d{5,}")
_SIDE_COMMANDS = {"lang": View.LANGUAGE, "help": View.HELP, "privacy": View.PRIVACY, "papers": View.PAPERS}
_FLOW_COMMANDS = {"visa": "which_visa", "evisa": "evisa_check", "invite": "invitation"}
_GUEST_PART = "guest_part"
_END_A_TALK = frozenset({"menu", "cancel", "continue"})


def turn(session: Session, event: Event, world: World) -> Turn:
    """What comes of `event`. Never raises, whatever the event holds.

    Says at least one thing to whatever a person does, except while a person of the staff has the conversation; a timer
    whose reason has gone is silent.
    """
    try:
        return _taken(session, event, world)
    finally:
        forget_walks()


def _taken(session: Session, event: Event, world: World) -> Turn:
    if isinstance(event, Oddity) and event.kind is OddityKind.GROUP:
        return Turn(session, (Say((Paragraph((voice_of(session, world).text("oddity.group"),)),)),))
    if session.language is None:
        return _before_language(session, event, world)
    if isinstance(event, Alarm) and event.key in (EXPIRE, EXPIRE_RUNNING):
        # Nobody is there to be told anything.
        return alarmed(session, event, world)
    current, told = brought_up_to_date(session, world)
    done = _with_lead(_turn(current, event, world), told)
    return handed_over(done, world).with_effects(*counts(session, done.session, world))


def _with_lead(turn: Turn, told: tuple[str, ...]) -> Turn:
    """What has to be told first stands above the first words of the turn."""
    if not told:
        return turn
    lead = tuple(Paragraph((text,)) for text in told)
    if not turn.says:
        return replace(turn, says=(Say(lead),))
    first, *rest = turn.says
    if first.mode is SayMode.NOTICE:
        return replace(turn, says=(first, Say(lead), *rest))
    return replace(turn, says=(replace(first, blocks=(*lead, *first.blocks)), *rest))


def _turn(session: Session, event: Event, world: World) -> Turn:
    match event:
        case Alarm():
            return alarmed(session, event, world)
        case Released(in_vain):
            return _released(session, in_vain, world)
        case Text(text) if session.talking:
            return _passed_on(session, text, world)
        case Oddity() | Scan() if session.talking:
            return Turn(session, (in_talk(session, "talk_to_staff.only_text", world),))
        case Press(data):
            tap = Tap.decode(data)
            if session.talking and tap is not None and tap.action not in (Action.TALK_OVER, Action.ERASE):
                return _talk_over(session, press(_taken_back(session), data, world), world)
            return press(session, data, world)
        case Command(name, argument):
            done = _command(_taken_back(session), name, argument, world)
            return _talk_over(session, done, world) if session.talking else done
        case Text(_, edited=True):
            return beside(session, voice_of(session, world).text("oddity.edited"), world)
        case Text(text):
            return read_text(session, text, world)
        case Scan(text):
            return _scanned(session, text, world)
        case Oddity(kind):
            return beside(session, voice_of(session, world).text(f"oddity.{kind}"), world)


def _passed_on(session: Session, text: str, world: World) -> Turn:
    """While staff have the conversation, words are theirs; only the words for "back to the assistant" are ours."""
    if words().commands.get(fold(clip(text))) in _END_A_TALK:
        return press(session, Tap(session.run, Action.TALK_OVER).encode(), world, pressed=False)
    return Turn(session, (), (PassOn(text),))


def _taken_back(session: Session) -> Session:
    return replace(session, talking=False)


def _talk_over(session: Session, turn: Turn, world: World) -> Turn:
    """A command or a button is for the assistant, so it ends a talk with staff; the person is told who answers now."""
    told = voice_of(session, world).text("talk_to_staff.over")
    return _with_lead(turn, (told,)).with_effects(EndTalk())


def _released(session: Session, in_vain: bool, world: World) -> Turn:
    """The assistant answers again, and says so."""
    text = voice_of(session, world).text("talk_to_staff.in_vain" if in_vain else "talk_to_staff.over")
    return show(replace(session, talking=False), world, first=(text,))


def _scanned(session: Session, text: str, world: World) -> Turn:
    """A photo of a passport's page: its zone where one is asked for."""
    waiting = waits_for_a_zone(session, world)
    if waiting is None:
        return beside(session, voice_of(session, world).text(f"oddity.{OddityKind.PHOTO}"), world)
    return zone_read(session, *waiting, text, world)


def _before_language(session: Session, event: Event, world: World) -> Turn:
    """The language is asked first and never guessed; what was wanted waits for it."""
    chosen = _language_in(event, world)
    if chosen is None:
        waiting = _worth_keeping(event) or session.waiting
        return show(replace(session, view=View.LANGUAGE, waiting=waiting), world)
    wanted = event if isinstance(event, Command) else session.waiting
    known = replace(session, language=chosen, view=View.MENU, waiting=None)
    if wanted is None:
        return show(known, world, mode=SayMode.REPLACE if isinstance(event, Press) else SayMode.SEND)
    done = _taken(known, wanted, world)
    if not isinstance(event, Press):
        return done
    name = voice_of(known, world).text(f"language.name.{chosen}")
    return replace(done, says=(Say((Paragraph((name,)),), mode=SayMode.CLOSE), *done.says))


def _language_in(event: Event, world: World) -> Language | None:
    """The language that the event names outright: a button, a word, its number, or a part of a link."""
    match event:
        case Press(data):
            tap = Tap.decode(data)
            named = tap.value if tap is not None and tap.action is Action.LANGUAGE else ""
            return Language(named) if named in set(Language) else None
        case Text(text, edited=False):
            said = fold(clip(text))
            if said in ("1", "2", "3"):
                return tuple(Language)[int(said) - 1]
            word = words().languages.get(said)
            return None if word is None else Language(word)
        case Command("start", argument):
            link = read_deep_link(argument, world.knowledge)
            return None if link is None else link.language
    return None


def _worth_keeping(event: Event) -> Text | Command | Oddity | None:
    """What waits for the language. Long figures, such as the number of a passport, are not stored."""
    match event:
        case Oddity():
            return event
        case Text(text, edited=False) if clip(text):
            return Text(_LONG_FIGURE.sub("…", clip(text)))
        case Command(name, argument) if argument or name not in ("start", "lang"):
            return Command(clip(name), clip(argument))
    return None


def _command(session: Session, name: str, argument: str, world: World) -> Turn:
    if name == "start":
        return _start(session, argument, world)
    if name == "cancel":
        return cancelled(session, world, SayMode.SEND)
    if name in _SIDE_COMMANDS:
        return open_view(session, _SIDE_COMMANDS[name], world, SayMode.SEND)
    if name == "status":
        return _status(session, argument, world)
    flow = world.flows.get(_FLOW_COMMANDS.get(name, ""))
    if flow is not None:
        done = started(session, flow, world)
        return read_text(done.session, argument, world) if clip(argument) else done
    known = " ".join(f"/{command}" for command in COMMANDS)
    text = voice_of(session, world).text("command.unknown", commands=known)
    return show(session, world, first=(text,))


def _status(session: Session, argument: str, world: World) -> Turn:
    """The invitations handed over; the one that is named, or the only one."""
    named = read_reference(argument) if argument else None
    wanted = named if named in session.requests else None
    if wanted is None and len(session.requests) == 1:
        wanted = session.requests[0]
    if wanted is None:
        return open_view(session, View.REQUESTS, world, SayMode.SEND)
    return show(replace(session, view=View.REQUEST, offer=("request", wanted), misses=0), world)


def _start(session: Session, argument: str, world: World) -> Turn:
    if token_in(argument) is not None:
        return _invited(session, world.invited, world)
    link = read_deep_link(argument, world.knowledge)
    if link is None:
        text = voice_of(session, world).text("deeplink.unknown")
        return open_view(session, View.MENU, world, SayMode.SEND, first=(text,))
    if link.language is not None:
        session = replace(session, language=link.language)
    if link.topic is not None:
        return show(replace(session, view=View.ANSWER, offer=("answer", link.topic), misses=0), world)
    flow = world.flows.get(link.flow or "")
    if flow is None:
        return open_view(session, View.MENU, world, SayMode.SEND)
    return started(session, flow, world, answers=link.answers)


def _invited(session: Session, invited: GuestInvitation | None, world: World) -> Turn:
    """A guest opens their personal link: only their own part is asked."""
    flow = world.flows.get(_GUEST_PART)
    if flow is None or invited is None or not invited.usable:
        text = voice_of(session, world).text("guest_link.unusable")
        return open_view(session, View.MENU, world, SayMode.SEND, first=(text,))
    return started(session, flow, world, link=invited.token)
