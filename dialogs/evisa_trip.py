"""The trip of the guide to the e-visa: what its answers come to, for its questions and its cards alike."""

from datetime import date

from dialogs.situation import Situation
from knowledge.evisa import EvisaCheck
from knowledge.policy import check_evisa
from knowledge.policy.evisa_fit import EvisaObstacle, evisa_obstacle
from knowledge.terms import apply_rule, plus_days

__all__ = ["PASSPORT_POINTS", "STEPS", "check_of", "disputes_of", "obstacle_of", "passport_needed_until"]

PASSPORT_POINTS = ("clean_pages", "never_extended", "undamaged_passport", "genuine_passport")
"""What must be true of the passport, as the flow asks it."""
STEPS = (
    "invitation_number",
    "portal_account",
    "evisa_form",
    "evisa_fee",
    "evisa_request",
    "evisa_in_account",
    "evisa_compared",
    "evisa_printed",
    "airport_both_ways",
)
"""The way to the e-visa, as the flow lists it."""

_RULE_ENDED = "evisa_rule_has_ended"
_PASSPORT_VALIDITY = "passport_valid_after_visa"


def check_of(situation: Situation) -> EvisaCheck:
    """What the lists say of the passport today. Raises KeyError while no passport is known."""
    country = str(situation.answers["which_passport_do_you_hold"])
    return check_evisa(situation.knowledge, country, situation.today)


def disputes_of(check: EvisaCheck) -> tuple[str, ...]:
    """Where sources disagree about the passport, without the old rows of the fee table."""
    about_fees = {fee.conflict_id for fee in check.fees}
    return tuple(name for name in check.conflicts if name not in about_fees)


def obstacle_of(situation: Situation) -> EvisaObstacle | None:
    """What keeps an e-visa from the trip, None where nothing does. Before the trip is told: from the passport."""
    if "how_many_days_will_you_stay" in situation.answers:
        return evisa_obstacle(situation.knowledge, situation.trip(), situation.today)
    ended = _RULE_ENDED in check_of(situation).warnings
    return EvisaObstacle.ENDED if ended else EvisaObstacle.PASSPORT


def passport_needed_until(situation: Situation) -> date | None:
    """The day until which the passport must be valid at the least, None where dates end.

    It is counted from the last day of the trip: a visa ends then at the earliest, when it ends is not known before its
    issue. A trip without a date begins today, which errs on the side of a passport that may do.
    """
    trip = situation.trip()
    departure = plus_days(trip.arrival or situation.today, trip.days)
    knowledge = situation.knowledge
    rule = knowledge.deadlines[_PASSPORT_VALIDITY]
    needed = None if departure is None else apply_rule(knowledge.calendar, rule, departure)
    return None if needed is None else needed.date
