"""What the dialog about a visa inside Kazakhstan asks of the answers so far."""

from dialogs.inside import category_held, exit_category, extension_days, visa_end
from dialogs.situation import Situation

__all__ = [
    "asks_for_a_restored_visa",
    "asks_for_an_exit_visa",
    "asks_for_an_extension",
    "holds_an_evisa",
    "it_is_too_early_to_extend",
    "it_is_too_late_to_extend",
    "no_exit_visa_is_known",
    "no_extension_is_known",
    "the_visa_has_ended",
]


def asks_for_an_extension(situation: Situation) -> bool:
    """Whether the visa is to hold longer."""
    return situation.answers.get("what_do_you_need_inside") == "extend_the_visa"


def asks_for_a_restored_visa(situation: Situation) -> bool:
    """Whether a lost or damaged visa is to be given anew."""
    return situation.answers.get("what_do_you_need_inside") == "restore_the_visa"


def asks_for_an_exit_visa(situation: Situation) -> bool:
    """Whether the person needs a visa to leave."""
    return situation.answers.get("what_do_you_need_inside") == "get_an_exit_visa"


def holds_an_evisa(situation: Situation) -> bool:
    """E-visas are not extended, whatever their category."""
    return situation.answers.get("which_visa_do_you_hold") == "electronic_visa"


def no_extension_is_known(situation: Situation) -> bool:
    """Whether the facts give no extension for the visa."""
    category = category_held(situation)
    return category is None or category.extension is None


def the_visa_has_ended(situation: Situation) -> bool:
    """Whether the last day of the visa has passed."""
    until = visa_end(situation)
    return until is not None and until < situation.today


def it_is_too_early_to_extend(situation: Situation) -> bool:
    """Whether the first day for asking is still to come."""
    days = extension_days(situation)
    return days is not None and situation.today < days.earliest.date


def it_is_too_late_to_extend(situation: Situation) -> bool:
    """Whether the last day for asking has passed."""
    days = extension_days(situation)
    return days is not None and situation.today > days.latest.date


def no_exit_visa_is_known(situation: Situation) -> bool:
    """Whether no exit visa is known for the reason."""
    return exit_category(situation) is None
