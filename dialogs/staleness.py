"""Buttons of an older moment."""

from dialogs.says import Say
from dialogs.session import Session
from dialogs.showing import Turn, notice, show, voice_of
from dialogs.stance import is_unfinished
from dialogs.wire import Tap
from dialogs.world import World

__all__ = ["stale", "would_drop"]


def stale(session: Session, world: World) -> Turn:
    """A polite note, and what is current."""
    says: tuple[Say, ...] = notice(session, voice_of(session, world).text("notice.stale")).says
    now = show(session, world)
    return Turn(session, (*says, *now.says))


def would_drop(session: Session, tap: Tap, world: World) -> bool:
    """Whether a button of an older moment would push aside a dialog that was begun since."""
    return tap.run != session.run and bool(session.answers) and is_unfinished(session, world)
