"""When what a conversation holds has been kept long enough."""

from datetime import date, time, timedelta

from bot.clock import day_in_kazakhstan, moment_in_kazakhstan
from dialogs.promises import KEPT_DAYS
from dialogs.session import Session

__all__ = ["draft_is_over", "expires_at"]


def expires_at(session: Session, touched_at: float) -> float | None:
    """The first moment at which a paper, or what runs, is not kept any more; None when nothing is kept.

    `touched_at` is when the person last did something.
    """
    last_days = [paper.kept_until for paper in session.papers if paper.id != session.paper]
    if _holds_a_draft(session):
        last_days.append(_last_day_of_draft(touched_at))
    if not last_days:
        return None
    return moment_in_kazakhstan(min(last_days) + timedelta(days=1), time())


def draft_is_over(touched_at: float, today: date) -> bool:
    """Whether what runs was left alone for longer than it is kept."""
    return today > _last_day_of_draft(touched_at)


def _holds_a_draft(session: Session) -> bool:
    """Whether something runs that tells of a person, or what was wanted waits for the choice of a language."""
    taken_up = any(paper.id == session.paper for paper in session.papers)
    return bool(session.answers or session.old or session.waiting or taken_up)


def _last_day_of_draft(touched_at: float) -> date:
    return day_in_kazakhstan(touched_at) + timedelta(days=KEPT_DAYS)
