"""One turn of a conversation: session, event and world in; the next session and the messages out. Pure."""

import re
from dataclasses import replace

from dialogs.deeplink import read_deep_link
from dialogs.events import Command, Event, Oddity, OddityKind, Press, Text
from dialogs.menu import COMMANDS
from dialogs.moves import Turn, cancelled, open_view, removed_text, show, started, voice_of
from dialogs.reading.words import clip, fold, words
from dialogs.replay import fallen, replay
from dialogs.says import Paragraph, Say, SayMode
from dialogs.screens import screen
from dialogs.session import Session, View
from dialogs.stance import is_unfinished
from dialogs.taps import press
from dialogs.typed import read_text
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Turn", "World", "turn"]

_LONG_FIGURE = re.compile(r"\d{5,}")
_SIDE_COMMANDS = {"lang": View.LANGUAGE, "help": View.HELP, "privacy": View.PRIVACY}
_FLOW_COMMANDS = {"visa": "which_visa", "evisa": "evisa_check"}
_SHOWS_AN_OFFER = frozenset({View.COUNTRY, View.ANSWER, View.TOPICS})


def turn(session: Session, event: Event, world: World) -> Turn:
    """What comes of `event`. Never raises, whatever the event holds; always says at least one thing."""
    if isinstance(event, Oddity) and event.kind is OddityKind.GROUP:
        return Turn(session, (Say((Paragraph((voice_of(session, world).text("oddity.group"),)),)),))
    if session.language is None:
        return _before_language(session, event, world)
    session, told = _brought_up_to_date(session, world)
    done = _turn(session, event, world)
    if told is None:
        return done
    first, *rest = done.says
    lead = Paragraph((told,))
    if first.mode is SayMode.NOTICE:
        return Turn(done.session, (first, Say((lead,)), *rest))
    return Turn(done.session, (replace(first, blocks=(lead, *first.blocks)), *rest))


def _turn(session: Session, event: Event, world: World) -> Turn:
    match event:
        case Press(data):
            return press(session, data, world)
        case Command(name, argument):
            return _command(session, name, argument, world)
        case Text(_, edited=True):
            return _beside(session, "oddity.edited", world)
        case Text(text):
            return read_text(session, text, world)
        case Oddity(kind):
            return _beside(session, f"oddity.{kind}", world)


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
    done = turn(known, wanted, world)
    if not isinstance(event, Press):
        return done
    name = voice_of(known, world).text(f"language.name.{chosen}")
    return Turn(done.session, (Say((Paragraph((name,)),), mode=SayMode.CLOSE), *done.says))


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


def _brought_up_to_date(session: Session, world: World) -> tuple[Session, str | None]:
    """The session as it holds today and for this version of its flow, and what the person has to be told about it."""
    if session.flow is None:
        return session, None
    voice = voice_of(session, world)
    flow = world.flows.get(session.flow)
    if flow is None:
        return replace(session, flow=None, view=View.MENU, editing=None, offer=()), voice.text("flow.updated")
    gone = fallen(session, flow, replay(flow, dict(session.answers), world), world)
    current = session.without(gone)
    if flow.version != session.version:
        view = View.MENU if session.view in _SHOWS_AN_OFFER else session.view
        return replace(current, version=flow.version, view=view, editing=None, offer=()), voice.text("flow.updated")
    return (current, removed_text(gone, flow, voice)) if gone else (session, None)


def _command(session: Session, name: str, argument: str, world: World) -> Turn:
    if name == "start":
        return _start(session, argument, world)
    if name == "cancel":
        return cancelled(session, world, SayMode.SEND)
    if name in _SIDE_COMMANDS:
        return open_view(session, _SIDE_COMMANDS[name], world, SayMode.SEND)
    flow = world.flows.get(_FLOW_COMMANDS.get(name, ""))
    if flow is not None:
        done = started(session, flow, world)
        return read_text(done.session, argument, world) if clip(argument) else done
    known = " ".join(f"/{command}" for command in COMMANDS)
    text = voice_of(session, world).text("command.unknown", commands=known)
    return show(session, world, first=(text,))


def _start(session: Session, argument: str, world: World) -> Turn:
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


def _beside(session: Session, key: str, world: World) -> Turn:
    """A reply to something that is no answer; the question stays, an outcome is not told again."""
    text = voice_of(session, world).text(key)
    if is_unfinished(session, world) or session.view is not View.FLOW:
        return show(session, world, first=(text,))
    seen = screen(session, world, voice_of(session, world).language)
    return Turn(session, (Say((Paragraph((text,)),), seen.rows, by_number=seen.by_number),))
