"""What the dialog about the time after arrival asks of the answers so far."""

from dialogs.situation import Situation
from dialogs.stay import Stay
from knowledge.timeline import Way

__all__ = [
    "asks_as_a_host",
    "the_address_has_changed",
    "the_entry_is_on_a_visa",
    "the_entry_is_to_come",
    "the_guest_has_overstayed",
    "the_guest_is_a_citizen",
    "the_last_day_has_passed",
    "the_notice_was_missed",
]

_KAZAKHSTAN = "KZ"


def asks_as_a_host(situation: Situation) -> bool:
    """Whoever asks has a guest."""
    return situation.answers.get("who_asks_about_the_arrival") == "receiving_host"


def the_guest_is_a_citizen(situation: Situation) -> bool:
    """The passport is that of Kazakhstan: the duties are about foreigners."""
    return Stay(situation).country == _KAZAKHSTAN


def the_entry_is_on_a_visa(situation: Situation) -> bool:
    """The guest enters on a visa or an e-visa."""
    return Stay(situation).way is not Way.VISA_FREE


def the_entry_is_to_come(situation: Situation) -> bool:
    """Nothing can have been missed yet."""
    return Stay(situation).entry > situation.today


def the_address_has_changed(situation: Situation) -> bool:
    """The guest moved since the report or the registration."""
    return situation.answers.get("has_the_address_changed") == "yes"


def the_last_day_has_passed(situation: Situation) -> bool:
    """The last day of the visa or of the visa-free stay lies behind."""
    return Stay(situation).days_over > 0


def the_notice_was_missed(situation: Situation) -> bool:
    """The day for the host's report has passed, and the report was not made or nobody knows."""
    return Stay(situation).missed_notice


def the_guest_has_overstayed(situation: Situation) -> bool:
    """The last day lies behind, and the guest is still in Kazakhstan."""
    return situation.answers.get("is_the_guest_still_here") == "yes" and Stay(situation).days_over > 0
