"""Which checks the answers about an invitation must pass; the review holds all of them against every answer again."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.checks import passport, trip
from dialogs.checks.objection import Check, Objection
from dialogs.requests.trip import FIRST_DAY, LAST_DAY
from dialogs.situation import Situation

__all__ = ["CHECKS_OF_INVITATIONS", "standing_objections"]

_ON_ANSWERS: Mapping[str, tuple[Check, ...]] = MappingProxyType(
    {
        FIRST_DAY: (trip.is_sent_in_time, trip.is_not_too_early),
        LAST_DAY: (
            trip.ends_after_it_begins,
            trip.is_within_the_visa,
            passport.passports_outlast_the_visa,
            trip.is_within_the_stay,
        ),
        passport.BIRTH: (passport.is_issued_after_birth,),
        passport.CITIZENSHIP: (passport.is_no_citizen, passport.is_on_the_evisa_list),
        passport.KIND: (passport.is_settled_by_our_sources,),
        passport.ISSUED: (passport.is_issued_after_birth, passport.expires_after_it_was_issued),
        passport.EXPIRES: (passport.expires_after_it_was_issued, passport.passports_outlast_the_visa),
    }
)


def standing_objections(situation: Situation) -> Iterator[Objection]:
    """All that speaks against the answers as they stand: those about the trip, then those about each guest."""
    yield from _against(replace(situation, people={}), situation.answers)
    for number, about in enumerate(situation.people.values(), 1):
        seen = replace(situation, answers={**situation.answers, **about}, people={})
        yield from (objection.about(number) for objection in _against(seen, about))


def nothing_stands_against_it(situation: Situation, _question: str, _value: Answer) -> Objection | None:
    """Days pass and answers are changed: what was in order then may not be now."""
    return next((objection for objection in standing_objections(situation) if objection.final), None)


def _against(situation: Situation, answers: Mapping[str, Answer]) -> Iterator[Objection]:
    for question, checks in _ON_ANSWERS.items():
        if answers.get(question) is None:
            continue
        for check in checks:
            objection = check(situation, question, answers[question])
            if objection is not None:
                yield objection


CHECKS_OF_INVITATIONS: Mapping[str, tuple[Check, ...]] = MappingProxyType(
    {**_ON_ANSWERS, "is_the_invitation_right": (nothing_stands_against_it,)}
)
