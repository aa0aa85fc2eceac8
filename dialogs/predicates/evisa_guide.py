"""What the guide to the e-visa asks of the answers so far."""

from datetime import date

from dialogs.evisa_trip import PASSPORT_POINTS, check_of, obstacle_of, passport_needed_until
from dialogs.questions.checklist import open_points
from dialogs.situation import Situation
from knowledge.evisa import EvisaVerdict

__all__ = [
    "enters_without_a_visa",
    "may_enter_without_a_visa",
    "the_evisa_does_not_fit",
    "the_evisa_is_in_doubt",
    "the_passport_ends_too_early",
    "the_passport_has_no_evisa",
    "the_passport_is_in_order",
    "the_portal_has_confirmed",
]

_CLOSED = frozenset({EvisaVerdict.NO, EvisaVerdict.UNKNOWN})
_PASSPORT_IN_HAND = "passport_in_hand_decides"


def the_passport_has_no_evisa(situation: Situation) -> bool:
    """Whether no list in force names the passport, or the rule that opened the e-visa to it has ended."""
    return check_of(situation).verdict in _CLOSED


def the_evisa_is_in_doubt(situation: Situation) -> bool:
    """Whether the lists disagree about the passport, or it may count as that of another state: the portal decides."""
    check = check_of(situation)
    return check.verdict is EvisaVerdict.DIFFERS or _PASSPORT_IN_HAND in check.warnings


def the_portal_has_confirmed(situation: Situation) -> bool:
    """Whether the person has the word of the portal."""
    return situation.answers.get("has_the_portal_confirmed") == "portal_confirmed"


def may_enter_without_a_visa(situation: Situation) -> bool:
    """Whether a short stay surely needs no visa, so that an e-visa may be paid for in vain."""
    return check_of(situation).visa_free is not None


def enters_without_a_visa(situation: Situation) -> bool:
    """Whether the person leaves the e-visa then."""
    return situation.answers.get("do_you_still_want_an_evisa") == "enter_without_visa"


def the_evisa_does_not_fit(situation: Situation) -> bool:
    """Whether the purpose, the days or the day of arrival are beyond the e-visa."""
    return obstacle_of(situation) is not None


def the_passport_ends_too_early(situation: Situation) -> bool:
    """Whether the passport ends before it may; unknown while its last day is not told."""
    last, needed = situation.answers.get("when_does_your_passport_end"), passport_needed_until(situation)
    return last is not None and needed is not None and date.fromisoformat(str(last)) < needed


def the_passport_is_in_order(situation: Situation) -> bool:
    """Whether every point about the passport is ticked."""
    return not open_points(PASSPORT_POINTS, situation.answers.get("what_is_true_of_the_passport"))
