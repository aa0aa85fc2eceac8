"""Papers are put to rest when something else begins, and taken up again where they were left."""

import json
from dataclasses import replace

from dialogs.formats import Voice
from dialogs.outcome_marks import mark_of
from dialogs.papers import Paper
from dialogs.promises import MOST_PAPERS
from dialogs.session import Session, View
from dialogs.stance import flow_of, is_unfinished
from dialogs.world import World

__all__ = ["discarded", "dropped", "next_paper", "paper_title", "rested", "saved", "taken_up", "without_expired"]


def next_paper(session: Session) -> int:
    """The number of a new paper."""
    return max((session.paper, *(paper.id for paper in session.papers)), default=0) + 1


def rested(session: Session, world: World) -> tuple[Session, Paper | None]:
    """The session with its unfinished run, if it has answers, put to rest among the papers."""
    if flow_of(session, world) is None or not session.answers or not is_unfinished(session, world):
        return session, None
    return _put(session, world, told="")


def saved(session: Session, world: World) -> tuple[Session, Paper | None]:
    """The session with its outcome kept among the papers; it stays on the screen."""
    flow = flow_of(session, world)
    if flow is None or is_unfinished(session, world):
        return session, None
    told = json.dumps(mark_of(flow, dict(session.answers), world), ensure_ascii=False)
    kept, paper = _put(session, world, told)
    return replace(kept, flow=session.flow, answers=session.answers, paper=session.paper, old=session.old), paper


def taken_up(session: Session, paper: Paper, world: World, runs: int) -> Session:
    """The session that goes on with `paper`; what ran before rests. The paper keeps its place and its name."""
    current, _ = rested(session, world)
    return replace(
        current,
        run=(session.run + 1) % runs,
        flow=paper.flow,
        version=paper.version,
        answers=paper.answers,
        old=paper.old,
        paper=paper.id,
        view=View.FLOW,
        offer=(),
        editing=None,
        misses=0,
        link=paper.link,
        correcting=paper.correcting,
    )


def dropped(session: Session) -> Session:
    """The session without what runs in it, and without its paper."""
    return replace(
        session if _is_saved(session) else discarded(session, session.paper),
        flow=None,
        answers=(),
        old=(),
        paper=0,
        link=None,
        correcting=None,
        view=View.MENU,
        offer=(),
        editing=None,
        misses=0,
    )


def _is_saved(session: Session) -> bool:
    """Whether what runs is a saved outcome, whose paper stays when it is closed."""
    return any(paper.id == session.paper and paper.told for paper in session.papers)


def discarded(session: Session, number: int) -> Session:
    """The session without the paper `number`."""
    return replace(session, papers=tuple(paper for paper in session.papers if paper.id != number))


def without_expired(session: Session, world: World) -> Session:
    """The session without the papers that were kept long enough."""
    kept = tuple(paper for paper in session.papers if paper.kept_until >= world.today or paper.id == session.paper)
    return session if len(kept) == len(session.papers) else replace(session, papers=kept)


def paper_title(paper: Paper, world: World, voice: Voice) -> str:
    """What a paper is called: by the person, else by its flow and what it is about."""
    title = paper.name or voice.text(f"flow.{paper.flow}.title")
    country = dict(paper.answers).get("which_passport_do_you_hold")
    if not paper.name and isinstance(country, str) and country in world.knowledge.regimes:
        title = f"{title} · {voice.country(country)}"
    return title


def _put(session: Session, world: World, told: str) -> tuple[Session, Paper]:
    earlier = next((paper for paper in session.papers if paper.id == session.paper), None)
    paper = Paper(
        id=session.paper or next_paper(session),
        flow=str(session.flow),
        version=session.version,
        answers=session.answers,
        touched=world.today,
        old=session.old,
        name="" if earlier is None else earlier.name,
        told=told,
        notify=earlier is not None and earlier.notify and bool(told),
        correcting=session.correcting,
        link=session.link,
    )
    others = [other for other in session.papers if other.id != paper.id]
    papers = tuple([*others, paper][-MOST_PAPERS:])
    return replace(session, papers=papers, flow=None, answers=(), old=(), paper=0, link=None, correcting=None), paper
