"""An invitation with invented people, as answers, for the tests of what becomes of it."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.answer import Answer

__all__ = ["COMPANY", "GUEST", "PERSON", "TRIP"]

COMPANY: Mapping[str, Answer] = MappingProxyType(
    {
        "may_we_keep_your_data": "i_agree",
        "who_invites_the_guests": "company_invites",
        "which_bin_has_the_company": "160440012346",
        "what_is_the_company_called": "LLP Demeu Trade",
        "which_registration_number": "12345-1910",
        "when_was_it_registered": "2016-04-25",
        "where_is_the_inviter": "Almaty, Abay street, 10",
        "which_phone_can_we_call": "+77012345678",
        "who_answers_our_calls": "Aigul Serikova",
        "which_email_reaches_you": None,
    }
)
PERSON: Mapping[str, Answer] = MappingProxyType(
    {
        "may_we_keep_your_data": "i_agree",
        "who_invites_the_guests": "person_invites",
        "which_iin_has_the_inviter": "850315301235",
        "what_is_the_inviter_called": "Arman Ulgibayev",
        "where_is_the_inviter": "Astana, Dostyk street, 5",
        "which_phone_can_we_call": "+77021112233",
        "which_email_reaches_you": "arman@example.com",
    }
)
TRIP: Mapping[str, Answer] = MappingProxyType(
    {
        "what_do_the_guests_come_for": "category_b3",
        "how_often_will_they_enter": "single",
        "when_does_the_trip_begin": "2026-12-10",
        "when_does_the_trip_end": "2026-12-20",
        "which_places_will_they_visit": "Almaty, Shymkent",
        "where_will_the_guests_stay": "Almaty, Dostyk street, 20",
        "where_is_the_visa_given": "visa_at_a_mission",
        "which_country_has_the_office": "IN",
        "which_city_has_the_office": "New Delhi",
        "what_will_the_guests_do": "Talks about supplies",
    }
)
GUEST: Mapping[str, Answer] = MappingProxyType(
    {
        "does_the_guest_fill_this_in": None,
        "what_is_the_surname": "SPECIMEN",
        "what_are_the_first_names": "ASHA MIRA",
        "which_sex_has_the_holder": "female",
        "which_date_of_birth": "1990-02-14",
        "which_country_of_birth": "IN",
        "which_citizenship": "IN",
        "which_type_of_passport": "ordinary",
        "which_passport_number": "Z1234567",
        "when_was_the_passport_issued": "2022-10-01",
        "when_does_the_passport_end": "2032-09-30",
        "which_country_issued_it": "IN",
        "which_work_and_position": "Nord Textil, manager",
        "which_country_of_residence": "IN",
        "which_address_abroad": "New Delhi, Rajpath 7",
    }
)
