"""Inline queries: cards that Telegram takes for every answer and passport, and their way through the real bot."""

import asyncio
import io
import logging
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.loading import load_world
from bot.logs import set_up_logging
from bot.preview.forms import Arguments
from bot.preview.inline import check_answer, posted
from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.outbox import Outbox
from bot.telegram.html import utf16_length
from bot.telegram.inline import InlineAsked, inline_answer
from dialogs.engine import turn
from dialogs.inline import LONGEST_DESCRIPTION, MOST_CARDS, inline_cards
from dialogs.says import Paragraph
from dialogs.world import World
from knowledge.language import Language
from knowledge.recognition import display_name
from tests.bot.rig import NOW, TOKEN, Person, Town, at_work, open_store, table

pytestmark = pytest.mark.sqlite

LINK = "https://t.me/visa_preview_bot"
DAYS = (date(2026, 11, 22), date(2027, 1, 5))


@pytest.fixture(scope="module")
def real() -> World:
    """The product's own facts and words."""
    return load_world(DAYS[0])


def cards_of(call: Call) -> list[dict[str, Any]]:
    """The cards of a call as the preview takes them, which refuses what Telegram refuses."""
    answer = check_answer(Arguments(dict(call.payload), {}))
    assert answer.button is not None
    for result in answer.results:
        assert 0 < utf16_length(result["description"]) <= LONGEST_DESCRIPTION + 1
        assert "\n" not in result["title"] + result["description"]
        message = posted(result)
        ((button,),) = message["reply_markup"]["inline_keyboard"]
        assert button["url"].startswith(f"{LINK}?start=")
        assert button["url"].count("=") == 1
    return answer.results


def answered(query: str, world: World, language: Language) -> list[dict[str, Any]]:
    asked = InlineAsked("1", 7, query, language)
    cards = inline_cards(query, world, language)
    taken = cards_of(inline_answer(cards, asked, world.texts.get(language, "inline.open"), LINK))
    assert [result["id"] for result in taken] == [card.id for card in cards]
    assert len(taken) <= MOST_CARDS
    return taken


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("language", Language)
def test_telegram_takes_the_card_of_every_answer(language: Language, day: date, real: World) -> None:
    world = replace(real, today=day)
    seen = {answered(answer.shortcut, world, language)[0]["id"] for answer in real.knowledge.answers.values()}
    assert seen == {f"{topic}.{language}" for topic in real.knowledge.answers}


@pytest.mark.parametrize("language", Language)
def test_telegram_takes_the_card_of_every_passport(language: Language, real: World) -> None:
    for country in real.knowledge.regimes:
        results = answered(display_name(country, language), real, language)
        assert f"country.{country}" in {result["id"].rpartition(".")[0] for result in results}


def test_what_is_sent(real: World) -> None:
    call = inline_answer(
        inline_cards("evfee", real, Language.EN), InlineAsked("55", 7, "evfee", Language.EN), "Go", LINK
    )
    assert (call.method, call.chat_id, call.lane) == ("answerInlineQuery", 7, "answer 55 7")
    assert call.payload["is_personal"] is True
    assert call.payload["cache_time"] == 60
    assert call.payload["button"] == {"text": "Go", "start_parameter": "lang"}
    (result,) = call.payload["results"]
    assert result["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    assert result["input_message_content"]["message_text"].startswith("<b>What an e-visa costs</b>\n\n")
    assert result["reply_markup"]["inline_keyboard"] == [
        [{"text": "Open the assistant", "url": f"{LINK}?start=t_evisa_fees"}]
    ]


async def ask(person: Person, query: str) -> Any:
    """Type `@bot query` somewhere; the answer, once it is there."""
    asked = await person.town.post("inline", query=query, **{"from": person.id})
    found = await person.town.get(f"inline/{asked['inline_query_id']}?timeout=20")
    assert found["answered"]
    return {**found, "query_id": asked["inline_query_id"]}


async def test_a_stranger_gets_cards_and_nothing_is_kept(town: Town, database: Address, real: World) -> None:
    async with at_work(town.base, database, real, turn):
        person = await town.person("kk")
        found = await ask(person, "электрондық виза төлемі")
        assert found["results"][0]["id"] == "evisa.fees.kk"
        assert found["button"] == {"text": "Көмекшіні ашу", "start_parameter": "lang"}
        assert (await ask(person, "zz"))["results"] == []
        await person.look()
        assert person.heard == []
    assert table(database, "SELECT DISTINCT chat_key, raw, state FROM inbox") == [(f"inline {person.id}", "{}", "done")]
    assert table(database, "SELECT DISTINCT method, payload, state FROM outbox") == [
        ("answerInlineQuery", "{}", "sent")
    ]
    assert table(database, "SELECT count(*) FROM sessions") == [(0,)]


async def test_the_language_chosen_in_the_bot_comes_before_that_of_telegram(
    town: Town, database: Address, real: World
) -> None:
    async with at_work(town.base, database, real, turn):
        person = await town.person("ru")
        assert (await ask(person, "evfee"))["results"][0]["id"] == "evisa.fees.ru"
        await person.say("/start lang_kk")
        await person.hear(1)
        assert (await ask(person, "evfee"))["results"][0]["id"] == "evisa.fees.kk"


async def test_a_chosen_card_stands_in_the_chat_and_is_no_question(town: Town, database: Address, real: World) -> None:
    async with at_work(town.base, database, real, turn):
        person = await town.person("en")
        found = await ask(person, "fee")
        order = {"query_id": found["query_id"], "result_id": "evisa.fees.en"}
        await town.post(f"chats/{person.id}/chosen", **order)
        await person.look()
        message = person.last()
        assert message["via_bot"]["username"] == "visa_preview_bot"
        assert message["text"].startswith("What an e-visa costs")
        await person.say("/start t_evisa_fees_en")
        heard = await person.hear(1)
        assert heard[0].startswith("What an e-visa costs")
    notes = [note for (note,) in table(database, "SELECT note FROM inbox ORDER BY id")]
    assert notes == [None, "a message that was chosen from the cards of this bot", None]


async def test_a_query_that_telegram_has_forgotten_ends_quietly(
    town: Town, database: Address, real: World, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work(town.base, database, real, turn):
        person = await town.person("en")
        await town.post("settings", callback_age=0)
        await town.post("inline", query="fee", **{"from": person.id})
        async with asyncio.timeout(20):
            while not table(database, "SELECT 1 FROM outbox WHERE state = 'failed'"):
                await town.get("bot")
    ((state, tries, note, payload),) = table(database, "SELECT state, tries, note, payload FROM outbox")
    assert (state, tries, payload) == ("failed", 0, "{}")
    assert "query is too old" in note
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("state", ["queued", "sending"])
async def test_cards_of_an_earlier_run_are_not_sent(town: Town, database: Address, real: World, state: str) -> None:
    person = await town.person("en")
    call = inline_answer(inline_cards("fee", real, Language.EN), InlineAsked("5", 7, "fee", Language.EN), "Go", LINK)
    store = await open_store(database)
    outbox = Outbox(int(TOKEN.partition(":")[0]), store.vault)
    (placed,) = await store.write(lambda connection: outbox.add(connection, [call], None, NOW - 60))
    if state == "sending":
        await store.write(lambda connection: outbox.claim(connection, placed, NOW))
    await store.close()
    async with at_work(town.base, database, real, turn):
        await ask(person, "evfee")
    ((ended, payload),) = table(database, f"SELECT state, payload FROM outbox WHERE id = {placed.id}")
    assert (ended, payload) == ("failed" if state == "queued" else "uncertain", "{}")


async def test_a_broken_answer_is_not_sent_twice_and_not_kept(town: Town, database: Address, real: World) -> None:
    await town.post("faults", method="answerinlinequery", when="after", drop=True)
    async with at_work(town.base, database, real, turn):
        person = await town.person("en")
        await ask(person, "fee")
        assert (await ask(person, "evfee"))["results"]
    rows = table(database, "SELECT state, payload FROM outbox ORDER BY id")
    assert rows == [("uncertain", "{}"), ("sent", "{}")]


async def test_a_query_that_cannot_be_read_troubles_no_chat(town: Town, database: Address, real: World) -> None:
    async with at_work(town.base, database, real, turn):
        person = await town.person("en")
        await person.say("/start lang_en")
        await person.hear(1)
        user = {"id": person.id, "is_bot": False, "first_name": "A"}
        await town.post("updates", inline_query={"id": "1", "from": user, "query": "no offset"})
        assert (await ask(person, "evfee"))["results"]
        await person.say("/help")
        assert not any("Something went wrong" in text for text in await person.hear(2))
    states = table(database, "SELECT state FROM inbox ORDER BY id")
    assert states == [("done",), ("quarantined",), ("done",), ("done",)]


def test_a_card_that_is_too_long_for_a_message_is_left_out(real: World, caplog: pytest.LogCaptureFixture) -> None:
    fine = inline_cards("evfee", real, Language.EN)[0]
    long = replace(fine, id="long", say=replace(fine.say, blocks=(Paragraph(("a " * 2500,)),)))
    call = inline_answer((long, fine), InlineAsked("1", 7, "", Language.EN), "Go", LINK)
    assert [result["id"] for result in cards_of(call)] == [fine.id]
    assert "long" in caplog.text


async def test_no_word_of_a_query_is_logged(town: Town, database: Address, real: World) -> None:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    set_up_logging("DEBUG", (TOKEN,), stream)
    try:
        async with at_work(town.base, database, real, turn):
            person = await town.person("en")
            await town.post("faults", method="answerinlinequery", status=500)
            await town.post("inline", query="Secretia fee", **{"from": person.id})
            await ask(person, "Secretia price")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    assert "uncertain" in stream.getvalue()
    assert "secretia" not in stream.getvalue().lower()


def test_the_ids_of_cards_do_not_change_with_the_day(real: World) -> None:
    later = replace(real, today=real.today + timedelta(30))
    first, second = (inline_cards("fee", world, Language.EN) for world in (real, later))
    assert [card.id for card in first] == [card.id for card in second]
