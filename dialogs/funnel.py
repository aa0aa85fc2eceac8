"""Counts for the funnel: that a question was asked and how it was left. Nothing of an answer, nothing of a person."""

from collections.abc import Iterator

from dialogs.effects import Count
from dialogs.keys import bare
from dialogs.replay import replay
from dialogs.session import Session, View
from dialogs.stance import current_key, flow_of
from dialogs.world import World

__all__ = ["counts"]

_ASKED, _REACHED = "asked", "reached"


def counts(before: Session, after: Session, world: World) -> Iterator[Count]:
    """What the turn from `before` to `after` adds: the visit of one place ends, that of another begins.

    A visit that never ends is a drop-off, so asked is never less than left, whatever way was taken.
    """
    left, found = _place(before, world), _place(after, world)
    if left == found:
        return
    if left is not None and not left[3]:
        yield Count(left[1], bare(left[2]), _exit(before, after, left[2], found, world))
    if found is not None:
        yield Count(found[1], bare(found[2]), _REACHED if found[3] else _ASKED)


def _place(session: Session, world: World) -> tuple[int, str, str, bool] | None:
    """The run, the flow, and the question or outcome (then True) where a session stands; None outside a flow."""
    flow = flow_of(session, world)
    if flow is None:
        return None
    key = current_key(session, world)
    if key is not None:
        return session.run, flow.id, key, False
    return session.run, flow.id, str(replay(flow, session.answers, world).end), True


def _exit(before: Session, after: Session, key: str, found: tuple[int, str, str, bool] | None, world: World) -> str:
    """How a question was left."""
    if found is None or found[0] != before.run:
        if after.view is View.CANCELLED:
            return "cancelled"
        if any(paper.id == before.paper for paper in after.papers):
            return "rested"
        return "erased" if after.flow is None else "restarted"
    flow = flow_of(after, world)
    path = () if flow is None else replay(flow, after.answers, world).path
    if key in path:
        return f"to:{bare(found[2])}"
    return "back" if after.editing is None or after.editing in path else "changed"
