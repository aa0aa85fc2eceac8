"""A U.S. visa matter: which answers rule out a waiver, until when a payment is good, what a card may tell on a day."""

from datetime import date, timedelta

import pytest

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.plain import to_plain
from dialogs.situation import Situation
from dialogs.us_case import UsCase
from dialogs.world import World
from knowledge.language import Language

RENEWAL: dict[str, Answer] = {
    "what_about_the_us_visa": "us_renewal",
    "which_us_visa_is_renewed": "us_visitor_visa",
    "was_it_for_the_full_term": "yes",
    "when_does_the_us_visa_end": "2026-05-01",
    "how_old_were_you_at_issue": 30,
    "which_passport_do_you_hold": "KZ",
    "was_a_us_visa_refused": "us_never_refused",
}
FEE: dict[str, Answer] = {"what_about_the_us_visa": "us_fee_paid"}
FIRST: dict[str, Answer] = {"what_about_the_us_visa": "us_first_application", "which_us_visa_class": "us_visit"}


def case_of(world: World, answers: dict[str, Answer], today: date | None = None) -> UsCase:
    return UsCase(Situation(answers, world.knowledge, today or world.today))


@pytest.mark.parametrize(
    ("changed", "obstacles"),
    [
        ({}, ()),
        ({"which_us_visa_is_renewed": "us_h2a_visa"}, ()),
        ({"which_us_visa_is_renewed": "us_other_visa"}, ("class",)),
        ({"was_it_for_the_full_term": "no"}, ("term",)),
        ({"was_it_for_the_full_term": "not_sure"}, ("term_unknown",)),
        ({"when_does_the_us_visa_end": "2025-11-22"}, ()),  # today is the last day of the twelve months
        ({"when_does_the_us_visa_end": "2025-11-21"}, ("late",)),
        ({"when_does_the_us_visa_end": "2027-11-22"}, ()),
        ({"when_does_the_us_visa_end": "2027-11-23"}, ("early",)),
        ({"how_old_were_you_at_issue": 18}, ()),
        ({"how_old_were_you_at_issue": 17}, ("age",)),
        ({"which_passport_do_you_hold": "RU", "do_you_live_in_kazakhstan": "yes"}, ()),
        ({"which_passport_do_you_hold": "RU", "do_you_live_in_kazakhstan": "no"}, ("place",)),
        ({"was_a_us_visa_refused": "us_refusal_overcome"}, ()),
        ({"was_a_us_visa_refused": "us_refused"}, ("refusal",)),
        ({"how_old_were_you_at_issue": 5, "was_a_us_visa_refused": "us_refused"}, ("age", "refusal")),
    ],
)
def test_what_rules_out_a_waiver(world: World, changed: dict[str, Answer], obstacles: tuple[str, ...]) -> None:
    assert case_of(world, RENEWAL | changed).obstacles == obstacles


@pytest.mark.parametrize("language", list(Language))
def test_a_waiver_is_never_promised(world: World, language: Language) -> None:
    voice = Voice(world.texts, language)
    told = to_plain(OUTCOMES["us_waiver_possible"](case_of(world, RENEWAL).situation, voice, 0))
    assert voice.text("us_visa.waiver_may") in told
    assert voice.text("us_visa.not_official") in told


@pytest.mark.parametrize(("paid", "new"), [("2024-06-09", False), ("2024-06-10", True), (None, False)])
def test_a_payment_belongs_to_the_system_of_its_day(world: World, paid: str | None, new: bool) -> None:
    assert case_of(world, FEE | {"when_did_you_pay_the_us_fee": paid}).paid_in_the_new_system is new


def test_a_payment_is_good_for_the_days_of_the_fact_its_own_day_counted(world: World) -> None:
    paid = date(2026, 1, 1)
    days = int(dict(world.knowledge.statements["us_fee_validity"].figures)["days"])
    last = paid + timedelta(days=days - 1)
    answers = FEE | {"when_did_you_pay_the_us_fee": paid.isoformat()}
    assert case_of(world, answers).book_by == last
    assert not case_of(world, answers, last).has_the_payment_run_out
    assert case_of(world, answers, last + timedelta(days=1)).has_the_payment_run_out


@pytest.mark.parametrize(
    ("passport", "today", "seen", "unseen"),
    [
        ("KG", date(2026, 8, 5), ["us_visa.bond_listed"], "5 August 2026. What came after"),
        ("TJ", date(2026, 8, 5), ["us_visa.bond_listed"], "5 August 2026. What came after"),
        ("TM", date(2026, 8, 5), ["us_visa.bond_listed"], "5 August 2026. What came after"),
        ("KZ", date(2026, 8, 6), ["us_visa.wait_unknown"], "was on the list"),
    ],
)
def test_the_bond_is_told_as_of_the_day(world: World, passport: str, today: date, seen: list[str], unseen: str) -> None:
    voice = Voice(world.texts, Language.EN)
    answers = FIRST | {"which_passport_do_you_hold": passport, "do_you_live_in_kazakhstan": "yes"}
    told = to_plain(OUTCOMES["us_first_steps"](case_of(world, answers, today).situation, voice, 0))
    assert ("5,000" in told) is (passport != "KZ")
    assert ("was due to end on" in told) is (today > date(2026, 8, 5))
    assert unseen not in told
    assert all(voice.text(key, as_of="12 January 2026") in told for key in seen)


@pytest.mark.parametrize(("today", "over"), [(date(2025, 6, 8), False), (date(2025, 6, 9), True)])
def test_a_payment_without_a_day_is_one_of_the_last_day_before_the_switch(
    world: World, today: date, over: bool
) -> None:
    for paid in ("2024-06-09", None):
        assert case_of(world, FEE | {"when_did_you_pay_the_us_fee": paid}, today).has_the_payment_run_out is over
