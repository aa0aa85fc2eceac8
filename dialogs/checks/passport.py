"""Whether the days of a guest's passport go with each other and with the visa, and whether it needs one."""

from datetime import date

from dialogs.answer import Answer
from dialogs.checks.objection import Objection
from dialogs.requests.trip import LAST_DAY, category_of, day_of, gives_the_portal_the_visa
from dialogs.situation import Situation
from knowledge.policy import check_evisa
from knowledge.terms import apply_rule

__all__ = [
    "BIRTH",
    "CITIZENSHIP",
    "EXPIRES",
    "ISSUED",
    "KIND",
    "expires_after_it_was_issued",
    "is_issued_after_birth",
    "is_no_citizen",
    "is_on_the_evisa_list",
    "is_settled_by_our_sources",
    "passports_outlast_the_visa",
]

BIRTH, CITIZENSHIP, KIND = "which_date_of_birth", "which_citizenship", "which_type_of_passport"
ISSUED, EXPIRES = "when_was_the_passport_issued", "when_does_the_passport_end"
_HOME = "KZ"
_VALIDITY = "passport_valid_after_visa"


def is_issued_after_birth(situation: Situation, question: str, value: Answer) -> Objection | None:
    """Nobody has a passport before they are born."""
    answers = {**situation.answers, question: value}
    birth, issued = day_of(answers, BIRTH), day_of(answers, ISSUED)
    if birth is None or issued is None or issued >= birth:
        return None
    return Objection("objection.issued_before_birth", {"birth": birth, "issued": issued})


def expires_after_it_was_issued(situation: Situation, question: str, value: Answer) -> Objection | None:
    """The two days of a passport are easily swapped."""
    answers = {**situation.answers, question: value}
    issued, expires = day_of(answers, ISSUED), day_of(answers, EXPIRES)
    if issued is None or expires is None or expires > issued:
        return None
    return Objection("objection.expires_before_issue", {"issued": issued})


def passports_outlast_the_visa(situation: Situation, question: str, value: Answer) -> Objection | None:
    """Every passport told of must be valid for some months beyond the last day, else the visa is refused."""
    answers = {**situation.answers, question: value}
    last = day_of(answers, LAST_DAY)
    if last is None:
        return None
    if question != LAST_DAY:
        return _too_short(situation, last, day_of(answers, EXPIRES))
    for number, about in enumerate(situation.people.values(), 1):
        short = _too_short(situation, last, day_of(about, EXPIRES))
        if short is not None:
            return short.about(number)
    return None


def is_no_citizen(_situation: Situation, _question: str, value: Answer) -> Objection | None:
    """A citizen of Kazakhstan enters without a visa, so without an invitation."""
    return Objection("objection.guest_is_a_citizen") if value == _HOME else None


def is_on_the_evisa_list(situation: Situation, _question: str, value: Answer) -> Objection | None:
    """Where an e-visa is wanted, the lists must surely name the passport for this category."""
    kb = situation.knowledge
    category = category_of(situation.answers, kb)
    if category is None or gives_the_portal_the_visa(situation.answers, kb) is not True or value not in kb.regimes:
        return None
    if category.code in check_evisa(kb, str(value), situation.today).categories:
        return None
    return Objection("objection.evisa_not_sure", {"category": category.code}, final=False)


def is_settled_by_our_sources(_situation: Situation, _question: str, value: Answer) -> Objection | None:
    """What holds for a stateless person or a refugee our sources do not tell."""
    return Objection("objection.no_national_passport", final=False) if value == "other_document" else None


def _too_short(situation: Situation, last: date, expires: date | None) -> Objection | None:
    kb = situation.knowledge
    needed = apply_rule(kb.calendar, kb.deadlines[_VALIDITY], last)
    if expires is None or needed is None or expires >= needed.date:
        return None
    values: dict[str, str | int | date] = {
        "months": kb.deadlines[_VALIDITY].months or 0,
        "last": last,
        "needed": needed.date,
    }
    return Objection("objection.passport_too_short", values)
