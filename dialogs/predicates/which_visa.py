"""What the dialog about the visa asks of the answers so far."""

from itertools import product

from dialogs.passports import trips_by_passport
from dialogs.situation import Situation
from knowledge.advice import Advice, Outcome
from knowledge.policy import advise
from knowledge.trip import Border, Entries

__all__ = [
    "an_evisa_is_possible",
    "holds_a_kazakh_passport",
    "holds_no_national_passport",
    "holds_two_passports",
    "lives_in_kazakhstan",
    "nothing_more_can_change_the_advice",
    "the_other_passport_is_kazakh",
    "two_passports_are_settled",
]

_KAZAKHSTAN = "KZ"
_NO_NATIONAL_PASSPORT = "other_document"
_RESIDENT = "kz_residence_permit"
_TWO = "two_passports"


def holds_a_kazakh_passport(situation: Situation) -> bool:
    """Citizens enter without a visa: nothing else is asked."""
    return situation.answers.get("which_passport_do_you_hold") == _KAZAKHSTAN


def holds_no_national_passport(situation: Situation) -> bool:
    """A stateless person or a refugee: our sources do not settle their entry."""
    return situation.answers.get("what_kind_of_passport") == _NO_NATIONAL_PASSPORT


def lives_in_kazakhstan(situation: Situation) -> bool:
    """Somebody with a residence permit of Kazakhstan: no source we hold tells how they enter."""
    return situation.answers.get("what_kind_of_passport") == _RESIDENT


def holds_two_passports(situation: Situation) -> bool:
    """A national of two states: the passport they travel on decides."""
    return situation.answers.get("what_kind_of_passport") == _TWO


def the_other_passport_is_kazakh(situation: Situation) -> bool:
    """A citizen of Kazakhstan and of another state: our sources do not settle how they enter."""
    return situation.answers.get("which_other_passport_held") == _KAZAKHSTAN


def nothing_more_can_change_the_advice(situation: Situation) -> bool:
    """Whether the advice is the same for every number of entries and every border, as for a visa-free stay."""
    first, *others = product(Entries, Border)
    plain = _substances(situation, *first)
    return all(_substances(situation, *other) == plain for other in others)


def two_passports_are_settled(situation: Situation) -> bool:
    """The same for somebody who holds two passports: for each of them."""
    return holds_two_passports(situation) and nothing_more_can_change_the_advice(situation)


def an_evisa_is_possible(situation: Situation) -> bool:
    """Whether an e-visa is advised for the trip by air: then it matters how the border is crossed."""
    trips = trips_by_passport(situation, border=Border.AIR)
    return any(advise(situation.knowledge, trip, situation.today).outcome is Outcome.EVISA for trip in trips)


def _substances(situation: Situation, entries: Entries, border: Border) -> tuple[tuple[object, ...], ...]:
    trips = trips_by_passport(situation, entries=entries, border=border)
    return tuple(_substance(advise(situation.knowledge, trip, situation.today)) for trip in trips)


def _substance(advice: Advice) -> tuple[object, ...]:
    return (advice.outcome, advice.category, advice.max_stay_days, advice.alternatives, advice.documents, advice.fees)
