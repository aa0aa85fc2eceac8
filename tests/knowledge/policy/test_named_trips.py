"""Trips that a person checked one by one against the facts."""

from dataclasses import dataclass
from datetime import date

import pytest

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence
from knowledge.policy import advise
from knowledge.regimes import Window
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

TODAY = date(2026, 11, 22)
ARRIVAL = date(2026, 12, 10)
LAST_DAY_PK = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What differs from a single trip by air on an ordinary passport."""

    twice: bool = False
    by_land: bool = False
    arrival: date | None = ARRIVAL
    today: date = TODAY
    passport: PassportType = PassportType.ORDINARY


PLAIN = Wish()
BY_LAND = Wish(by_land=True)
TWICE = Wish(twice=True)


def ask(kb: KnowledgeBase, country: str, purpose: str, days: int, wish: Wish = PLAIN) -> Advice:
    trip = Trip(
        country,
        Purpose(purpose),
        days,
        wish.arrival,
        Entries.MULTIPLE if wish.twice else Entries.SINGLE,
        Border.LAND if wish.by_land else Border.AIR,
        wish.passport,
    )
    return advise(kb, trip, wish.today)


def verdict(advice: Advice) -> str:
    return " ".join(
        str(part) for part in (advice.outcome.value, advice.category, advice.max_stay_days) if part is not None
    )


@pytest.mark.parametrize(
    ("country", "purpose", "days", "wish", "expected"),
    [
        # India: 14 days without a visa, then the e-visa by air, a mission by land.
        ("IN", "tourism", 10, PLAIN, "visa_free 14"),
        ("IN", "tourism", 14, PLAIN, "visa_free 14"),
        ("IN", "tourism", 15, PLAIN, "evisa B12 30"),
        ("IN", "tourism", 20, PLAIN, "evisa B12 30"),
        ("IN", "tourism", 20, BY_LAND, "visa B12 30"),
        ("IN", "tourism", 20, TWICE, "visa B12 30"),
        ("IN", "tourism", 31, PLAIN, "ask_authority"),
        ("IN", "medical", 90, PLAIN, "evisa C12 90"),
        ("IN", "medical", 120, PLAIN, "visa C12 180"),
        ("IN", "work", 10, PLAIN, "visa C3 90"),
        ("IN", "transit", 3, PLAIN, "visa_free 14"),
        # Pakistan: B3 by portal until the end of 2026, whichever of asking and arriving is later.
        ("PK", "business", 10, PLAIN, "evisa B3 30"),
        ("PK", "business", 10, Wish(arrival=LAST_DAY_PK), "evisa B3 30"),
        ("PK", "business", 10, Wish(arrival=NEW_YEAR), "visa B3 30"),
        ("PK", "business", 10, Wish(arrival=NEW_YEAR, today=NEW_YEAR), "visa B3 30"),
        ("PK", "business", 10, Wish(arrival=None, today=LAST_DAY_PK), "evisa B3 30"),
        ("PK", "business", 10, Wish(arrival=None, today=NEW_YEAR), "visa B3 30"),
        ("PK", "business", 10, TWICE, "visa B3 30"),
        ("PK", "business", 10, BY_LAND, "visa B3 30"),
        ("PK", "business", 31, PLAIN, "ask_authority"),
        ("PK", "tourism", 10, PLAIN, "visa B12 30"),
        ("PK", "medical", 10, PLAIN, "visa C12 90"),
        # Dropped from the list, or named there only under another row: never a sure e-visa.
        ("BD", "tourism", 10, PLAIN, "visa B12 30"),
        ("GH", "medical", 10, PLAIN, "visa C12 90"),
        ("NG", "business", 10, PLAIN, "visa B3 30"),
        ("TW", "tourism", 10, PLAIN, "visa B12 30"),
        # On both lists.
        ("KE", "tourism", 10, PLAIN, "evisa B12 30"),
        ("KE", "tourism", 10, BY_LAND, "visa B12 30"),
        ("KE", "tourism", 10, TWICE, "visa B12 30"),
        ("KE", "tourism", 31, PLAIN, "ask_authority"),
        ("KE", "conference", 60, PLAIN, "evisa B1 60"),
        ("KE", "conference", 61, PLAIN, "ask_authority"),
        ("KE", "conference", 20, TWICE, "visa B1 60"),
        ("KE", "private", 90, PLAIN, "evisa B10 90"),
        ("KE", "investment", 200, PLAIN, "visa A5 1825"),
        ("KE", "journalism", 30, PLAIN, "evisa A3 90"),
        ("KE", "journalism", 700, PLAIN, "ask_authority"),
        ("KE", "work", 10, PLAIN, "visa C3 90"),
        ("KE", "work", 700, PLAIN, "visa C3 1095"),
        ("KE", "work", 1096, PLAIN, "ask_authority"),
        ("KE", "seasonal_work", 200, PLAIN, "visa C6 365"),
        ("KE", "self_employment", 60, PLAIN, "visa C4 90"),
        ("KE", "study", 300, PLAIN, "visa C9 365"),
        ("KE", "study", 366, PLAIN, "ask_authority"),
        ("KE", "internship", 120, PLAIN, "visa B7 180"),
        ("KE", "family", 300, PLAIN, "visa C2 365"),
        ("KE", "religious", 30, PLAIN, "visa B6 30"),
        ("KE", "religious", 31, PLAIN, "ask_authority"),
        ("KE", "religious", 20, TWICE, "visa B6 30"),
        ("KE", "missionary", 60, PLAIN, "visa C7 180"),
        ("KE", "adoption", 120, PLAIN, "visa B11 120"),
        ("KE", "adoption", 121, PLAIN, "ask_authority"),
        ("KE", "transit", 5, PLAIN, "visa B13 5"),
        ("KE", "transit", 6, PLAIN, "ask_authority"),
        ("KE", "remote_work", 300, PLAIN, "visa B12-1 365"),
        ("KE", "crew", 10, PLAIN, "visa B5 30"),
        ("KE", "haulage", 10, BY_LAND, "visa B4 30"),
        ("KE", "ethnic_kazakh_return", 300, PLAIN, "visa C1 365"),
        ("KE", "diplomatic", 30, PLAIN, "visa A1 90"),
        ("KE", "service", 30, PLAIN, "evisa A3 90"),
        # The unilateral list.
        ("DE", "tourism", 30, PLAIN, "visa_free 30"),
        ("DE", "tourism", 31, PLAIN, "ask_authority"),
        ("DE", "tourism", 45, PLAIN, "ask_authority"),
        ("DE", "private", 60, PLAIN, "visa B10 90"),
        ("DE", "medical", 60, PLAIN, "visa C12 90"),
        ("DE", "business", 31, PLAIN, "ask_authority"),
        ("DE", "work", 10, PLAIN, "visa C3 90"),
        ("DE", "crew", 10, PLAIN, "ask_authority"),
        ("DE", "tourism", 20, TWICE, "visa_free 30"),
        ("DE", "tourism", 20, BY_LAND, "visa_free 30"),
        # Treaties.
        ("RU", "tourism", 90, PLAIN, "visa_free 90"),
        ("RU", "tourism", 91, PLAIN, "ask_authority"),
        ("RU", "work", 10, PLAIN, "ask_authority"),
        ("RU", "study", 300, PLAIN, "ask_authority"),
        ("KG", "family", 60, PLAIN, "ask_authority"),
        ("UZ", "work", 30, PLAIN, "visa C3 90"),
        ("TR", "tourism", 60, PLAIN, "visa_free 90"),
        ("TR", "tourism", 60, Wish(arrival=date(2025, 8, 24), today=date(2025, 8, 1)), "ask_authority"),
        ("KR", "tourism", 30, PLAIN, "visa_free 30"),
        ("KR", "tourism", 60, PLAIN, "ask_authority"),
        ("AZ", "tourism", 30, PLAIN, "visa_free 30"),
        ("AZ", "tourism", 45, PLAIN, "ask_authority"),
        ("AZ", "private", 91, PLAIN, "ask_authority"),
        ("TJ", "business", 31, PLAIN, "ask_authority"),
        ("HK", "tourism", 14, PLAIN, "visa_free 14"),
        ("HK", "tourism", 20, PLAIN, "evisa B12 30"),
        ("HK", "tourism", 20, BY_LAND, "visa B12 30"),
        ("MO", "study", 10, PLAIN, "visa C9 90"),
        ("MA", "tourism", 30, PLAIN, "visa_free 30"),
        ("MA", "tourism", 10, Wish(arrival=date(2025, 3, 18), today=date(2025, 3, 1)), "evisa B12 30"),
        ("CN", "tourism", 30, PLAIN, "visa_free 30"),
        ("CN", "private", 31, PLAIN, "evisa B10 90"),
        # Nobody says, or nobody surely says.
        ("GG", "tourism", 5, PLAIN, "ask_authority"),
        ("GL", "work", 5, PLAIN, "ask_authority"),
        ("AI", "tourism", 5, PLAIN, "ask_authority"),
        ("AF", "tourism", 10, PLAIN, "visa B12 30"),
        ("XK", "business", 10, PLAIN, "visa B3 30"),
        ("CU", "tourism", 10, PLAIN, "evisa B12 30"),
        ("AW", "tourism", 10, PLAIN, "ask_authority"),
        ("FO", "tourism", 10, PLAIN, "ask_authority"),
        # Own citizens, whatever they ask.
        ("KZ", "tourism", 10, PLAIN, "citizen"),
        ("KZ", "work", 4000, TWICE, "citizen"),
        ("KZ", "diplomatic", 10, Wish(passport=PassportType.DIPLOMATIC), "citizen"),
        # Official passports.
        ("FR", "tourism", 10, Wish(passport=PassportType.DIPLOMATIC), "ask_authority"),
        ("KE", "service", 10, Wish(passport=PassportType.SERVICE), "ask_authority"),
    ],
)
def test_verdict(kb: KnowledgeBase, country: str, purpose: str, days: int, wish: Wish, expected: str) -> None:
    assert verdict(ask(kb, country, purpose, days, wish)) == expected


def ways(advice: Advice) -> set[str]:
    return {
        f"{way.outcome.value} {way.category or '-'} {way.condition} {way.max_stay_days}" for way in advice.alternatives
    }


@pytest.mark.parametrize(
    ("country", "purpose", "days", "wish", "expected"),
    [
        ("IN", "tourism", 20, PLAIN, {"visa_free - shorter_stay 14", "visa B12 at_mission 30"}),
        ("IN", "tourism", 20, BY_LAND, {"visa_free - shorter_stay 14", "evisa B12 by_air 30"}),
        ("KE", "tourism", 10, TWICE, {"evisa B12 single_entry 30"}),
        ("KE", "tourism", 10, Wish(twice=True, by_land=True), {"evisa B12 by_air_single_entry 30"}),
        ("KE", "tourism", 31, PLAIN, {"evisa B12 evisa_shorter_stay 30", "visa B12 visa_shorter_stay 30"}),
        ("KE", "transit", 6, PLAIN, {"visa B13 visa_shorter_stay 5", "visa B12 tourism_instead 30"}),
        ("KE", "business", 45, PLAIN, {
            "evisa B3 evisa_shorter_stay 30", "visa B3 visa_shorter_stay 30", "visa B2 equipment_or_consulting 90"}),
        ("KE", "remote_work", 60, PLAIN, {"ask_authority B9-1 astana_hub_specialist 365"}),
        ("AF", "remote_work", 60, PLAIN, set()),
        ("BD", "tourism", 10, PLAIN, {"evisa B12 ask_about_evisa 30"}),
        ("BD", "tourism", 10, BY_LAND, set()),
        ("BD", "study", 10, PLAIN, set()),
        ("ME", "tourism", 10, PLAIN, {"visa B12 petition_at_mission 30"}),
        ("DE", "tourism", 45, PLAIN, {
            "visa_free - shorter_stay 30", "visa B3 business_extension_inside None", "visa B12 visa_shorter_stay 30"}),
        ("TR", "private", 100, PLAIN, {
            "visa_free - shorter_stay 90", "visa B10 visa_shorter_stay 90", "visa C10 ethnic_kazakh_visit 1095"}),
        ("AZ", "private", 45, PLAIN, {"visa_free - shorter_stay 30", "visa B10 visa_of_purpose 90"}),
        ("AZ", "tourism", 45, PLAIN, {"visa_free - shorter_stay 30"}),
        ("DE", "family", 60, PLAIN, {"visa_free - private_visit_first 30"}),
        ("DE", "investment", 60, PLAIN, {"visa_free - talks_first 30", "visa A6 large_investor 3650"}),
        ("DE", "work", 10, PLAIN, set()),
        ("DE", "permanent_residence", 60, PLAIN, {
            "visa_free - private_visit_first 30", "visa B8 residence_visa_inside 90",
            "visa B9 profession_in_demand 90"}),
        ("IN", "permanent_residence", 60, PLAIN, {
            "visa_free - private_visit_first 14", "visa B9 profession_in_demand 90"}),
        ("RU", "work", 10, PLAIN, {"visa C3 visa_of_purpose 1095"}),
        ("DE", "haulage", 10, PLAIN, {"visa B4 visa_of_purpose 30"}),
        ("GG", "tourism", 5, PLAIN, {"visa B12 visa_of_purpose 30"}),
        ("AW", "tourism", 10, PLAIN, {
            "evisa B12 evisa_as_listed 30", "visa B12 visa_of_purpose 30",
            "visa_free - dutch_or_danish_passport None"}),
        ("FO", "business", 10, BY_LAND, {
            "evisa B3 by_air 30", "visa B3 visa_of_purpose 30", "visa_free - dutch_or_danish_passport None"}),
        ("AW", "work", 10, PLAIN, {"visa C3 visa_of_purpose 1095"}),
        ("AW", "tourism", 60, PLAIN, {
            "evisa B12 evisa_shorter_stay 30", "visa B12 visa_shorter_stay 30",
            "visa_free - dutch_or_danish_passport None"}),
        ("KE", "self_employment", 700, PLAIN, {"visa C5 own_business 730"}),
        ("KE", "self_employment", 800, PLAIN, set()),
        ("FR", "tourism", 10, Wish(passport=PassportType.SERVICE), {"visa A3 official_trip None"}),
        ("FR", "diplomatic", 10, Wish(passport=PassportType.DIPLOMATIC), {"visa A1 visa_of_purpose 365"}),
    ],
)  # fmt: skip
def test_other_ways(kb: KnowledgeBase, country: str, purpose: str, days: int, wish: Wish, expected: set[str]) -> None:
    assert ways(ask(kb, country, purpose, days, wish)) == expected


@pytest.mark.parametrize(
    ("country", "purpose", "days", "wish", "told", "untold"),
    [
        (
            "IN",
            "tourism",
            10,
            PLAIN,
            {"no_paid_work", "qazeta_recommended", "all_stays_count"},
            {"low_confidence", "no_days_left_for_earlier_stays"},
        ),
        ("IN", "tourism", 10, TWICE, {"all_stays_count"}, {"second_stay_must_be_shorter"}),
        ("MA", "tourism", 20, TWICE, {"all_stays_count", "second_stay_must_be_shorter"}, set()),
        ("KR", "tourism", 10, PLAIN, {"smaller_limit_advised", "sources_disagree"}, set()),
        ("GE", "tourism", 10, PLAIN, {"total_limit_unknown"}, {"smaller_limit_advised"}),
        ("AZ", "tourism", 10, PLAIN, {"sources_disagree"}, set()),
        ("TR", "tourism", 60, PLAIN, {"registration_unless_treaty"}, set()),
        ("TR", "tourism", 30, PLAIN, set(), {"registration_unless_treaty"}),
        (
            "PK",
            "business",
            10,
            PLAIN,
            {"evisa_rule_ends_soon", "evisa_air_only", "unofficial_copy"},
            {"low_confidence"},
        ),
        ("PK", "business", 10, Wish(arrival=None, today=date(2026, 10, 31)), set(), {"evisa_rule_ends_soon"}),
        (
            "PK",
            "business",
            10,
            Wish(arrival=date(2026, 11, 1), today=date(2026, 8, 1)),
            {"evisa_rule_ends_soon"},
            set(),
        ),
        (
            "PK",
            "business",
            10,
            Wish(arrival=date(2026, 10, 31), today=date(2026, 8, 1)),
            set(),
            {"evisa_rule_ends_soon"},
        ),
        ("PK", "business", 10, Wish(arrival=date(2026, 12, 22)), set(), {"evisa_rule_ends_during_stay"}),
        ("PK", "business", 10, Wish(arrival=date(2026, 12, 23)), {"evisa_rule_ends_during_stay"}, set()),
        ("BD", "tourism", 10, PLAIN, {"evisa_editions_differ", "low_confidence", "sources_disagree"}, set()),
        ("AW", "tourism", 10, PLAIN, {"passport_in_hand_decides", "low_confidence"}, set()),
        ("KE", "study", 300, PLAIN, {"needs_multiple_entry_variant"}, set()),
        ("KE", "study", 60, PLAIN, set(), {"needs_multiple_entry_variant"}),
        ("KE", "remote_work", 300, PLAIN, {"no_local_work"}, {"needs_multiple_entry_variant"}),
        ("KE", "religious", 20, TWICE, {"single_entry_only"}, set()),
        ("KE", "business", 20, TWICE, {"multiple_entry_for_some"}, set()),
        ("KE", "service", 200, TWICE, set(), {"multiple_entry_for_some"}),
        ("DE", "work", 60, PLAIN, {"no_visa_free_work", "work_permit_first"}, set()),
        ("KE", "journalism", 60, PLAIN, {"media_accreditation"}, set()),
        ("KE", "tourism", 10, Wish(arrival=date(2026, 11, 21)), {"arrival_in_the_past"}, set()),
        ("KE", "tourism", 10, Wish(arrival=date(2027, 11, 23)), {"arrival_far_ahead"}, {"arrival_in_the_past"}),
        ("KE", "tourism", 10, Wish(arrival=date(2026, 11, 25)), {"invitation_deadline_passed"}, set()),
        ("KE", "tourism", 10, PLAIN, set(), {"invitation_deadline_passed"}),
        ("FR", "tourism", 10, Wish(passport=PassportType.SERVICE), {"official_passport_rules_differ"}, set()),
    ],
)
def test_warnings(
    kb: KnowledgeBase, country: str, purpose: str, days: int, wish: Wish, told: set[str], untold: set[str]
) -> None:
    warnings = set(ask(kb, country, purpose, days, wish).warnings)
    assert told <= warnings
    assert not untold & warnings


@pytest.mark.parametrize(
    ("country", "purpose", "days", "wish", "needed"),
    [
        ("KE", "tourism", 10, PLAIN, True),
        ("AF", "tourism", 10, PLAIN, True),
        ("DE", "private", 60, PLAIN, False),
        ("DE", "private", 60, TWICE, True),
        ("DE", "remote_work", 60, PLAIN, False),
        ("KE", "remote_work", 60, PLAIN, True),
        ("JO", "tourism", 10, PLAIN, False),
        ("JO", "medical", 10, PLAIN, True),
        ("KE", "family", 60, PLAIN, False),
        ("KE", "self_employment", 60, PLAIN, False),
        ("KE", "self_employment", 60, TWICE, False),
        ("KE", "work", 60, PLAIN, True),
        ("DE", "tourism", 10, PLAIN, None),
    ],
)
def test_invitation(kb: KnowledgeBase, country: str, purpose: str, days: int, wish: Wish, needed: bool | None) -> None:
    assert ask(kb, country, purpose, days, wish).needs_invitation is needed


@pytest.mark.parametrize(
    ("country", "days", "used_up"),
    [("MA", 29, False), ("MA", 30, True), ("NI", 30, True), ("TR", 89, False), ("TR", 90, True), ("KR", 30, False)],
)
def test_a_trip_of_all_the_days_leaves_none_for_earlier_stays(
    kb: KnowledgeBase, country: str, days: int, used_up: bool
) -> None:
    advice = ask(kb, country, "tourism", days)
    told = list(advice.warnings)
    assert ("no_days_left_for_earlier_stays" in told) is used_up
    assert told.index("all_stays_count") < told.index("no_paid_work")
    assert {"mir24_2023", "abc_2023"} <= {source.id for source in advice.sources}


@pytest.mark.parametrize("country", ["AD", "AL", "GE", "KN", "MD", "MN", "SM", "TR", "UA"])
def test_a_long_stay_outside_the_union_rests_on_a_dispute(kb: KnowledgeBase, country: str) -> None:
    advice = ask(kb, country, "tourism", 31)
    assert verdict(advice) == "visa_free 90"
    assert "registration_since_july_2026" in advice.conflicts
    assert {"registration_unless_treaty", "sources_disagree"} <= set(advice.warnings)
    assert {"order_923_kazinform", "resolution_148", "aifc_notification"} <= {source.id for source in advice.sources}
    assert advice.confidence is Confidence.MEDIUM
    assert "registration_since_july_2026" not in ask(kb, country, "tourism", 30).conflicts
    open_day = ask(kb, country, "tourism", 31, Wish(arrival=None))
    assert open_day.conflicts == advice.conflicts
    before = ask(kb, country, "tourism", 31, Wish(arrival=date(2026, 6, 30), today=date(2026, 6, 1)))
    assert "residence_permit_for_longer_stay" in before.warnings
    assert not {"registration_unless_treaty"} & set(before.warnings)
    assert before.confidence is Confidence.MEDIUM
    first_day = ask(kb, country, "tourism", 31, Wish(arrival=date(2026, 7, 1), today=date(2026, 6, 1)))
    assert "residence_permit_for_longer_stay" not in first_day.warnings
    assert "registration_unless_treaty" in first_day.warnings


def test_the_union_has_its_90_days_without_a_permit(kb: KnowledgeBase) -> None:
    now = ask(kb, "RU", "tourism", 60)
    assert "registration_unless_treaty" in now.warnings
    assert "registration_since_july_2026" not in now.conflicts
    before = ask(kb, "RU", "tourism", 60, Wish(arrival=date(2026, 6, 1), today=date(2026, 5, 1)))
    assert "residence_permit_for_longer_stay" not in before.warnings


def test_hong_kong_and_macao_stand_in_the_row_of_china(kb: KnowledgeBase) -> None:
    for country in ("HK", "MO"):
        advice = ask(kb, country, "tourism", 20)
        assert "passport_in_row_of_china" in [reason.id for reason in advice.path]
        assert "passport_on_evisa_list" not in [reason.id for reason in advice.path]
        assert advice.confidence is Confidence.LOW
    assert "passport_on_evisa_list" in [reason.id for reason in ask(kb, "KE", "tourism", 20).path]


def test_a_passport_that_an_authority_must_place_is_not_told_to_need_a_visa(kb: KnowledgeBase) -> None:
    for country in ("AW", "FO"):
        advice = ask(kb, country, "tourism", 10)
        assert "passport_in_hand_decides" in advice.warnings
        assert "passport_needs_a_visa" not in [reason.id for reason in advice.path]
        assert advice.confidence is Confidence.LOW


def test_what_we_do_not_know_is_never_sure(kb: KnowledgeBase) -> None:
    advice = ask(kb, "AL", "tourism", 10, Wish(arrival=date(2023, 4, 24), today=date(2023, 4, 1)))
    assert verdict(advice) == "ask_authority"
    assert advice.confidence is Confidence.MEDIUM


def test_self_employment_for_several_entries_rests_on_a_contract(kb: KnowledgeBase) -> None:
    single, multiple = (ask(kb, "KE", "self_employment", 60, wish) for wish in (PLAIN, TWICE))
    assert single.steps[0] == "prepare_petition"
    assert multiple.steps[0] == "prepare_contract"
    assert "invitation_number_or_petition" in single.documents
    assert "employment_contract_multiple" not in single.documents
    assert "invitation_number_or_petition" not in multiple.documents
    assert "employment_contract_multiple" in multiple.documents
    assert "contract_is_the_ground" in [reason.id for reason in multiple.path]
    assert "multiple_entry_on_contract" in multiple.warnings
    assert "multiple_entry_on_contract" not in single.warnings
    too_long_for_single = ask(kb, "KE", "self_employment", 91)
    assert too_long_for_single.steps[0] == "prepare_contract"


def test_remote_workers_show_their_income_in_figures(kb: KnowledgeBase) -> None:
    assert "bank_statements" in ask(kb, "KE", "remote_work", 60).documents
    figures = {name: int(value) for name, value in kb.documents["bank_statements"].figures}
    assert figures == {"usd_per_month": 3000, "months_shown": 6}


def test_who_is_spared_an_invitation_for_remote_work_is_disputed_by_one_country(kb: KnowledgeBase) -> None:
    spared, invited = (ask(kb, country, "remote_work", 60) for country in ("DE", "KE"))
    assert spared.needs_invitation is False
    assert "neo_nomad_countries" in spared.conflicts
    assert "neo_nomad_countries" not in invited.conflicts
    assert "neo_nomad_countries" not in ask(kb, "DE", "private", 60).conflicts


def test_the_limit_of_seychelles_is_disputed(kb: KnowledgeBase) -> None:
    advice = ask(kb, "SC", "tourism", 10)
    assert advice.windows == (Window(90, 180, disputed=True),)
    assert {"smaller_limit_advised", "sources_disagree"} <= set(advice.warnings)


def test_the_smaller_of_two_rolling_limits_stands_first(kb: KnowledgeBase) -> None:
    windows = ask(kb, "KR", "tourism", 10).windows
    assert windows == (Window(60, 180, disputed=True), Window(90, 180, disputed=True))


def test_confidence_is_that_of_the_weakest_fact(kb: KnowledgeBase) -> None:
    assert ask(kb, "IN", "tourism", 10).confidence is Confidence.HIGH
    assert ask(kb, "DE", "work", 10).confidence is Confidence.MEDIUM
    assert ask(kb, "AF", "tourism", 10).confidence is Confidence.LOW
    assert ask(kb, "HK", "tourism", 20).confidence is Confidence.LOW


def test_sources_start_with_the_text_the_verdict_rests_on(kb: KnowledgeBase) -> None:
    assert ask(kb, "IN", "tourism", 10).sources[0].id == "resolution_148"
    assert ask(kb, "IN", "tourism", 20).sources[0].id == "rules_2026"
    assert ask(kb, "PK", "business", 10).sources[0].id == "law_digest_2026"
    assert ask(kb, "KZ", "tourism", 10).sources


def test_papers_follow_passport_and_entries(kb: KnowledgeBase) -> None:
    assert "chamber_of_commerce_paper" in ask(kb, "PK", "business", 10).documents
    assert "chamber_of_commerce_paper" not in ask(kb, "KE", "business", 10).documents
    assert "contract_copy" in ask(kb, "KE", "business", 10, TWICE).documents
    assert "contract_copy" not in ask(kb, "KE", "business", 10, BY_LAND).documents
    assert "bank_statements" in ask(kb, "KE", "remote_work", 10).documents


def test_fees_are_those_of_the_way_advised(kb: KnowledgeBase) -> None:
    def rows(advice: Advice) -> list[str]:
        return [fee.id for fee in advice.fees]

    assert rows(ask(kb, "KE", "tourism", 10)) == ["consular_evisa", "evisa_2020_single", "duty_invitation"]
    assert rows(ask(kb, "KE", "tourism", 10, BY_LAND)) == ["consular_tourist", "duty_invitation"]
    assert rows(ask(kb, "KE", "study", 300)) == ["consular_multiple", "duty_invitation"]
    assert rows(ask(kb, "KE", "transit", 3)) == ["consular_transit"]
    assert rows(ask(kb, "DE", "tourism", 10)) == []


def test_a_duty_of_last_year_has_no_amount(kb: KnowledgeBase) -> None:
    now, later = (ask(kb, "KE", "tourism", 10, Wish(arrival=None, today=day)).fees[-1] for day in (TODAY, NEW_YEAR))
    assert now.amount is not None
    assert later.amount is None


def test_an_arrival_before_every_known_rule_is_not_judged(kb: KnowledgeBase) -> None:
    advice = ask(kb, "AL", "tourism", 10, Wish(arrival=date(2023, 4, 24), today=date(2023, 4, 1)))
    assert verdict(advice) == "ask_authority"
    assert [reason.id for reason in advice.path] == ["no_rule_for_that_day"]
    assert (
        verdict(ask(kb, "AL", "tourism", 10, Wish(arrival=date(2023, 4, 25), today=date(2023, 4, 1)))) == "visa_free 90"
    )
