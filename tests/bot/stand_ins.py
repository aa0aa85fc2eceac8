"""Stand-ins for the engine that ask for what the real one asks for, at a word."""

from dataclasses import replace

from dialogs.effects import (
    CallPerson,
    Count,
    Deliver,
    Effect,
    EndTalk,
    Erase,
    InviteGuest,
    PassOn,
    Remind,
    ReminderKind,
    StopReminding,
    Submit,
    Withdraw,
)
from dialogs.events import Alarm, Command, Event, Press, Released, Text
from dialogs.people import OPEN_LINK
from dialogs.says import Paragraph, Say
from dialogs.session import Session
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language
from tests.bot.rig import Counted
from tests.bot.specimen import NUMBER, PAYLOAD, SURNAME

__all__ = ["MENDED", "REFERENCE", "TOKEN_FOR_GUESTS", "effect_turn"]

REFERENCE = "KZ-7F3Q-2M92"
TOKEN_FOR_GUESTS = "a1b2c3"
MENDED = {**PAYLOAD, "guests": PAYLOAD["guests"] * 2}


def effect_turn(session: Session, event: Event, world: World) -> Counted:
    """One word, one effect; what the world holds is said."""
    session = replace(session, language=session.language or Language.EN)
    match event:
        case Text("human"):
            question = f"my number is {NUMBER}, phone +7 701 000 00 00, what now"
            talking = replace(session, talking=True)
            return Counted(talking, _say("called"), (CallPerson(question, "E-visa fees", Language.KK),))
        case Text(text) if session.talking:
            return Counted(session, (), (PassOn(text),))
        case Press(data) if (tap := Tap.decode(data)) is not None and tap.action is Action.TALK_OVER:
            return Counted(replace(session, talking=False), _say("back with me"), (EndTalk(),))
        case Released(in_vain):
            return Counted(replace(session, talking=False), _say("released in vain" if in_vain else "released"))
        case Alarm(kind, key):
            return Counted(session, _say(f"alarm {kind} {key}"))
        case Command("start", argument) if world.invited is not None:
            return Counted(replace(session, link=world.invited.token), _say(f"{argument}: {world.invited.usable}"))
        case Command("erase"):
            return Counted(Session(language=session.language), _say("forgotten"), (Erase(),))
        case Text(text):
            return _word(session, text, world)
    return Counted(session, _say(f"{event}"))


def _word(session: Session, text: str, world: World) -> Counted:
    effects: tuple[Effect, ...] = ()
    match text.split():
        case ["submit"]:
            session = replace(session, requests=(REFERENCE,))
            effects = (Submit(REFERENCE, PAYLOAD, (("what_is_the_surname", SURNAME),)),)
        case ["mend"]:
            effects = (Submit(REFERENCE, MENDED, (("what_is_the_surname", "SPECIMEN"),)),)
        case ["withdraw"]:
            effects = (Withdraw(REFERENCE),)
        case ["invite"]:
            answers = (("1.who_fills_it_in", f"{OPEN_LINK}{TOKEN_FOR_GUESTS}"),)
            session = replace(session, flow="invitation", paper=1, answers=answers)
            effects = (InviteGuest(TOKEN_FOR_GUESTS, 1, 1),)
        case ["deliver"] if session.link is not None:
            effects = (Deliver(session.link, (("what_is_the_surname", SURNAME),)),)
        case ["take"]:
            session = replace(session, answers=(("1.who_fills_it_in", "filled"),))
        case ["remind", key]:
            effects = (Remind(ReminderKind.ARRIVAL, key, world.today),)
        case ["watch", key]:
            effects = (Remind(ReminderKind.RECHECK, key, world.today.replace(year=world.today.year + 1)),)
        case ["stop"]:
            effects = (StopReminding(),)
        case ["count"]:
            effects = (Count("which_visa", "which_passport", "asked"),)
        case ["fail"]:
            raise ValueError("a fault")
    return Counted(session, _say(f"{text}: {_held(world)}"), effects)


def _held(world: World) -> str:
    requests = [f"{request.reference} {request.now.status}" for request in world.requests]
    guests = [part.answers for part in world.delivered]
    returned = f" returned {dict(world.returned)}" if world.returned else ""
    return f"staff {world.staff} requests {requests} guests {guests}{returned}"


def _say(text: str) -> tuple[Say, ...]:
    return (Say((Paragraph((text,)),)),)
