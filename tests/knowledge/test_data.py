"""The facts of the product, compared with what their sources are known to say."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.categories import Entries, Issuer, StayPer
from knowledge.deadlines import CountedFrom, Direction
from knowledge.evisa import EvisaChange
from knowledge.facts import Confidence
from knowledge.fees import FeeStatus
from knowledge.language import Language
from knowledge.loader import load_knowledge
from knowledge.regimes import RegimeKind, Scope
from knowledge.statements import StatementStatus

_KB = load_knowledge()
_BRITISH_TERRITORIES = {"AI", "BM", "FK", "GI", "KY", "MS", "PN", "SH", "TC", "VG"}


class _Fact(Protocol):
    @property
    def sources(self) -> tuple[str, ...]: ...

    @property
    def confidence(self) -> Confidence: ...


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def _facts(kb: KnowledgeBase) -> Iterator[tuple[str, _Fact]]:
    for country, rules in kb.regimes.items():
        yield from ((f"regime {country}", rule) for rule in rules)
    tables: tuple[tuple[str, Iterable[_Fact]], ...] = (
        ("special rule", kb.special_rules.values()),
        ("difference", kb.evisa_differences),
        ("category", kb.categories.values()),
        ("fee", kb.fees.values()),
        ("mrp", kb.mrp.values()),
        ("document", kb.documents.values()),
        ("deadline", kb.deadlines.values()),
        ("contact", kb.contacts.values()),
        ("statement", (row for row in kb.statements.values() if row.status is StatementStatus.KNOWN)),
        ("penalty", kb.penalties.values()),
        ("refusal ground", kb.refusal_grounds.values()),
        ("invitation field", kb.invitation_fields.values()),
        ("invitation stage", kb.invitation_stages),
        ("fee exemption", kb.fee_exemptions.values()),
    )
    for name, facts in tables:
        yield from ((name, fact) for fact in facts)


def test_every_passport_has_a_regime(kb: KnowledgeBase) -> None:
    current = {country: rules[-1].kind for country, rules in kb.regimes.items()}

    assert len(current) == 215
    counted = {kind: sum(found is kind for found in current.values()) for kind in RegimeKind}
    assert counted == {
        RegimeKind.CITIZEN: 1,
        RegimeKind.VISA_FREE: 89,
        RegimeKind.EVISA: 97,
        RegimeKind.VISA: 28,
    }
    assert current["KZ"] is RegimeKind.CITIZEN


@pytest.mark.parametrize(
    ("country", "day", "days", "windows"),
    [
        ("TR", date(2025, 8, 24), 30, [(90, 180)]),
        ("TR", date(2025, 8, 25), 90, [(90, 180)]),
        ("CN", date(2023, 11, 9), 14, []),
        ("CN", date(2023, 11, 10), 30, [(90, 180)]),
        ("IN", date(2022, 7, 8), 14, [(42, 180)]),
        ("IR", date(2026, 12, 1), 14, [(42, 180)]),
        ("MO", date(2024, 10, 24), 14, []),
        ("MA", date(2025, 3, 19), 30, [(30, 180)]),
        ("SC", date(2024, 1, 6), 30, [(90, 180)]),
        ("AL", date(2023, 4, 25), 90, [(90, 365)]),
        ("KN", date(2026, 12, 1), 90, [(90, 365)]),
        ("RU", date(2026, 12, 1), 90, [(90, 180)]),
        ("UZ", date(2026, 12, 1), 30, [(90, 180)]),
        ("KR", date(2026, 12, 1), 30, [(90, 180), (60, 180)]),
        ("US", date(2026, 12, 1), 30, [(90, 180)]),
        ("GE", date(2026, 12, 1), 90, []),
        ("HK", date(2026, 12, 1), 14, []),
        ("NO", date(2026, 12, 1), 30, [(90, 180)]),
    ],
)
def test_visa_free_days(kb: KnowledgeBase, country: str, day: date, days: int, windows: list[tuple[int, int]]) -> None:
    (rule,) = [rule for rule in kb.regimes[country] if rule.validity.covers(day)]

    assert rule.kind is RegimeKind.VISA_FREE
    assert rule.days == days
    assert [(window.days, window.period) for window in rule.windows] == windows


@pytest.mark.parametrize(
    ("conflict", "countries"),
    [
        ("azerbaijan_stay", "AZ"),
        ("tajikistan_stay", "TJ"),
        ("korea_rolling_limit", "KR"),
        ("argentina_yearly_limit", "AR"),
        ("seychelles_rolling_limit", "SC"),
        ("cuba_visa_free", "CU"),
        ("pakistan_evisa", "PK"),
        ("evisa_named_under_china", "TW"),
        ("evisa_removed_2026", "BD GH NG"),
        ("dependency_on_evisa_list", "AW FO"),
        ("evisa_dataset_disagrees", "AF CD CV GQ IQ JO LY PS SB SD SO SS SY TL XK YE"),
    ],
)
def test_a_disputed_regime_names_its_conflict(kb: KnowledgeBase, conflict: str, countries: str) -> None:
    found = [country for country, rules in kb.regimes.items() if rules[-1].conflict == conflict]

    assert " ".join(found) == countries
    served = kb.conflicts[conflict].served
    assert served is None or served in {claim.id for claim in kb.conflicts[conflict].claims}


@pytest.mark.parametrize("country", ["GG", "JE", "IM", "GL"])
def test_territories_that_no_source_names_have_no_days(kb: KnowledgeBase, country: str) -> None:
    (rule,) = kb.regimes[country]

    assert (rule.kind, rule.days, rule.windows) == (RegimeKind.VISA_FREE, None, ())
    assert rule.confidence is Confidence.LOW
    assert rule.notes == ("territory_not_named",)


@pytest.mark.parametrize(
    ("country", "day"),
    [("MO", date(2024, 10, 23)), ("SC", date(2024, 1, 5)), ("AL", date(2023, 4, 24)), ("IN", date(2022, 7, 7))],
)
def test_before_an_agreement_no_rule_is_served(kb: KnowledgeBase, country: str, day: date) -> None:
    assert not [rule for rule in kb.regimes[country] if rule.validity.covers(day)]


def test_morocco_had_the_evisa_before_its_agreement(kb: KnowledgeBase) -> None:
    (rule,) = [rule for rule in kb.regimes["MA"] if rule.validity.covers(date(2025, 3, 18))]

    assert rule.kind is RegimeKind.EVISA


@settings(deadline=None)
@given(country=st.sampled_from(sorted(_KB.regimes)), day=st.dates())
def test_one_rule_at_most_holds_on_a_day(country: str, day: date) -> None:
    assert sum(rule.validity.covers(day) for rule in _KB.regimes[country]) <= 1


@settings(deadline=None)
@given(country=st.sampled_from(sorted(_KB.regimes)))
def test_rules_of_a_passport_neither_overlap_nor_leave_a_gap(country: str) -> None:
    rules = _KB.regimes[country]

    for earlier, later in pairwise(rules):
        assert earlier.validity.end is not None
        assert later.validity.start == earlier.validity.end + timedelta(days=1)
    assert rules[-1].validity.end is None


def test_only_marked_passports_have_no_source(kb: KnowledgeBase) -> None:
    unsourced = {country for country, rules in kb.regimes.items() if not all(rule.sources for rule in rules)}

    assert unsourced == _BRITISH_TERRITORIES
    assert all(kb.regimes[country][-1].notes == ("british_territory",) for country in unsourced)
    assert all(fact.sources for name, fact in _facts(kb) if name.split()[-1] not in unsourced)


def test_what_rests_on_the_order_of_2026_alone_is_medium_at_most(kb: KnowledgeBase) -> None:
    resting = [fact for _, fact in _facts(kb) if set(fact.sources) == {"rules_2026"}]

    assert len(resting) > 80
    assert Confidence.HIGH not in {fact.confidence for fact in resting}
    assert {category.confidence for category in kb.categories.values()} == {Confidence.MEDIUM}
    assert kb.petition_confidence is Confidence.MEDIUM


def test_the_list_of_2020_has_its_109_names_in_order(kb: KnowledgeBase) -> None:
    edition = kb.evisa_editions[0]
    names = {row.number: (row.country, row.name) for row in edition.rows}

    assert (edition.id, edition.as_of) == ("evisa-list-2020", date(2020, 9, 12))
    assert [row.number for row in edition.rows] == list(range(1, 110))
    assert len({row.country for row in edition.rows}) == 109
    assert names[1] == ("DZ", "People's Democratic Republic of Algeria")
    assert names[29] == ("HK", "Hong Kong Special Administrative Region")
    assert names[43] == ("KP", "Democratic People's Republic of Korea")
    assert names[46] == ("CG", "Republic of the Congo")
    assert names[48] == ("CI", "Republic of Côte d'Ivoire")
    assert names[57] == ("MO", "Macao Special Administrative Region (Aomyn)")
    assert names[68] == ("NR", "Republic of Nauru")
    assert names[87] == ("KN", "Federation of Saint Christopher and Nevis")
    assert names[109] == ("JM", "Jamaica")
    assert not {"CD", "PK", "AF", "IQ", "SY", "PS", "TW"} & {row.country for row in edition.rows}


def test_the_list_of_2026_has_105_rows(kb: KnowledgeBase) -> None:
    edition = kb.evisa_editions[1]

    assert (edition.id, edition.as_of) == ("evisa-list-2026", date(2026, 2, 5))
    assert len({row.country for row in edition.rows}) == len(edition.rows) == 105
    assert dict(edition.named_under) == {"HK": "CN", "MO": "CN", "TW": "CN"}
    assert edition.confidence is Confidence.MEDIUM
    assert edition.categories == ("A3", "A5", "B1", "B2", "B3", "B9-1", "B10", "B12", "C12")
    assert dict(edition.limited) == {"PK": "pk_b3"}


def test_removal_from_the_list_is_a_difference_and_not_a_flat_no(kb: KnowledgeBase) -> None:
    changes = {difference.change: difference for difference in kb.evisa_differences}

    assert changes[EvisaChange.REMOVED].countries == ("BD", "GH", "NG")
    assert changes[EvisaChange.ADDED].countries == ("PK",)
    assert changes[EvisaChange.NAMED_UNDER].countries == ("HK", "MO", "TW")
    for country in ("BD", "GH", "NG"):
        assert kb.regimes[country][-1].kind is RegimeKind.EVISA
        assert kb.regimes[country][-1].conflict == "evisa_removed_2026"
    assert kb.conflicts["evisa_removed_2026"].served is None


def test_pakistan_is_limited_to_b3_until_the_end_of_2026(kb: KnowledgeBase) -> None:
    rule = kb.special_rules["pk_b3"]

    assert (rule.scope, rule.countries, rule.categories) == (Scope.COUNTRIES, frozenset({"PK"}), ("B3",))
    assert rule.validity.covers(date(2026, 12, 31))
    assert not rule.validity.covers(date(2027, 1, 1))


def test_a_coarse_start_is_kept_as_the_source_gives_it(kb: KnowledgeBase) -> None:
    starts = {name: (rule.since, rule.validity.start) for name, rule in kb.special_rules.items()}

    assert starts["qazeta_pilot"] == ("2026-01", date(2026, 1, 1))
    assert starts["digital_nomad_b9_1"] == ("2025", date(2025, 1, 1))
    assert starts["transit"] == (None, date(2022, 7, 8))


def test_there_are_42_categories(kb: KnowledgeBase) -> None:
    codes = list(kb.categories)

    assert len(codes) == 42
    assert [code[0] for code in codes] == sorted(code[0] for code in codes)
    assert {code for code, category in kb.categories.items() if category.evisa} == set(kb.evisa_editions[-1].categories)
    long_issue = {code for code, category in kb.categories.items() if category.issue_calendar_days == 30}
    assert long_issue == {"A2", "A4", "C1"}
    assert all(category.issue_working_days == 5 for code, category in kb.categories.items() if code not in long_issue)


def test_airports_issue_18_categories(kb: KnowledgeBase) -> None:
    issued = {code for code, category in kb.categories.items() if Issuer.AIRPORT in category.issuers}
    codes = {f"A{number}" for number in range(1, 6)} | {"C3", "C8", "C9", "C12"}
    codes |= {"B1", "B2", "B3", "B5", "B7", "B10", "B11", "B12", "B13"}

    assert issued == codes


@pytest.mark.parametrize(
    ("code", "entries", "validity", "stay", "per"),
    [
        ("B12", Entries.SINGLE, 90, 30, StayPer.VISA),
        ("B12", Entries.MULTIPLE, 90, 30, StayPer.ENTRY),
        ("B3", Entries.SINGLE, 90, 30, StayPer.VISA),
        ("B13", Entries.SINGLE, 90, 5, StayPer.DIRECTION),
        ("B2", Entries.MULTIPLE, 180, 90, StayPer.UNSETTLED),
        ("A6", Entries.MULTIPLE, 3650, 3650, StayPer.VISA),
        ("C12", Entries.SINGLE, 180, 90, StayPer.VISA),
    ],
)
def test_variants(kb: KnowledgeBase, code: str, entries: Entries, validity: int, stay: int, per: StayPer) -> None:
    variants = [variant for variant in kb.categories[code].variants if variant.entries is entries]

    assert (validity, stay, per) in [(v.max_validity_days, v.max_stay_days, v.stay_per) for v in variants]


def test_49_countries_may_apply_on_their_own_petition(kb: KnowledgeBase) -> None:
    assert len(kb.petition_countries) == 49
    assert {"US", "JO", "ME"} <= kb.petition_countries
    assert kb.petition_categories == {
        ("A3", "single"),
        ("B1", "single"),
        ("B3", "single"),
        ("B10", "single"),
        ("B12", "single"),
        ("B12-1", "multiple"),
    }
    for code, _ in kb.petition_categories:
        assert "own_petition" in kb.categories[code].without_invitation


def test_duties_follow_the_index_of_their_year(kb: KnowledgeBase) -> None:
    amounts = {name: fee.amount for name, fee in kb.fees.items() if name.startswith("duty_")}

    assert amounts == {
        "duty_invitation": Decimal("2162.5"),
        "duty_exit": Decimal("2162.5"),
        "duty_single": Decimal(30275),
        "duty_multiple": Decimal(129750),
        "duty_residence": Decimal(17300),
    }
    next_year = kb.fees["duty_single"].on(date(2027, 1, 1))
    assert (next_year.amount, next_year.status, next_year.confidence) == (None, FeeStatus.UNKNOWN, Confidence.LOW)


def test_dated_and_unknown_fees_say_so(kb: KnowledgeBase) -> None:
    dated = {name: (fee.amount, fee.conflict) for name, fee in kb.fees.items() if fee.status is FeeStatus.DATED}

    assert dated == {
        "evisa_2020_single": (Decimal(60), False),
        "evisa_2020_multiple": (Decimal(90), True),
        "evisa_2020_long": (Decimal(160), True),
    }
    assert {fee.as_of for fee in kb.fees.values() if fee.status is FeeStatus.DATED} == {"2020-09-12"}
    consular = [fee for name, fee in kb.fees.items() if name.startswith("consular_")]
    assert {(fee.amount, fee.currency, fee.status) for fee in consular} == {(None, None, FeeStatus.UNKNOWN)}
    assert not [name for name in kb.fees if "urgen" in name]


def test_deadlines(kb: KnowledgeBase) -> None:
    terms = {
        name: (rule.working_days, rule.calendar_days, rule.months, rule.hours) for name, rule in kb.deadlines.items()
    }

    assert terms["invite_before_entry"] == (5, None, None, None)
    assert terms["evisa_issue"] == (1, None, None, None)
    assert terms["visa_issue_long"] == (None, 30, None, None)
    assert terms["passport_valid_after_visa"] == (None, None, 3, None)
    assert terms["qazeta"] == (None, None, None, 72)
    notice = kb.deadlines["notify_arrival"]
    assert (notice.working_days, notice.counted_from, notice.direction) == (3, CountedFrom.ARRIVAL, Direction.AFTER)
    assert notice.counts_first_day
    assert notice.conflict == "arrival_count"


def test_registration_starts_in_july_2026(kb: KnowledgeBase) -> None:
    rule = kb.deadlines["registration_90_day_stay"]

    assert rule.calendar_days == 30
    assert not rule.validity.covers(date(2026, 6, 30))
    assert rule.validity.covers(date(2026, 7, 1))


def test_papers_of_a_visa(kb: KnowledgeBase) -> None:
    assert kb.general_documents == (
        "application_form",
        "photo",
        "invitation_number_or_petition",
        "passport",
        "fee_receipt",
    )
    assert dict(kb.documents["photo"].figures) == {"width_cm": Decimal("3.5"), "height_cm": Decimal("4.5")}
    assert dict(kb.documents["passport"].figures) == {"blank_pages": Decimal(2)}
    assert not kb.documents["contract_copy"].is_asked("PK", Entries.SINGLE)
    assert kb.documents["contract_copy"].is_asked("PK", Entries.MULTIPLE)
    assert kb.documents["chamber_of_commerce_paper"].is_asked("PK", Entries.SINGLE)
    assert not kb.documents["chamber_of_commerce_paper"].is_asked("IN", Entries.SINGLE)


def test_the_union_is_a_group(kb: KnowledgeBase) -> None:
    assert kb.groups["eaeu"].countries == {"RU", "BY", "AM", "KG"}


def test_a_document_has_one_source_id(kb: KnowledgeBase) -> None:
    for one, other in combinations(kb.sources.values(), 2):
        for language in Language:
            told = [(source.title_in(language), source.publisher) for source in (one, other)]
            assert told[0] != told[1]
        assert one.url is None or one.url != other.url


def test_contacts_are_those_of_the_state(kb: KnowledgeBase) -> None:
    assert kb.contacts["contact_centre_short"].value == "1414"
    assert kb.contacts["contact_centre"].value == "8 800 080 7777"
    assert kb.contacts["portal"].value == "https://www.vmp.gov.kz"


def test_how_the_project_began_is_nowhere_in_the_data() -> None:
    for folder in ("data", "schemas"):
        for path in (files("knowledge") / folder).iterdir():
            if path.name.endswith((".yaml", ".json")):
                assert "seed" not in path.read_text(encoding="utf-8").lower(), path.name
