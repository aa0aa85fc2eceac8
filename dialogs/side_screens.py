"""The screens beside the flows: help, a person to ask, and one's own data."""

from dialogs.buttons import tap
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.menu import COMMANDS, side_rows
from dialogs.promises import KEPT_DAYS
from dialogs.says import Block, Bold, Bullets, Heading, Line, Paragraph
from dialogs.screen import Rows, Screen
from dialogs.session import Session, View
from dialogs.stance import flow_of
from dialogs.wire import Action
from dialogs.world import World

__all__ = ["erase_screen", "side_screen"]


def side_screen(session: Session, voice: Voice, world: World) -> Screen:
    """Help, a person to ask, or privacy."""
    rows = side_rows(voice, session, in_flow=flow_of(session, world) is not None)
    match session.view:
        case View.PRIVACY:
            return Screen(_privacy(voice), (*_data_rows(session, voice), *rows))
        case View.PERSON:
            return Screen(_person(session, voice, world), (*_staff_rows(session, voice, world), *rows))
    contacts: tuple[Line, ...] = contact_lines(world.knowledge, voice)
    blocks = (
        Heading(voice.text("help.title")),
        Paragraph((voice.text("help.text"),)),
        Bullets(tuple((Bold(f"/{name}"), " – ", voice.text(f"command.{name}")) for name in COMMANDS)),
        Paragraph((voice.text("help.words"),)),
        Paragraph((voice.text("help.not_official"),)),
        Bullets(contacts),
    )
    return Screen(blocks, rows)


def erase_screen(session: Session, voice: Voice) -> Screen:
    """Whether everything is really to be forgotten."""
    blocks = (Heading(voice.text("erase.title")), Paragraph((voice.text("erase.text"),)))
    rows = (
        (tap(voice, "button.erase_all", session.run, Action.ERASE, "all", "yes", number=1),),
        (tap(voice, "button.leave_it", session.run, Action.PRIVACY, number=2),),
    )
    return Screen(blocks, rows)


def _privacy(voice: Voice) -> tuple[Block, ...]:
    return (
        Heading(voice.text("privacy.title")),
        Paragraph((voice.text("privacy.text", days=voice.days(KEPT_DAYS)),)),
    )


def _data_rows(session: Session, voice: Voice) -> Rows:
    return (
        (tap(voice, "button.see_data", session.run, Action.DATA),),
        (tap(voice, "button.erase", session.run, Action.ERASE),),
    )


def _person(session: Session, voice: Voice, world: World) -> tuple[Block, ...]:
    """Our staff where there are any, and the official services in any case."""
    contacts = (
        Heading(voice.text("person.title")),
        Paragraph((voice.text("person.text"),)),
        Bullets(contact_lines(world.knowledge, voice)),
        Paragraph((voice.text("person.bring"),)),
    )
    if not world.staff:
        return contacts
    words = (
        voice.text("talk_to_staff.with_question", question=session.asked)
        if session.asked
        else voice.text("talk_to_staff.how")
    )
    return (*contacts, Paragraph((words,)))


def _staff_rows(session: Session, voice: Voice, world: World) -> Rows:
    if not world.staff:
        return ()
    if session.asked:
        return ((tap(voice, "button.call_staff", session.run, Action.CALL, "asked"),),)
    return ((tap(voice, "button.write_to_staff", session.run, Action.CALL),),)
