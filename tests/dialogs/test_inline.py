"""Cards for any chat: what a few typed letters find, in which language, and what never appears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.deeplink import read_deep_link
from dialogs.engine import World
from dialogs.inline import LONGEST_DESCRIPTION, MOST_CARDS, InlineCard, first_topics, inline_cards
from dialogs.plain import to_plain
from dialogs.says import OpenAssistant
from knowledge.answer import AnswerStatus
from knowledge.language import Language

AFTER_PAKISTAN = date(2027, 1, 5)
KK, RU, EN = Language.KK, Language.RU, Language.EN


def ids(query: str, world: World, own: Language = EN) -> list[str]:
    return [card.id for card in inline_cards(query, world, own)]


@pytest.mark.parametrize(
    ("query", "own", "first"),
    [
        ("", RU, "evisa.fees.ru"),
        ("  ", KK, "evisa.fees.kk"),
        ("e", EN, "evisa.fees.en"),
        ("fee", RU, "evisa.fees.en"),
        ("Fees ", EN, "visa.fees.en"),
        ("төлем", RU, "evisa.fees.kk"),
        ("ТОЛЕМ", EN, "evisa.fees.kk"),
        ("сбор", KK, "evisa.fees.ru"),
        ("учет", EN, "arrival.registration.ru"),
        ("учёт", EN, "arrival.registration.ru"),
        ("evfee", KK, "evisa.fees.kk"),
        ("EVFEE", EN, "evisa.fees.en"),
        ("виза", RU, "entry.visa-free.ru"),
        ("виза", KK, "entry.visa-free.kk"),
        ("паспорт", EN, "evisa.passport.ru"),
        ("паспорт", KK, "evisa.passport.kk"),
        ("b12", RU, "visa.tourism.ru"),
        ("инд", RU, "country.IN.ru"),
        ("инд", KK, "country.IN.kk"),
        ("инд", EN, "country.IN.ru"),
        ("үнді", RU, "country.IN.kk"),
        ("унди", KK, "country.IN.kk"),
        ("India", RU, "country.IN.en"),
        ("🇮🇳", KK, "country.IN.kk"),
        ("Германия", KK, "country.DE.kk"),
        ("Pakistan", RU, "evisa.pakistan.en"),
        ("сколько стоит приглашение", KK, "invitation.fee.ru"),
        ("шақыру қанша тұрады", RU, "invitation.fee.kk"),
    ],
)
def test_what_is_typed_finds_its_card_first(query: str, own: Language, first: str, world: World) -> None:
    assert ids(query, world, own)[:1] == [first]


@pytest.mark.parametrize("query", ["asdkjh", "zz", "ъъъъ", "x" * 300, "привет", "{}<zq>&", "\u202e\u0000qq"])
def test_what_is_not_ours_finds_nothing(query: str, world: World) -> None:
    assert inline_cards(query, world, EN) == ()


@pytest.mark.parametrize("query", ["😀", "👍🏽👍🏽", "?!", "\u200b"])
def test_signs_without_letters_show_what_is_asked_for_most(query: str, world: World) -> None:
    assert ids(query, world) == [f"{topic}.en" for topic in first_topics()]


def test_a_begun_name_offers_every_country_that_it_may_become(world: World) -> None:
    assert ids("инд", world, RU) == ["country.IN.ru", "country.ID.ru"]


def test_a_country_comes_beside_the_answer_about_it(world: World) -> None:
    assert ids("pakistan", world) == ["evisa.pakistan.en", "country.PK.en"]


def test_no_card_comes_twice_and_all_speak_one_language(world: World) -> None:
    for query in ("виза", "төлем", "fee", "портал", "per", "отказ", "b3", "who can invite me to Kazakhstan"):
        found = ids(query, world)
        assert 1 <= len(found) <= MOST_CARDS
        assert len(set(found)) == len(found)
        assert len({name.rpartition(".")[2] for name in found}) == 1


def test_the_day_decides_what_a_card_says(world: World) -> None:
    """The e-visa of Pakistan ends with 2026: the day after, neither card offers it."""
    now = inline_cards("Pakistan", world, EN)
    later = inline_cards("Pakistan", replace(world, today=AFTER_PAKISTAN), EN)
    assert [card.id for card in later] == [card.id for card in now] == ["evisa.pakistan.en", "country.PK.en"]
    assert now[0].description.startswith("Citizens of Pakistan can get only a single-entry business e-visa")
    assert later[0].description.startswith("The B3 e-visa was open to citizens of Pakistan until")
    assert now[1].description == "A visa is needed. E-visa: one category only, until a certain day."
    assert later[1].description == "A visa is needed. The time of the e-visa is over."
    assert "Entry rule on 5 January 2027, ordinary passport: A visa is needed." in to_plain(later[1].say)


@pytest.mark.parametrize(
    ("country", "line"),
    [
        ("Kazakhstan", "Citizens of Kazakhstan need no visa."),
        ("Germany", "No visa for a short visit. Longest visa-free stay: 30 days."),
        ("Egypt", "A visa is needed. An e-visa is possible."),
        ("Afghanistan", "A visa is needed. Not on the e-visa list."),
        ("Bangladesh", "A visa is needed. The e-visa lists disagree."),
        ("Aruba", "Our sources do not settle whether a visa is needed. Ask an authority."),
    ],
)
def test_a_country_tells_both_verdicts_in_one_line(country: str, line: str, world: World) -> None:
    card = next(card for card in inline_cards(country, world, EN) if card.id.startswith("country."))
    assert (card.title, card.description) == (country, line)
    told = to_plain(card.say)
    assert told.startswith(f"{country}\n\nEntry rule on 22 November 2026, ordinary passport: ")
    assert "Sources and their dates:" in told


def test_a_card_tells_its_sources_its_day_and_has_one_button(world: World) -> None:
    card = inline_cards("evfee", world, EN)[0]
    told = to_plain(card.say)
    assert told.startswith("What an e-visa costs\n\n")
    assert "Checked against the sources: " in told
    assert "Sources and their dates:" in told
    assert [[button.action for button in row] for row in card.say.buttons] == [[OpenAssistant("t_evisa_fees")]]


def test_an_answer_that_may_not_be_told_never_appears(world: World) -> None:
    fees = world.knowledge.answers["evisa.fees"]
    for hidden in (replace(fees, status=AnswerStatus.DRAFT), replace(fees, expires=world.today - timedelta(1))):
        answers = {**world.knowledge.answers, "evisa.fees": hidden}
        without = replace(world, knowledge=replace(world.knowledge, answers=answers))
        for query in ("", "evfee", "fee", "төлем", "how much is an e-visa"):
            assert not [name for name in ids(query, without) if name.startswith("evisa.fees")]
    assert "evisa.fees.en" in ids("how much is an e-visa", world)


def test_a_cut_line_ends_with_a_sentence_or_is_marked(world: World) -> None:
    for language in Language:
        for answer in world.knowledge.answers.values():
            line = inline_cards(answer.shortcut, world, language)[0].description
            assert len(line) <= LONGEST_DESCRIPTION + 1
            assert line.endswith((".", "?", "!", "…")), line
            assert not line.endswith("U.S."), line


def test_the_first_cards_are_answers_of_ours(world: World) -> None:
    assert len(set(first_topics())) == len(first_topics()) <= MOST_CARDS
    assert set(first_topics()) <= set(world.knowledge.answers)


def test_every_button_opens_what_its_card_tells(world: World) -> None:
    kb = world.knowledge
    queries = [*(answer.shortcut for answer in kb.answers.values()), "India", "Hong Kong", "Bonaire"]
    cards = [card for query in queries for card in inline_cards(query, world, EN)]
    assert {link_of(card, world) for card in cards} >= {*kb.answers, "IN", "HK"}


def link_of(card: InlineCard, world: World) -> str:
    """The topic or the country that the button of a card leads to; they are those of the card."""
    ((button,),) = card.say.buttons
    assert isinstance(button.action, OpenAssistant)
    link = read_deep_link(button.action.start, world.knowledge)
    assert link is not None
    name = card.id.rpartition(".")[0]
    if link.topic is not None:
        assert link.topic == name
        return link.topic
    country = dict(link.answers)["which_passport_do_you_hold"]
    assert (link.flow, f"country.{country}") == ("evisa_check", name)
    return str(country)
