"""Every trip has one sound advice.

The full product of passports, purposes, lengths, entries, borders and days is too large to walk in seconds, so it is
covered three ways: every passport at its own limits; one passport of each kind over the full inner product; and
Hypothesis over the whole product.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.policy import UnknownCountryError, advise
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip
from tests.knowledge.policy.invariants import CATEGORIES, broken_rules

TODAY = date(2026, 11, 22)
ARRIVAL = date(2026, 12, 10)
LENGTHS = (1, 5, 6, 14, 15, 29, 30, 31, 42, 60, 61, 89, 90, 91, 120, 121, 180, 181, 365, 366, 1095, 1096)
DAY = timedelta(days=1)


def unsound(kb: KnowledgeBase, trips: Iterable[tuple[Trip, date]]) -> list[str]:
    return [
        f"{trip} on {today}: {rule}"
        for trip, today in trips
        for rule in broken_rules(kb, trip, today, advise(kb, trip, today))
    ]


def kinds(kb: KnowledgeBase) -> list[str]:
    """One passport for each way in which the facts can differ, apart from names and sources."""
    seen: dict[object, str] = {}
    for country, regimes in sorted(kb.regimes.items()):
        rules = tuple(
            (rule.kind, rule.days, rule.windows, rule.confidence, rule.conflict, bool(rule.sources), rule.validity)
            for rule in regimes
        )
        listed = tuple(edition.names(country) for edition in kb.evisa_editions)
        groups = tuple(sorted(name for name, members in kb.groups.items() if country in members))
        special = tuple(sorted(name for name, rule in kb.special_rules.items() if country in rule.countries))
        seen.setdefault((rules, listed, groups, special, country in kb.petition_countries), country)
    return list(seen.values())


def test_the_covering_set_is_neither_empty_nor_everything(kb: KnowledgeBase) -> None:
    assert 20 <= len(kinds(kb)) <= 70
    assert len(kb.regimes) == 215


def test_every_passport_and_purpose_at_its_limits(kb: KnowledgeBase) -> None:
    def trips() -> Iterator[tuple[Trip, date]]:
        for country, regimes in kb.regimes.items():
            limits = {
                1,
                30,
                31,
                *(rule.days for rule in regimes if rule.days),
                *(n + 1 for r in regimes if (n := r.days)),
            }
            for purpose, days in product(Purpose, sorted(limits)):
                yield Trip(country, purpose, days, ARRIVAL), TODAY

    assert unsound(kb, trips()) == []


def test_every_kind_of_passport_over_all_lengths_entries_and_borders(kb: KnowledgeBase) -> None:
    inner = list(product(Purpose, LENGTHS, Entries, Border))
    trips = (
        (Trip(country, purpose, days, ARRIVAL, entries, border), TODAY)
        for country in kinds(kb)
        for purpose, days, entries, border in inner
    )
    assert unsound(kb, trips) == []


def test_every_passport_around_every_dated_rule(kb: KnowledgeBase) -> None:
    turns = {rule.validity.start for rules in kb.regimes.values() for rule in rules} | {
        rule.validity.end for rule in kb.special_rules.values()
    }
    days = sorted({turn + step for turn in turns if turn is not None for step in (-DAY, timedelta(), DAY)})
    assert date(2027, 1, 1) in days

    def trips() -> Iterator[tuple[Trip, date]]:
        for country in kinds(kb):
            for purpose, arrival in product((Purpose.TOURISM, Purpose.BUSINESS, Purpose.WORK), days):
                yield Trip(country, purpose, 20, arrival), TODAY
                yield Trip(country, purpose, 20, arrival), arrival
                yield Trip(country, purpose, 20), arrival

    assert unsound(kb, trips()) == []


def test_official_passports_are_left_to_an_authority(kb: KnowledgeBase) -> None:
    trips = [
        (Trip(country, purpose, 10, ARRIVAL, passport=passport), TODAY)
        for country, purpose, passport in product(kinds(kb), Purpose, (PassportType.SERVICE, PassportType.DIPLOMATIC))
    ]
    assert unsound(kb, trips) == []
    outcomes = {(trip.citizenship == "KZ", advise(kb, trip, today).outcome.value) for trip, today in trips}
    assert outcomes == {(True, "citizen"), (False, "ask_authority")}


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(
    passport=st.integers(0, 214),
    trip=st.builds(
        Trip,
        citizenship=st.just("KZ"),
        purpose=st.sampled_from(Purpose),
        days=st.integers(1, 4000),
        arrival=st.none() | st.dates(date(2015, 1, 1), date(2040, 12, 31)),
        entries=st.sampled_from(Entries),
        border=st.sampled_from(Border),
        passport=st.sampled_from(PassportType),
    ),
    today=st.dates(date(2015, 1, 1), date(2040, 12, 31)),
)
def test_any_trip_on_any_day(kb: KnowledgeBase, passport: int, trip: Trip, today: date) -> None:
    trip = replace(trip, citizenship=sorted(kb.regimes)[passport])
    assert broken_rules(kb, trip, today, advise(kb, trip, today)) == []


@pytest.mark.parametrize("arrival", [date.min, date.min + 2 * DAY, date.max - 2 * DAY, date.max, None])
@pytest.mark.parametrize("days", [1, 10**12])
def test_days_at_the_end_of_time_are_left_out_not_raised(kb: KnowledgeBase, arrival: date | None, days: int) -> None:
    for country, purpose in product(kinds(kb), Purpose):
        advice = advise(kb, Trip(country, purpose, days, arrival), arrival or date.max)
        assert advice.path
        assert advice.sources


def test_a_purpose_has_one_category(kb: KnowledgeBase) -> None:
    assert set(CATEGORIES) == set(Purpose)
    assert set(CATEGORIES.values()) <= set(kb.categories)


@pytest.mark.parametrize("days", [0, -3])
def test_a_trip_of_no_days_is_refused_with_its_value(days: int) -> None:
    with pytest.raises(ValueError, match=str(days)):
        Trip("IN", Purpose.TOURISM, days)


def test_an_unknown_country_is_named_in_the_error(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownCountryError, match=r"'ZZ'.*give a code"):
        advise(kb, Trip("ZZ", Purpose.TOURISM, 5), TODAY)
