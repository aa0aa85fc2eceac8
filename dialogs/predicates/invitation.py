"""What the dialogs about an invitation ask of the answers so far."""

from dialogs.people import OPEN_LINK
from dialogs.requests.trip import category_of, gives_the_portal_the_visa
from dialogs.situation import Situation

__all__ = [
    "a_company_invites",
    "entries_are_settled",
    "keeps_the_data_back",
    "the_guest_has_yet_to_answer",
    "the_portal_gives_the_visa",
    "the_portal_may_give_the_visa",
]

_CONSENTS = ("may_we_keep_your_data", "may_we_pass_your_data_on")


def keeps_the_data_back(situation: Situation) -> bool:
    """No consent: nothing is asked and nothing is kept."""
    return any(situation.answers.get(consent) == "i_do_not_agree" for consent in _CONSENTS)


def a_company_invites(situation: Situation) -> bool:
    """A legal entity, which has a registration and somebody who answers the phone."""
    return situation.answers.get("who_invites_the_guests") == "company_invites"


def entries_are_settled(situation: Situation) -> bool:
    """The category is given for one number of entries only."""
    category = category_of(situation.answers, situation.knowledge)
    return category is not None and len({variant.entries for variant in category.variants}) == 1


def the_portal_may_give_the_visa(situation: Situation) -> bool:
    """The category is issued as an e-visa, which has a single entry."""
    return gives_the_portal_the_visa(situation.answers, situation.knowledge) is not False


def the_portal_gives_the_visa(situation: Situation) -> bool:
    """An e-visa is wanted, so there is no mission to name."""
    return gives_the_portal_the_visa(situation.answers, situation.knowledge) is True


def the_guest_has_yet_to_answer(situation: Situation) -> bool:
    """A personal link is out, and the guest has not filled in their part."""
    return str(situation.answers.get("does_the_guest_fill_this_in")).startswith(OPEN_LINK)
