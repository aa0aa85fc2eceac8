"""The screens around the flows: language, menu, help, privacy, a person to ask, and what to do with a country."""

from dialogs.buttons import tap
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.says import Block, Bold, Bullets, Button, Heading, Line, Paragraph
from dialogs.session import Session, View
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language

__all__ = ["COMMANDS", "Rows", "language_rows", "menu_blocks", "menu_rows", "side_blocks", "side_rows"]

Rows = tuple[tuple[Button, ...], ...]


def language_rows(voice: Voice, run: int) -> Rows:
    """The three languages, each in its own words."""
    return (
        tuple(tap(voice, f"language.name.{language}", run, Action.LANGUAGE, value=language) for language in Language),
    )


def menu_blocks(voice: Voice) -> tuple[Block, ...]:
    """What the assistant is and does."""
    return (Heading(voice.text("menu.title")), Paragraph((voice.text("menu.intro"),)))


def menu_rows(voice: Voice, session: Session, *, unfinished: bool) -> Rows:
    """Everything that can be started, and the way back to an unfinished flow."""
    run = session.run
    going_on = ((tap(voice, "button.continue", run, Action.CONTINUE),),) if unfinished else ()
    return (
        *going_on,
        (tap(voice, "button.which_visa", run, Action.START, "which_visa"),),
        (tap(voice, "button.evisa_check", run, Action.START, "evisa_check"),),
        (tap(voice, "button.ask_a_person", run, Action.PERSON),),
        (
            tap(voice, "button.language", run, Action.LANGUAGES),
            tap(voice, "button.help", run, Action.HELP),
            tap(voice, "button.privacy", run, Action.PRIVACY),
        ),
    )


def side_blocks(view: View, voice: Voice, world: World) -> tuple[Block, ...]:
    """Help, privacy or the contacts."""
    if view is View.PRIVACY:
        return (Heading(voice.text("privacy.title")), Paragraph((voice.text("privacy.text"),)))
    contacts: tuple[Line, ...] = contact_lines(world.knowledge, voice)
    if view is View.PERSON:
        return (
            Heading(voice.text("person.title")),
            Paragraph((voice.text("person.text"),)),
            Bullets(contacts),
            Paragraph((voice.text("person.bring"),)),
        )
    return (
        Heading(voice.text("help.title")),
        Paragraph((voice.text("help.text"),)),
        Bullets(tuple((Bold(f"/{name}"), " – ", voice.text(f"command.{name}")) for name in COMMANDS)),
        Paragraph((voice.text("help.not_official"),)),
        Bullets(contacts),
    )


def side_rows(voice: Voice, session: Session, *, in_flow: bool) -> Rows:
    """The ways back from a side screen."""
    ways = [tap(voice, "button.menu", session.run, Action.MENU)]
    if in_flow:
        ways.insert(0, tap(voice, "button.continue", session.run, Action.CONTINUE))
    return (tuple(ways),)


COMMANDS = ("start", "visa", "evisa", "lang", "help", "cancel", "privacy")
"""The slash commands, in the order they are listed."""
