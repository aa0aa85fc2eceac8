"""What is handed over: the answers about an invitation as an instance of schemas/invitation.schema.json."""

from collections.abc import Mapping
from typing import Any

from dialogs.answer import Answer
from dialogs.requests.trip import FIRST_DAY, LAST_DAY, category_of, entries_of, gives_the_portal_the_visa
from dialogs.situation import Situation

__all__ = ["payload_of"]

_VERSION = 1
_GUEST = {
    "surname": "what_is_the_surname",
    "first_names": "what_are_the_first_names",
    "sex": "which_sex_has_the_holder",
    "birth_date": "which_date_of_birth",
    "birth_place": "which_country_of_birth",
    "citizenship": "which_citizenship",
    "passport_type": "which_type_of_passport",
    "passport_number": "which_passport_number",
    "passport_issued": "when_was_the_passport_issued",
    "passport_expires": "when_does_the_passport_end",
    "passport_country": "which_country_issued_it",
    "workplace": "which_work_and_position",
}


def payload_of(situation: Situation) -> dict[str, Any]:
    """The invitation that all answers together make. What was skipped is left out.

    Raises KeyError while an answer that everybody gives is missing: the flow asks for it before the review.
    """
    return {
        "version": _VERSION,
        "inviter": _inviter(situation.answers),
        "trip": _trip(situation),
        "guests": [_guest(about) for _, about in sorted(situation.people.items())],
    }


def _inviter(answers: Mapping[str, Answer]) -> dict[str, Any]:
    company = answers["who_invites_the_guests"] == "company_invites"
    number, name = (
        ("which_bin_has_the_company", "what_is_the_company_called")
        if company
        else ("which_iin_has_the_inviter", "what_is_the_inviter_called")
    )
    registration = _told(answers, number="which_registration_number", date="when_was_it_registered")
    return {
        "kind": "company" if company else "person",
        "inviter_name": answers[name],
        "inviter_number": answers[number],
        **({"inviter_registration": registration} if registration else {}),
        "inviter_address": answers["where_is_the_inviter"],
        "inviter_contact": {
            "phone": answers["which_phone_can_we_call"],
            "name": answers["who_answers_our_calls" if company else name],
            **_told(answers, email="which_email_reaches_you"),
        },
    }


def _trip(situation: Situation) -> dict[str, Any]:
    answers = situation.answers
    category = category_of(answers, situation.knowledge)
    if category is None:
        raise KeyError("category")
    entries = entries_of(answers, category)
    if entries is None:
        raise KeyError("entries")
    if gives_the_portal_the_visa(answers, situation.knowledge):
        place: dict[str, Answer] = {"kind": "portal"}
    else:
        city = answers["which_city_has_the_office"]
        place = {"kind": "mission", "country": answers["which_country_has_the_office"], "city": city}
    return {
        "category": category.code,
        "entries": entries.value,
        "period": {"first_day": answers[FIRST_DAY], "last_day": answers[LAST_DAY]},
        "route": answers["which_places_will_they_visit"],
        "stay_address": answers["where_will_the_guests_stay"],
        "visa_issue_place": place,
        "purpose": answers["what_will_the_guests_do"],
    }


def _guest(about: Mapping[str, Answer]) -> dict[str, Any]:
    residence = {"country": about["which_country_of_residence"], "address": about["which_address_abroad"]}
    return {**{name: about[key] for name, key in _GUEST.items() if about[key] is not None}, "residence": residence}


def _told(answers: Mapping[str, Answer], **questions: str) -> dict[str, Answer]:
    """The answers that were given, under their names; those that were skipped or not asked are left out."""
    return {name: value for name, key in questions.items() if (value := answers.get(key)) is not None}
