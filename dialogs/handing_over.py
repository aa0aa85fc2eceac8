"""Outcomes that hand something over: an invitation to the staff, a guest's part to the inviting party."""

from dataclasses import replace

from dialogs.answer import Answer
from dialogs.effects import Deliver, Effect, Submit
from dialogs.keys import bare
from dialogs.replay import replay, situation_at
from dialogs.requests.payload import payload_of
from dialogs.says import Paragraph, Say
from dialogs.session import Session, View
from dialogs.shelf import dropped
from dialogs.showing import Turn, voice_of
from dialogs.stance import flow_of
from dialogs.tree import Flow, Kind
from dialogs.world import World

__all__ = ["handed_over"]

_SUBMITTED, _DELIVERED = "invitation_handed_over", "guest_part_delivered"


def handed_over(turn: Turn, world: World) -> Turn:
    """`turn`, with its outcome handed over if it is one of these; the answers then leave the conversation."""
    session = turn.session
    flow = flow_of(session, world)
    if flow is None or session.view is not View.FLOW:
        return turn
    end = replay(flow, session.answers, world).end
    effect: Effect
    refusal = _refusal(session, end, world)
    if refusal is not None:
        say = Say((Paragraph((voice_of(session, world).text(refusal),)),))
        return Turn(dropped(session), (say,))
    if end == _SUBMITTED:
        review = next(str(value) for key, value in session.answers if flow.questions[bare(key)].kind is Kind.REVIEW)
        effect = Submit(review, payload_of(situation_at(flow, session.answers, world)), _told(session, flow))
        session = replace(session, requests=tuple(dict.fromkeys((*session.requests, review))), correcting=None)
    elif end == _DELIVERED and session.link is not None:
        effect = Deliver(session.link, _told(session, flow))
    else:
        return turn
    done = dropped(session)
    return replace(turn, session=done).with_effects(effect)


def _refusal(session: Session, end: str | None, world: World) -> str | None:
    """The text that says why nothing can be handed over any more; None where it can."""
    if end == _DELIVERED and world.invited is not None and not world.invited.usable:
        return "guest_link.unusable"
    if end == _SUBMITTED and session.correcting is not None and session.correcting not in world.returned:
        return "requests.moved_on"
    return None


def _told(session: Session, flow: Flow) -> tuple[tuple[str, Answer], ...]:
    """The answers of the flow, without the yes at its end."""
    return tuple(
        (key, value)
        for key, value in session.answers
        if (question := flow.questions.get(bare(key))) is not None and question.kind is not Kind.REVIEW
    )
