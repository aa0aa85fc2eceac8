"""When a conversation is looked at because something in it ran out."""

from datetime import date, datetime, time

import pytest

from bot.expiry import draft_is_over, expires_at
from dialogs.events import Text
from dialogs.papers import Paper
from dialogs.session import Session
from knowledge.zone import KAZAKHSTAN


def noon(day: str) -> float:
    return datetime.combine(date.fromisoformat(day), time(12), KAZAKHSTAN).timestamp()


def paper(number: int, touched: str) -> Paper:
    return Paper(number, "which_visa", 1, (("a", "b"),), date.fromisoformat(touched))


@pytest.mark.parametrize(
    ("session", "first_day_without"),
    [
        (Session(), None),
        (Session(requests=("KZ-1",), flow="which_visa"), None),
        (Session(flow="which_visa", answers=(("a", "b"),)), "2026-12-23"),
        (Session(flow="which_visa", old=(("a", "b"),)), "2026-12-23"),
        (Session(waiting=Text("hello")), "2026-12-23"),
        (Session(papers=(paper(1, "2026-11-10"), paper(2, "2026-11-05"))), "2026-12-06"),
        (Session(papers=(paper(1, "2026-11-10"),), flow="which_visa", answers=(("a", "b"),), paper=2), "2026-12-11"),
        (Session(papers=(paper(2, "2026-11-10"),), flow="which_visa", paper=2), "2026-12-23"),
    ],
)
def test_the_first_thing_that_runs_out_counts(session: Session, first_day_without: str | None) -> None:
    end = expires_at(session, noon("2026-11-22"))
    midnight = None if first_day_without is None else noon(first_day_without) - 12 * 3600
    assert end == midnight


def test_a_draft_is_there_on_its_last_day() -> None:
    assert not draft_is_over(noon("2026-11-22"), date(2026, 12, 22))
    assert draft_is_over(noon("2026-11-22"), date(2026, 12, 23))
