"""Whether an e-visa fits a trip, and what stands in its way."""

from datetime import date
from enum import StrEnum

from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaVerdict
from knowledge.policy.electronic import evisa_stay, issued_electronically, listing
from knowledge.policy.purposes import PURPOSE_RULES
from knowledge.trip import Trip

__all__ = ["EvisaObstacle", "evisa_obstacle"]


class EvisaObstacle(StrEnum):
    """What keeps the e-visa from a trip.

    `passport`: no list names it; `ended`: the rule that opened the e-visa to it is over; `purpose`: the portal issues
    no visa for it; `other_category`: the passport gets an e-visa for another purpose only; `days`: the stay is too
    long; `arrival`: the rule ends before that day.
    """

    PASSPORT = "passport"
    ENDED = "ended"
    PURPOSE = "purpose"
    OTHER_CATEGORY = "other_category"
    DAYS = "days"
    ARRIVAL = "arrival"


def evisa_obstacle(kb: KnowledgeBase, trip: Trip, today: date) -> EvisaObstacle | None:
    """The first thing that keeps an e-visa from `trip`, None where nothing does.

    A passport about which the editions of the list disagree is no obstacle here: whether it counts, the portal says.
    """
    standing = listing(kb, trip.citizenship, today)
    if standing.verdict is EvisaVerdict.NO and standing.limit is not None:
        return EvisaObstacle.ENDED
    if standing.verdict in (EvisaVerdict.NO, EvisaVerdict.UNKNOWN):
        return EvisaObstacle.PASSPORT
    category = kb.categories[PURPOSE_RULES[trip.purpose].category]
    issued = standing.newest.categories
    if not issued_electronically(category) or (issued and category.code not in issued):
        return EvisaObstacle.PURPOSE
    if standing.limit is not None and category.code not in standing.limit.categories:
        return EvisaObstacle.OTHER_CATEGORY
    if trip.days > (evisa_stay(category) or 0):
        return EvisaObstacle.DAYS
    if trip.arrival is not None and standing.limit is not None and not standing.limit.validity.covers(trip.arrival):
        return EvisaObstacle.ARRIVAL
    return None
