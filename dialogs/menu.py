"""The menu: what can be started, and the ways back to it."""

from dialogs.buttons import tap
from dialogs.formats import Voice
from dialogs.says import Block, Button, Heading, Paragraph, PressButton
from dialogs.screen import Rows
from dialogs.session import Session
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["COMMANDS", "ON_THE_MENU", "language_rows", "menu_blocks", "menu_rows", "side_rows"]


def language_rows(voice: Voice, run: int) -> Rows:
    """The three languages, each in its own words."""
    return (
        tuple(tap(voice, f"language.name.{language}", run, Action.LANGUAGE, value=language) for language in Language),
    )


def menu_blocks(voice: Voice) -> tuple[Block, ...]:
    """What the assistant is and does."""
    return (Heading(voice.text("menu.title")), Paragraph((voice.text("menu.intro"),)))


def menu_rows(voice: Voice, session: Session, world: World, *, unfinished: bool) -> Rows:
    """Everything that can be started, what was begun, and the way back to an unfinished flow."""
    run = session.run
    going_on = ((tap(voice, "button.continue", run, Action.CONTINUE),),) if unfinished else ()
    flows = tuple(
        (Button(voice.text(f"flow.{flow}.title"), PressButton(Tap(run, Action.START, flow).encode())),)
        for flow in ON_THE_MENU
        if flow in world.flows
    )
    own = []
    if session.papers:
        own.append(tap(voice, "button.papers", run, Action.PAPERS))
    if session.requests:
        own.append(tap(voice, "button.requests", run, Action.REQUESTS))
    return (
        *going_on,
        *flows,
        *((tuple(own),) if own else ()),
        (tap(voice, "button.ask_a_person", run, Action.PERSON),),
        (
            tap(voice, "button.language", run, Action.LANGUAGES),
            tap(voice, "button.help", run, Action.HELP),
            tap(voice, "button.privacy", run, Action.PRIVACY),
        ),
    )


def side_rows(voice: Voice, session: Session, *, in_flow: bool) -> Rows:
    """The ways back from a side screen."""
    ways = [tap(voice, "button.menu", session.run, Action.MENU)]
    if in_flow:
        ways.insert(0, tap(voice, "button.continue", session.run, Action.CONTINUE))
    return (tuple(ways),)


ON_THE_MENU = (
    "which_visa",
    "evisa_check",
    "evisa_guide",
    "invitation",
    "long_stay",
    "visa_inside",
    "after_arrival",
    "us_visa",
)
"""The flows that can be started from the menu, in its order."""

COMMANDS = ("start", "visa", "evisa", "invite", "status", "papers", "lang", "help", "cancel", "privacy")
"""The slash commands, in the order they are listed."""
