"""Passport → e-visa, by every edition of the list."""

from datetime import date

import pytest

from knowledge.advice import Outcome
from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaVerdict
from knowledge.facts import Confidence
from knowledge.policy import UnknownCountryError, advise, check_evisa
from knowledge.policy.case import regime_on
from knowledge.policy.way_in import way_in
from knowledge.regimes import RegimeKind
from knowledge.trip import Purpose, Trip

TODAY = date(2026, 11, 22)
ALL = ("A3", "A5", "B1", "B2", "B3", "B10", "B12", "C12")


@pytest.mark.parametrize(
    ("country", "verdict", "in_2020", "in_2026", "visa_free_days", "categories"),
    [
        ("KE", "yes", True, True, None, ALL),
        ("IN", "yes", True, True, 14, ALL),
        ("HK", "yes", True, True, 14, ALL),
        ("MO", "yes", True, True, 14, ALL),
        ("CU", "yes", True, True, None, ALL),
        ("AW", "yes", True, True, None, ALL),
        ("BD", "differs", True, False, None, ()),
        ("GH", "differs", True, False, None, ()),
        ("NG", "differs", True, False, None, ()),
        ("TW", "differs", False, True, None, ()),
        ("PK", "limited", False, True, None, ("B3",)),
        ("DE", "no", False, False, 30, ()),
        ("TR", "no", False, False, 90, ()),
        ("AZ", "no", False, False, 30, ()),
        ("RU", "no", False, False, 90, ()),
        ("AF", "no", False, False, None, ()),
        ("AI", "no", False, False, None, ()),
        ("GG", "no", False, False, None, ()),
        ("KZ", "no", False, False, None, ()),
    ],
)
def test_verdict_by_passport(
    kb: KnowledgeBase,
    country: str,
    verdict: str,
    in_2020: bool,
    in_2026: bool,
    visa_free_days: int | None,
    categories: tuple[str, ...],
) -> None:
    check = check_evisa(kb, country, TODAY)
    assert check.verdict.value == verdict
    assert check.listed == (("evisa-list-2020", in_2020), ("evisa-list-2026", in_2026))
    assert (check.visa_free.days if check.visa_free is not None else None) == visa_free_days
    assert check.categories == categories
    assert check.citizen is (country == "KZ")


def test_every_passport_has_a_sound_check(kb: KnowledgeBase) -> None:
    verdicts: dict[EvisaVerdict, int] = dict.fromkeys(EvisaVerdict, 0)
    for country, regimes in kb.regimes.items():
        check = check_evisa(kb, country, TODAY)
        verdicts[check.verdict] += 1
        assert check.sources
        assert len({source.id for source in check.sources}) == len(check.sources)
        assert (check.visa_free is not None) <= (regimes[-1].kind is RegimeKind.VISA_FREE)
        assert bool(check.conditions) == bool(check.fees) == (check.verdict is not EvisaVerdict.NO)
        assert "B9-1" not in check.categories
        assert (check.confidence is Confidence.LOW) == ("low_confidence" in check.warnings)
        # Rows of the old fee table that the rules in force do not know are told, but cast no doubt on the e-visa.
        assert bool(set(check.conflicts) - {"evisa_entries"}) == ("sources_disagree" in check.warnings)
        if check.verdict is not EvisaVerdict.NO:
            assert check.confidence is not Confidence.HIGH
    assert verdicts == {
        EvisaVerdict.YES: 106,
        EvisaVerdict.NO: 104,
        EvisaVerdict.DIFFERS: 4,
        EvisaVerdict.LIMITED: 1,
        EvisaVerdict.UNKNOWN: 0,
    }


@pytest.mark.parametrize(
    ("country", "today", "verdict", "listed"),
    [
        ("IN", date(1990, 1, 1), "unknown", {}),
        ("IN", date(2020, 9, 11), "unknown", {}),
        ("IN", date(2020, 9, 12), "yes", {"evisa-list-2020": True}),
        ("IN", date(2021, 1, 1), "yes", {"evisa-list-2020": True}),
        ("IN", date(2026, 2, 4), "yes", {"evisa-list-2020": True}),
        ("IN", date(2026, 2, 5), "yes", {"evisa-list-2020": True, "evisa-list-2026": True}),
        ("BD", date(2021, 1, 1), "yes", {"evisa-list-2020": True}),
        ("BD", date(2026, 2, 5), "differs", {"evisa-list-2020": True, "evisa-list-2026": False}),
        ("TW", date(2021, 1, 1), "no", {"evisa-list-2020": False}),
        ("PK", date(2021, 1, 1), "no", {"evisa-list-2020": False}),
        ("PK", date(2026, 2, 5), "limited", {"evisa-list-2020": False, "evisa-list-2026": True}),
    ],
)
def test_a_list_that_is_later_than_the_day_says_nothing(
    kb: KnowledgeBase, country: str, today: date, verdict: str, listed: dict[str, bool]
) -> None:
    check = check_evisa(kb, country, today)
    assert (check.verdict.value, dict(check.listed)) == (verdict, listed)
    # What the list of 2026 brought is not told of the years before it.
    if "evisa-list-2026" not in listed:
        assert check.categories == ()
        assert check.limit is None
        assert not {"evisa_b9_1_disputed", "evisa_editions_differ", "evisa_rule_has_ended"} & set(check.warnings)
        assert set(check.conflicts) <= {"evisa_entries"}
        assert check.sources[0].id == "embassy_evisa_2020"


@pytest.mark.parametrize("country", ["KE", "PK", "RU", "AW"])
def test_before_the_first_list_nothing_is_promised(kb: KnowledgeBase, country: str) -> None:
    day = date(2020, 9, 11)
    check = check_evisa(kb, country, day)
    assert (check.conditions, check.fees, check.categories) == ((), (), ())
    assert "no_evisa_list_for_that_day" in check.warnings
    assert check.confidence is Confidence.LOW
    outcome = way_in(check, regime_on(kb, country, day))
    assert outcome is (Outcome.VISA_FREE if country == "RU" else Outcome.ASK_AUTHORITY)


@pytest.mark.parametrize(
    ("today", "arrival", "outcome"),
    [
        (date(1990, 1, 1), None, Outcome.ASK_AUTHORITY),
        (date(2020, 9, 1), date(2020, 10, 1), Outcome.ASK_AUTHORITY),
        (TODAY, date(2020, 9, 11), Outcome.ASK_AUTHORITY),
        (date(2020, 9, 12), None, Outcome.EVISA),
        (TODAY, date(2026, 12, 10), Outcome.EVISA),
    ],
)
def test_an_advice_does_not_reach_back_behind_the_lists(
    kb: KnowledgeBase, today: date, arrival: date | None, outcome: Outcome
) -> None:
    advice = advise(kb, Trip("KE", Purpose.TOURISM, 10, arrival), today)
    reasons = {reason.id: dict(reason.values) for reason in advice.path}
    assert advice.outcome is outcome
    assert ("no_evisa_list_for_that_day" in reasons) is (outcome is Outcome.ASK_AUTHORITY)
    if outcome is Outcome.ASK_AUTHORITY:
        first = min(today, arrival or today)
        assert reasons["no_evisa_list_for_that_day"] == {"date": first.isoformat(), "edition": "2020-09-12"}


@pytest.mark.parametrize(
    ("today", "verdict", "warning"),
    [
        (date(2026, 10, 31), "limited", None),
        (date(2026, 11, 1), "limited", "evisa_rule_ends_soon"),
        (date(2026, 12, 31), "limited", "evisa_rule_ends_soon"),
        (date(2027, 1, 1), "no", "evisa_rule_has_ended"),
    ],
)
def test_the_rule_for_pakistan_ends(kb: KnowledgeBase, today: date, verdict: str, warning: str | None) -> None:
    check = check_evisa(kb, "PK", today)
    assert check.verdict.value == verdict
    about_the_end = {"evisa_rule_ends_soon", "evisa_rule_has_ended"} & set(check.warnings)
    assert about_the_end == ({warning} if warning else set())
    assert (check.limit is not None) == (verdict == "limited")


def test_old_fees_are_told_with_their_day_and_their_conflict(kb: KnowledgeBase) -> None:
    rows = [(fee.id, fee.status.value, fee.conflict) for fee in check_evisa(kb, "KE", TODAY).fees]
    assert rows == [
        ("consular_evisa", "unknown", False),
        ("evisa_2020_single", "dated", False),
        ("evisa_2020_multiple", "dated", True),
        ("evisa_2020_long", "dated", True),
    ]


def test_rows_that_no_rule_knows_are_told_as_a_dispute(kb: KnowledgeBase) -> None:
    assert "evisa_entries" in check_evisa(kb, "KE", TODAY).conflicts
    pakistan = check_evisa(kb, "PK", TODAY)
    assert [fee.id for fee in pakistan.fees] == ["consular_evisa", "evisa_2020_single"]
    assert "evisa_entries" not in pakistan.conflicts
    assert "evisa_entries" not in check_evisa(kb, "AF", TODAY).conflicts


@pytest.mark.parametrize("country", ["HK", "MO"])
def test_a_passport_in_the_row_of_china_is_not_surely_listed(kb: KnowledgeBase, country: str) -> None:
    check = check_evisa(kb, country, TODAY)
    assert check.verdict is EvisaVerdict.YES
    assert check.confidence is Confidence.LOW
    assert "evisa_named_under_china" in check.conflicts


@pytest.mark.parametrize("country", ["AW", "FO"])
def test_a_listed_territory_stays_listed_with_doubt(kb: KnowledgeBase, country: str) -> None:
    check = check_evisa(kb, country, TODAY)
    assert check.verdict is EvisaVerdict.YES
    assert check.confidence is Confidence.LOW
    assert "passport_in_hand_decides" in check.warnings


def test_a_listed_passport_that_needs_no_visa_is_told_so(kb: KnowledgeBase) -> None:
    assert "visa_free_no_evisa_needed" in check_evisa(kb, "IN", TODAY).warnings
    assert "visa_free_no_evisa_needed" not in check_evisa(kb, "KE", TODAY).warnings
    assert "visa_free_no_evisa_needed" not in check_evisa(kb, "GG", TODAY).warnings
    assert "passport_in_hand_decides" in check_evisa(kb, "FO", TODAY).warnings


def test_an_unknown_country_is_named(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownCountryError, match="ZZ"):
        check_evisa(kb, "ZZ", TODAY)
