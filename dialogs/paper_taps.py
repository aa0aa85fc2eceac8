"""Buttons of My papers: put to rest, take up, name, save, throw away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.effects import Remind, ReminderKind, RevokeLink, StopReminding
from dialogs.moves import RUNS, newly_rested
from dialogs.papers import Paper
from dialogs.people import has_open_links
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.shelf import discarded, dropped, paper_title, rested, saved, taken_up
from dialogs.showing import Turn, open_view, show, voice_of
from dialogs.staleness import stale
from dialogs.upkeep import brought_up_to_date
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["PAPER_TAPS", "named_paper", "rest"]


def rest(session: Session, world: World, mode: SayMode) -> Turn:
    """What runs is put to rest; its page tells until when it is kept."""
    put, paper = rested(session, world)
    if paper is None:
        return open_view(session, View.PAPERS, world, mode)
    first = newly_rested(session, put, world)
    return show(replace(put, view=View.PAPER, offer=("paper", str(paper.id))), world, first=first, mode=mode)


def named_paper(session: Session, name: str, world: World) -> Turn:
    """The paper on the screen gets the name that was typed."""
    number = session.offer[1]
    papers = tuple(replace(paper, name=name) if str(paper.id) == number else paper for paper in session.papers)
    return show(replace(session, papers=papers, offer=("paper", number)), world)


def _rest(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    return stale(session, world) if tap.run != session.run else rest(session, world, mode)


def _all(session: Session, _tap: Tap, world: World, mode: SayMode) -> Turn:
    return open_view(session, View.PAPERS, world, mode)


def _one(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    if _paper(session, tap) is None:
        return stale(session, world)
    return show(replace(session, view=View.PAPER, offer=("paper", tap.value), misses=0), world, mode=mode)


def _resume(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    paper = _paper(session, tap)
    if paper is None or paper.flow not in world.flows:
        return stale(session, world)
    if session.flow is not None and session.paper == paper.id:
        return open_view(session, View.FLOW, world, mode)
    resumed, told = brought_up_to_date(taken_up(session, paper, world, RUNS), world)
    return show(resumed, world, first=told, mode=mode)


def _discard(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """Said first, done at the second press."""
    paper = _paper(session, tap)
    if paper is None:
        return stale(session, world)
    voice = voice_of(session, world)
    title = paper_title(paper, world, voice)
    if tap.target != "sure":
        sure = replace(session, view=View.PAPER, offer=("paper", tap.value, "sure"))
        return show(sure, world, first=(voice.text("papers.would_discard", title=title),), mode=mode)
    left = dropped(session) if paper.id == session.paper else session
    text = voice.text("papers.discarded", title=title)
    turn = open_view(discarded(left, paper.id), View.PAPERS, world, mode, first=(text,))
    if has_open_links(dict(paper.answers)):
        turn = turn.with_effects(RevokeLink(paper.id))
    return turn.with_effects(
        StopReminding(ReminderKind.DRAFT, str(paper.id)), StopReminding(ReminderKind.RECHECK, str(paper.id))
    )


def _name(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    if _paper(session, tap) is None:
        return stale(session, world)
    return show(replace(session, view=View.PAPER, offer=("name", tap.value), misses=0), world, mode=mode)


def _save(session: Session, world: World, mode: SayMode) -> Turn:
    kept, paper = saved(session, world)
    if paper is None:
        return stale(session, world)
    voice = voice_of(session, world)
    text = voice.text("papers.saved", title=paper_title(paper, world, voice), date=voice.date(paper.kept_until))
    return show(replace(kept, view=View.PAPER, offer=("paper", str(paper.id))), world, first=(text,), mode=mode)


def _notify(session: Session, tap: Tap, world: World, mode: SayMode) -> Turn:
    """Told of changes from now on, or not any more."""
    paper = _paper(session, tap)
    if paper is None:
        return stale(session, world)
    voice = voice_of(session, world)
    turned = replace(paper, notify=not paper.notify)
    papers = tuple(turned if other.id == paper.id else other for other in session.papers)
    text = voice.text("papers.notified" if turned.notify else "papers.not_notified")
    shown = replace(session, papers=papers, view=View.PAPER, offer=("paper", tap.value))
    turn = show(shown, world, first=(text,), mode=mode)
    if turned.notify:
        return turn.with_effects(Remind(ReminderKind.RECHECK, str(paper.id), world.today))
    return turn.with_effects(StopReminding(ReminderKind.RECHECK, str(paper.id)))


def _keep(session: Session, tap: Tap, world: World, _mode: SayMode) -> Turn:
    return stale(session, world) if tap.run != session.run else _save(session, world, SayMode.SEND)


def _paper(session: Session, tap: Tap) -> Paper | None:
    return next((paper for paper in session.papers if str(paper.id) == tap.value), None)


PAPER_TAPS: Mapping[Action, Callable[[Session, Tap, World, SayMode], Turn]] = MappingProxyType(
    {
        Action.REST: _rest,
        Action.PAPERS: _all,
        Action.PAPER: _one,
        Action.RESUME: _resume,
        Action.DISCARD: _discard,
        Action.NAME: _name,
        Action.SAVE: _keep,
        Action.NOTIFY: _notify,
    }
)
"""These work in whichever run they were shown: a paper has a number of its own."""
