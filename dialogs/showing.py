"""What a turn gives, and how the screen of a session is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.cards.room import LONGEST_CARD, length
from dialogs.effects import Effect
from dialogs.formats import Voice
from dialogs.says import Block, Paragraph, Say, SayMode
from dialogs.screens import screen
from dialogs.session import Session, View
from dialogs.stance import is_unfinished
from dialogs.world import World
from knowledge.language import Language

__all__ = ["Turn", "beside", "notice", "open_view", "show", "voice_of"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of an event: the session to store, the messages to send in order, and what else is to be done."""

    session: Session
    says: tuple[Say, ...]
    effects: tuple[Effect, ...] = ()

    def with_effects(self, *effects: Effect) -> "Turn":
        """The same, with more to be done."""
        return replace(self, effects=(*self.effects, *effects))


def voice_of(session: Session, world: World) -> Voice:
    """The words in the person's language; before it is chosen, those of English frame the trilingual question."""
    return Voice(world.texts, session.language or Language.EN)


def show(session: Session, world: World, *, first: Sequence[str | Block] = (), mode: SayMode = SayMode.SEND) -> Turn:
    """The screen of `session`, under `first`."""
    lead = tuple(Paragraph((part,)) if isinstance(part, str) else part for part in first)
    seen = screen(session, world, voice_of(session, world).language)
    blocks = (*lead, *seen.blocks)
    if lead and sum(length(block) for block in blocks) > LONGEST_CARD:
        return Turn(session, (Say(lead), Say(seen.blocks, seen.rows, mode, seen.by_number)))
    return Turn(session, (Say(blocks, seen.rows, mode, seen.by_number),))


def notice(session: Session, text: str) -> Turn:
    """A short note on the pressed button."""
    return Turn(session, (Say((Paragraph((text,)),), mode=SayMode.NOTICE),))


def open_view(session: Session, view: View, world: World, mode: SayMode, *, first: Sequence[str | Block] = ()) -> Turn:
    """Another screen; answers stay. Behind the choice of a language the screen waits as it was."""
    if view is View.LANGUAGE:
        behind = session.behind if session.view is View.LANGUAGE else session.view
        return show(replace(session, view=view, behind=behind, misses=0), world, first=first, mode=mode)
    return show(replace(session, view=view, offer=(), misses=0), world, first=first, mode=mode)


def beside(session: Session, text: str, world: World) -> Turn:
    """A reply to something that is no answer; the question stays, an outcome is not told again."""
    if is_unfinished(session, world) or session.view is not View.FLOW:
        return show(session, world, first=(text,))
    seen = screen(session, world, voice_of(session, world).language)
    return Turn(session, (Say((Paragraph((text,)),), seen.rows, by_number=seen.by_number),))
