"""What the dialog about the U.S. visa asks of the answers so far."""

from dialogs.situation import Situation
from dialogs.us_case import UsCase

__all__ = [
    "an_interview_waiver_is_out",
    "asks_about_the_us_fee",
    "asks_where_the_interview_is",
    "has_a_us_interview",
    "has_paid_the_us_fee",
    "holds_a_foreign_passport",
    "kazakhstan_is_not_the_place",
    "missed_the_us_interview",
    "paid_in_the_new_us_system",
    "renews_a_us_visa",
    "the_us_interview_has_passed",
    "the_us_visa_is_official",
    "waits_for_the_us_passport",
    "wants_to_immigrate_to_the_us",
]

_MATTER = "what_about_the_us_visa"


def has_paid_the_us_fee(situation: Situation) -> bool:
    """The application fee is paid already."""
    return UsCase(situation).says(_MATTER, "us_fee_paid")


def has_a_us_interview(situation: Situation) -> bool:
    """There is a day of an interview."""
    return UsCase(situation).says(_MATTER, "us_interview_date")


def renews_a_us_visa(situation: Situation) -> bool:
    """An earlier visa is renewed."""
    return UsCase(situation).says(_MATTER, "us_renewal")


def asks_about_the_us_fee(situation: Situation) -> bool:
    """The question is what it costs."""
    return UsCase(situation).says(_MATTER, "us_fee")


def waits_for_the_us_passport(situation: Situation) -> bool:
    """The question is how the passport comes back."""
    return UsCase(situation).says(_MATTER, "us_passport_back")


def wants_to_immigrate_to_the_us(situation: Situation) -> bool:
    """The question is about an immigrant visa."""
    return UsCase(situation).says(_MATTER, "us_immigrant_visa")


def asks_where_the_interview_is(situation: Situation) -> bool:
    """The question is where one is interviewed."""
    return UsCase(situation).says(_MATTER, "us_interview_place")


def paid_in_the_new_us_system(situation: Situation) -> bool:
    """The day of the payment is known, and the new appointment system was in use then."""
    return UsCase(situation).paid_in_the_new_system


def the_us_interview_has_passed(situation: Situation) -> bool:
    """The day of the interview lies behind."""
    day = UsCase(situation).day("when_is_the_us_interview")
    return day is not None and day < situation.today


def missed_the_us_interview(situation: Situation) -> bool:
    """The person was not at the interview."""
    return UsCase(situation).says("were_you_at_the_us_interview", "no")


def an_interview_waiver_is_out(situation: Situation) -> bool:
    """Some answer about a renewal breaks a condition of the interview waiver, or leaves it unknown."""
    return bool(UsCase(situation).obstacles)


def the_us_visa_is_official(situation: Situation) -> bool:
    """The visa is of a diplomatic or official class, for which term and age do not matter."""
    return UsCase(situation).says("which_us_visa_is_renewed", "us_official_visa")


def holds_a_foreign_passport(situation: Situation) -> bool:
    """The passport is of another country than Kazakhstan: then it matters where the person lives."""
    return not UsCase(situation).is_citizen


def kazakhstan_is_not_the_place(situation: Situation) -> bool:
    """Neither citizenship nor residence nor an assignment of posts leads to Kazakhstan."""
    case = UsCase(situation)
    return not case.is_at_home and not case.is_assigned_here
