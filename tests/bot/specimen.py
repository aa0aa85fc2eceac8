"""An invented invitation, as a passport specimen has its holder invented."""

from datetime import date
from typing import Any

__all__ = ["DAY", "NUMBER", "PAYLOAD", "SURNAME"]

DAY = date(2026, 12, 10)
SURNAME = "ERIKSSON"
NUMBER = "L8989027"

PAYLOAD: dict[str, Any] = {
    "version": 1,
    "inviter": {
        "kind": "company",
        "inviter_name": "Example LLP",
        "inviter_number": "990101000011",
        "inviter_address": "1 Example Street, Almaty",
        "inviter_contact": {"phone": "+77010000000", "name": "Ainur Example"},
    },
    "trip": {
        "category": "B12-1",
        "entries": "single",
        "period": {"first_day": DAY.isoformat(), "last_day": "2026-12-20"},
        "route": "Almaty",
        "stay_address": "2 Example Street, Almaty",
        "visa_issue_place": {"kind": "portal"},
        "purpose": "negotiations",
    },
    "guests": [
        {
            "surname": SURNAME,
            "first_names": "ANNA MARIA",
            "sex": "female",
            "birth_date": "1974-08-12",
            "birth_place": "UZ",
            "citizenship": "IN",
            "passport_type": "ordinary",
            "passport_number": NUMBER,
            "passport_issued": "2022-04-16",
            "passport_expires": "2032-04-15",
            "passport_country": "TR",
            "workplace": "Nord Textil, manager",
            "residence": {"country": "IN", "address": "3 Example Street"},
        }
    ],
}
