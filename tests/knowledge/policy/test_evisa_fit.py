"""What keeps an e-visa from a trip; never another word than the advice."""

from datetime import date, timedelta

import pytest

from knowledge.advice import Outcome
from knowledge.base import KnowledgeBase
from knowledge.policy import advise, check_evisa
from knowledge.policy.evisa_fit import EvisaObstacle, evisa_obstacle
from knowledge.trip import Purpose, Trip

TODAY = date(2026, 11, 22)
LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("country", "purpose", "days", "arrival", "today", "obstacle"),
    [
        ("EG", Purpose.TOURISM, 30, date(2027, 1, 20), TODAY, None),
        ("EG", Purpose.TOURISM, 31, date(2027, 1, 20), TODAY, EvisaObstacle.DAYS),
        ("EG", Purpose.MEDICAL, 90, None, TODAY, None),
        ("EG", Purpose.WORK, 10, None, TODAY, EvisaObstacle.PURPOSE),
        ("EG", Purpose.REMOTE_WORK, 10, None, TODAY, EvisaObstacle.PURPOSE),
        ("AF", Purpose.TOURISM, 10, None, TODAY, EvisaObstacle.PASSPORT),
        ("PK", Purpose.BUSINESS, 10, LAST_DAY, TODAY, None),
        ("PK", Purpose.BUSINESS, 10, LAST_DAY + timedelta(days=1), TODAY, EvisaObstacle.ARRIVAL),
        ("PK", Purpose.TOURISM, 10, LAST_DAY, TODAY, EvisaObstacle.OTHER_CATEGORY),
        ("PK", Purpose.BUSINESS, 10, None, LAST_DAY + timedelta(days=1), EvisaObstacle.ENDED),
        ("BD", Purpose.TOURISM, 10, None, TODAY, None),
        ("EG", Purpose.TOURISM, 10, None, date(2019, 1, 1), EvisaObstacle.PASSPORT),
    ],
)
def test_the_first_obstacle(
    kb: KnowledgeBase,
    country: str,
    purpose: Purpose,
    days: int,
    arrival: date | None,
    today: date,
    obstacle: EvisaObstacle | None,
) -> None:
    assert evisa_obstacle(kb, Trip(country, purpose, days, arrival=arrival), today) is obstacle


@pytest.mark.parametrize("days", [10, 45])
def test_an_advised_evisa_has_no_obstacle_and_nothing_else_is_promised(kb: KnowledgeBase, days: int) -> None:
    """Where the lists name the passport and no visa-free stay comes first, both say the same."""
    fits = 0
    for country in kb.regimes:
        check = check_evisa(kb, country, TODAY)
        for purpose in Purpose:
            trip = Trip(country, purpose, days, arrival=date(2026, 12, 10))
            advised, free = advise(kb, trip, TODAY).outcome, evisa_obstacle(kb, trip, TODAY) is None
            if advised is Outcome.EVISA:
                assert free, (country, purpose)
                fits += 1
            elif free:
                doubt = check.verdict.value == "differs" or "passport_in_hand_decides" in check.warnings
                assert doubt or advised is Outcome.VISA_FREE, (country, purpose)
    assert fits > 100
