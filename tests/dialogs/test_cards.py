"""Cards tell the verdict first, what is unknown as unknown, and fit into one message."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.cards import advice_card, evisa_card
from dialogs.cards.parts import condition_text, deadline_text, fee_lines, note_text
from dialogs.cards.room import LONGEST_CARD, fitted, length
from dialogs.engine import World
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.says import Bold, Folded, Heading, Link, Paragraph, Say, ShareText
from knowledge.evisa import EvisaVerdict
from knowledge.language import Language
from knowledge.policy import advise, check_evisa
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

ARRIVAL = date(2026, 12, 10)


def voice(world: World, language: Language = Language.EN) -> Voice:
    return Voice(world.texts, language)


def card(trip: Trip, world: World) -> Say:
    return advice_card(advise(world.knowledge, trip, world.today), trip, world.knowledge, voice(world), 3)


@pytest.mark.parametrize(
    ("trip", "verdict"),
    [
        (Trip("KZ", Purpose.PRIVATE, 5), "You need no visa: you are a citizen of Kazakhstan."),
        (Trip("DE", Purpose.TOURISM, 10, ARRIVAL), "You need no visa for this trip to Kazakhstan."),
        (Trip("EG", Purpose.TOURISM, 10, ARRIVAL), "You need a visa, and you can get it online as an e-visa."),
        (
            Trip("EG", Purpose.TOURISM, 10, border=Border.LAND),
            "You need a visa from an embassy or consulate of Kazakhstan.",
        ),
        (Trip("AF", Purpose.TOURISM, 10), "You need a visa from an embassy or consulate of Kazakhstan."),
        (
            Trip("DE", Purpose.TOURISM, 10, passport=PassportType.DIPLOMATIC),
            "I cannot give you a sure answer. Ask the official services before you travel.",
        ),
    ],
)
def test_the_verdict_comes_first(trip: Trip, verdict: str, world: World) -> None:
    assert card(trip, world).blocks[0] == Heading(verdict)


def test_an_advice_names_its_sources_and_says_what_it_is_not(world: World) -> None:
    say = card(Trip("EG", Purpose.TOURISM, 10, ARRIVAL), world)
    told = to_plain(say)
    assert "This is not official advice." in told
    assert "the current amount is not known to us" in told
    sources = say.blocks[-1]
    assert isinstance(sources, Folded)
    assert len(sources.lines) >= 3


@pytest.mark.parametrize(
    ("language", "law", "news"),
    [
        (Language.KK, "2012 жылғы 21 қаңтардағы № 148 қаулысы", "Қытаймен визасыз режим 2023 жылғы 10 қарашадан"),
        (Language.RU, "№ 148 от 21 января 2012 года", "безвизовый режим с Китаем в силе с 10 ноября 2023 года"),
        (Language.EN, "No. 148 of 21 January 2012", "visa exemption with China in force since 10 November 2023"),
    ],
)
def test_sources_are_named_in_the_language_of_the_reader(language: Language, law: str, news: str, world: World) -> None:
    trip = Trip("CN", Purpose.TOURISM, 10, ARRIVAL)
    advice = advise(world.knowledge, trip, world.today)
    told = to_plain(advice_card(advice, trip, world.knowledge, voice(world, language)))
    assert law in told
    assert news in told


@pytest.mark.parametrize("country", ["AW", "FO"])
def test_the_visa_free_kingdom_is_told_once_as_advice_and_once_as_dispute(country: str, world: World) -> None:
    says = [evisa_card(check_evisa(world.knowledge, country, world.today), world.knowledge, voice(world))]
    says += [card(Trip(country, Purpose.TOURISM, days), world) for days in (10, 300)]
    says.append(card(Trip(country, Purpose.TOURISM, 10, passport=PassportType.DIPLOMATIC), world))
    told = [to_plain(say).count("kingdom") for say in says]
    assert told == [2, 2, 2, 1]


@pytest.mark.parametrize("language", Language)
def test_a_category_stands_before_a_dash(language: Language, world: World) -> None:
    trip = Trip("EG", Purpose.TOURISM, 10, ARRIVAL)
    spoken = voice(world, language)
    row = f"B12 – {spoken.text('category.B12')}"
    advice = advise(world.knowledge, trip, world.today)
    assert f"{spoken.text('card.category')}: {row}" in to_plain(advice_card(advice, trip, world.knowledge, spoken))
    check = check_evisa(world.knowledge, "EG", world.today)
    assert row in to_plain(evisa_card(check, world.knowledge, spoken))


def test_only_official_addresses_become_links(world: World) -> None:
    for country in ("DE", "IN", "RU", "HK", "CU"):
        sources = card(Trip(country, Purpose.TOURISM, 10, ARRIVAL), world).blocks[-1]
        assert isinstance(sources, Folded)
        links = [span for line in sources.lines for span in line if isinstance(span, Link)]
        assert links
        assert all(".kz/" in link.url for link in links)


def test_no_dates_are_promised_without_an_arrival(world: World) -> None:
    assert "By when" not in to_plain(card(Trip("EG", Purpose.TOURISM, 10), world))
    assert "By when" in to_plain(card(Trip("EG", Purpose.TOURISM, 10, ARRIVAL), world))


@pytest.mark.parametrize("country", ["DE", "IN", "EG", "HK", "CU", "KR", "AF", "GI", "RU"])
@pytest.mark.parametrize("purpose", [Purpose.TOURISM, Purpose.WORK, Purpose.PRIVATE])
def test_nothing_a_traveller_must_know_is_left_out(country: str, purpose: Purpose, world: World) -> None:
    trip = Trip(country, purpose, 40, ARRIVAL)
    advice = advise(world.knowledge, trip, world.today)
    told = to_plain(advice_card(advice, trip, world.knowledge, voice(world)))
    ids = [f"warning.{name}" for name in advice.warnings] + [f"conflict.{name}" for name in advice.conflicts]
    ids += [f"step.{name}" for name in advice.steps]
    ids += [f"alternative.{way.condition}" for way in advice.alternatives] + [f"fee.{fee.id}" for fee in advice.fees]
    for key in ids:
        assert voice(world).text(key) in told
    for deadline in advice.deadlines:
        assert voice(world).date(deadline.date) in told
        if not deadline.what.startswith("decision_"):  # its two days share a line
            assert f"{deadline_text(deadline, voice(world))}: {voice(world).date(deadline.date)}" in told
    for note in advice.notes:
        assert note_text(note, world.knowledge, voice(world)) in told
    check = check_evisa(world.knowledge, country, world.today)
    told = to_plain(evisa_card(check, world.knowledge, voice(world)))
    ids = [f"warning.{name}" for name in check.warnings] + [f"conflict.{name}" for name in check.conflicts]
    for key in ids:
        assert voice(world).text(key) in told
    for name in check.conditions:
        assert condition_text(name, world.knowledge, voice(world)) in told


@pytest.mark.parametrize("language", Language)
def test_a_fee_that_no_rule_knows_is_no_price(language: Language, world: World) -> None:
    spoken = voice(world, language)
    for fee in check_evisa(world.knowledge, "EG", world.today).fees:
        (line,) = fee_lines((fee,), spoken)
        is_price = any(isinstance(span, Bold) for span in line)
        assert is_price is (fee.amount is not None and not fee.conflict)
        changed_only = spoken.text("fee_status.dated", date=spoken.dated(fee.as_of or "2020")) in line
        assert changed_only is is_price


def test_disputed_limits_and_estimated_days_are_said(world: World) -> None:
    advice = advise(world.knowledge, Trip("DE", Purpose.TOURISM, 10, ARRIVAL), world.today)
    windows = tuple(replace(window, disputed=True) for window in advice.windows)
    deadlines = tuple(replace(deadline, estimated=True) for deadline in advice.deadlines)
    assert windows
    assert deadlines
    changed = replace(advice, windows=windows, deadlines=deadlines)
    told = to_plain(advice_card(changed, Trip("DE", Purpose.TOURISM, 10, ARRIVAL), world.knowledge, voice(world)))
    assert "(sources differ)" in told
    assert "(estimate: the holidays of that year are not final)" in told


def test_an_evisa_that_was_open_for_a_time_is_not_called_listed(world: World) -> None:
    later = date(2027, 1, 5)
    told = to_plain(evisa_card(check_evisa(world.knowledge, "PK", later), world.knowledge, voice(world)))
    assert told.startswith("The e-visa for this passport was open until a certain day, and that day has passed.")
    assert "on the list for B3 only, until 31 December 2026" in told
    assert "is on the list" not in told


@pytest.mark.parametrize("language", Language)
def test_a_list_of_later_days_is_not_told(language: Language, world: World) -> None:
    kb, spoken = world.knowledge, voice(world, language)
    before = to_plain(evisa_card(check_evisa(kb, "PK", date(1990, 1, 1)), kb, spoken))
    assert before.startswith(spoken.text("evisa_verdict.unknown"))
    assert spoken.text("warning.no_evisa_list_for_that_day") in before
    between = to_plain(evisa_card(check_evisa(kb, "PK", date(2021, 1, 1)), kb, spoken))
    assert between.startswith(spoken.text("evisa_verdict.no"))
    assert spoken.text("card.evisa_list", date=spoken.date(date(2020, 9, 12))) in between
    for told in (before, between):
        assert spoken.text("card.evisa_list", date=spoken.date(date(2026, 2, 5))) not in told


def test_an_open_question_names_those_who_can_answer(world: World) -> None:
    told = to_plain(card(Trip("AI", Purpose.TOURISM, 10, ARRIVAL), world))
    assert "1414" in told
    assert "vmp.gov.kz" in told
    assert "1414" not in to_plain(card(Trip("EG", Purpose.TOURISM, 10, ARRIVAL), world))


def test_what_is_shared_tells_nothing_of_the_person(world: World) -> None:
    say = card(Trip("EG", Purpose.MEDICAL, 10, ARRIVAL, Entries.MULTIPLE), world)
    shared = [button.action for row in say.buttons for button in row if isinstance(button.action, ShareText)]
    assert [text.start for text in shared] == ["visa"]
    assert "Egypt" not in shared[0].text


@pytest.mark.parametrize(
    ("country", "verdict", "heading"),
    [
        ("EG", EvisaVerdict.YES, "This passport can get an e-visa for Kazakhstan."),
        ("IQ", EvisaVerdict.NO, "This passport is not on the e-visa list of Kazakhstan."),
        ("GH", EvisaVerdict.DIFFERS, "The lists disagree about this passport."),
        (
            "PK",
            EvisaVerdict.LIMITED,
            "This passport can get an e-visa for one category only, and only until a certain day.",
        ),
        ("KZ", EvisaVerdict.NO, "Citizens of Kazakhstan need no visa."),
    ],
)
def test_evisa_verdicts(country: str, verdict: EvisaVerdict, heading: str, world: World) -> None:
    check = check_evisa(world.knowledge, country, world.today)
    assert check.verdict is verdict
    first = evisa_card(check, world.knowledge, voice(world)).blocks[0]
    assert isinstance(first, Heading)
    assert first.text.startswith(heading)


def test_folded_lists_give_way_and_the_message_does_not(world: World) -> None:
    blocks = (Heading("Verdict"), Paragraph(("x" * 3000,)))
    why = Folded("Why", tuple((f"reason {n} " + "y" * 60,) for n in range(5)))
    sources = Folded("Sources", tuple((Link(f"{n} " + "z" * 200, "https://zan.gov.kz/"), " – 2026") for n in range(9)))
    shown = fitted(blocks, (why,), sources, voice(world))
    assert shown[:2] == blocks
    assert sum(length(block) for block in shown) <= LONGEST_CARD
    last = shown[-1]
    assert isinstance(last, Folded)
    assert len(last.lines) >= 4
    assert last.lines[-1] == (f"Other sources: {9 - (len(last.lines) - 1)}",)
    full = fitted((Heading("Verdict"),), (why,), sources, voice(world))
    assert why in full
    assert len(full[-1].lines if isinstance(full[-1], Folded) else ()) == 9
    assert fitted(blocks, (why,), sources, voice(world), whole=True) == (*blocks, why, sources)
