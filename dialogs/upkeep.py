"""A session brought up to date before a turn: new versions of flows, parts that guests delivered, what has run out."""

from dataclasses import replace

from dialogs.keys import key_of
from dialogs.migration import migrated
from dialogs.moves import removed_text
from dialogs.papers import Paper
from dialogs.people import OPEN_LINK, person_name
from dialogs.questions.handover import FILLED_LINK
from dialogs.replay import fallen, replay
from dialogs.session import Session, View
from dialogs.shelf import without_expired
from dialogs.showing import voice_of
from dialogs.tree import Flow, Kind
from dialogs.world import World

__all__ = ["brought_up_to_date"]

_SHOWS_AN_OFFER = frozenset({View.COUNTRY, View.ANSWER, View.TOPICS})


def brought_up_to_date(session: Session, world: World) -> tuple[Session, tuple[str, ...]]:
    """The session as it holds today, and what the person has to be told about it, in order."""
    told: list[str] = []
    current = without_expired(session, world)
    if current.papers:
        current = replace(current, papers=tuple(_migrated_paper(paper, world) for paper in current.papers))
    current = _with_delivered(current, world, told)
    return _with_flow_of_today(current, world, told), tuple(told)


def _with_flow_of_today(session: Session, world: World, told: list[str]) -> Session:
    """The running flow as it is now: answers that still fit are kept, and what was lost is said."""
    if session.flow is None:
        return session
    voice = voice_of(session, world)
    flow = world.flows.get(session.flow)
    if flow is None:
        told.append(voice.text("flow.updated"))
        return replace(session, flow=None, answers=(), view=View.MENU, editing=None, offer=())
    updated = flow.version != session.version
    if updated:
        answers = migrated(dict(session.answers), session.version, flow.migrations)
        view = View.MENU if session.view in _SHOWS_AN_OFFER else session.view
        session = replace(session, answers=answers, version=flow.version, view=view, editing=None, offer=())
    gone = fallen(session, flow, replay(flow, session.answers, world), world)
    if updated:
        told.append(voice.text("flow.updated"))
    if gone:
        told.append(removed_text(gone, session, flow, voice))
    return session.without(gone)


def _migrated_paper(paper: Paper, world: World) -> Paper:
    flow = world.flows.get(paper.flow)
    if flow is None or flow.version == paper.version:
        return paper
    return replace(paper, answers=migrated(dict(paper.answers), paper.version, flow.migrations), version=flow.version)


def _with_delivered(session: Session, world: World, told: list[str]) -> Session:
    """The parts of guests join the answers about them, in the running flow or in the paper at rest."""
    for part in world.delivered:
        answers = {key_of(question, part.person): value for question, value in part.answers}
        if part.paper == session.paper and (flow := world.flows.get(session.flow or "")) is not None:
            taken = _taken(dict(session.answers), answers, part.token, flow)
            if taken == session.answers:
                continue
            session = replace(session, answers=taken)
            people = next((q.of for q in flow.questions.values() if q.kind is Kind.HANDOVER), None)
            voice = voice_of(session, world)
            name = person_name(flow, str(people), part.person, dict(taken), voice)
            told.append(voice.text("guest_link.arrived", name=name))
            continue
        papers = tuple(
            replace(paper, answers=_taken(dict(paper.answers), answers, part.token, world.flows[paper.flow]))
            if paper.id == part.paper and paper.flow in world.flows
            else paper
            for paper in session.papers
        )
        session = replace(session, papers=papers)
    return session


def _taken(
    answers: dict[str, str | int | None], part: dict[str, str | int | None], token: str, flow: Flow
) -> tuple[tuple[str, str | int | None], ...]:
    """`answers` with the part of the guest behind `token`; as they are where that link is gone."""
    link = next((key for key, value in answers.items() if value == f"{OPEN_LINK}{token}"), None)
    if link is None:
        return tuple(answers.items())
    known = {key: value for key, value in part.items() if key.partition(".")[2] in flow.questions}
    return tuple({**answers, link: f"{FILLED_LINK}{token}", **known}.items())
