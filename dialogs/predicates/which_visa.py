"""What the dialog about the visa asks of the answers so far."""

from dialogs.situation import Situation
from knowledge.advice import Advice, Outcome
from knowledge.policy import advise
from knowledge.trip import Border, Entries

__all__ = [
    "an_evisa_is_possible",
    "holds_a_kazakh_passport",
    "holds_no_national_passport",
    "nothing_more_can_change_the_advice",
]

_KAZAKHSTAN = "KZ"
_NO_NATIONAL_PASSPORT = "other_document"


def holds_a_kazakh_passport(situation: Situation) -> bool:
    """Citizens enter without a visa: nothing else is asked."""
    return situation.answers.get("which_passport_do_you_hold") == _KAZAKHSTAN


def holds_no_national_passport(situation: Situation) -> bool:
    """A stateless person or a refugee: our sources do not settle their entry."""
    return situation.answers.get("what_kind_of_passport") == _NO_NATIONAL_PASSPORT


def nothing_more_can_change_the_advice(situation: Situation) -> bool:
    """Whether the advice is the same for every number of entries and every border, as for a visa-free stay."""
    advices = [_advice(situation, entries, border) for entries in Entries for border in Border]
    return all(_substance(advice) == _substance(advices[0]) for advice in advices)


def an_evisa_is_possible(situation: Situation) -> bool:
    """Whether an e-visa is advised for the trip by air: then it matters how the border is crossed."""
    return advise(situation.knowledge, situation.trip(border=Border.AIR), situation.today).outcome is Outcome.EVISA


def _advice(situation: Situation, entries: Entries, border: Border) -> Advice:
    return advise(situation.knowledge, situation.trip(entries=entries, border=border), situation.today)


def _substance(advice: Advice) -> tuple[object, ...]:
    return (advice.outcome, advice.category, advice.max_stay_days, advice.alternatives, advice.documents, advice.fees)

