"""Talking to a person: what staff see and do not see, and how the assistant comes back."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.handover import WAIT_SECONDS
from bot.service import Service, Tuning
from bot.storage.address import Address
from dialogs.world import World
from knowledge.language import Language
from tests.bot.rig import Later, Person, Town, at_work, table, until
from tests.bot.specimen import NUMBER
from tests.bot.stand_ins import effect_turn

QUICK = Tuning(rates=None, first_wait=0.01, look=0.02)

Run = Callable[[], AbstractAsyncContextManager[Service]]


@pytest.fixture
async def clerk(town: Town) -> Person:
    """A member of staff."""
    return await town.person("ru")


@pytest.fixture
async def room(town: Town, clerk: Person) -> Person:
    """The staff chat."""
    return town.chat((await town.post("groups", title="Staff", **{"from": clerk.id}))["id"])


@pytest.fixture
def clock() -> Later:
    """The bot's."""
    return Later()


@pytest.fixture
def run(town: Town, database: Address, stage: World, room: Person, clock: Later) -> Run:
    """The bot with a staff chat."""
    return lambda: at_work(town.base, database, stage, effect_turn, clock=clock, tuning=QUICK, staff_chat=room.id)


async def reply(room: Person, clerk: Person, text: str, to: int) -> None:
    await room.town.post(f"chats/{room.id}/messages", text=text, reply_to=to, **{"from": clerk.id})


async def press(room: Person, clerk: Person, message_id: int) -> None:
    button = room.messages[message_id]["message"]["reply_markup"]["inline_keyboard"][0][0]
    order = {"message_id": message_id, "data": button["callback_data"], "from": clerk.id}
    await room.town.post(f"chats/{room.id}/callbacks", **order)


def words(stage: World, key: str, **values: object) -> str:
    return stage.texts.get(Language.RU, f"handover.{key}", **values)


async def called(town: Town, room: Person) -> tuple[Person, int]:
    """A traveller who has called staff, and the card."""
    person = await town.person()
    await person.say("human")
    await person.hear(1)
    await room.hear(1)
    return person, room.last_heard()["message_id"]


async def test_words_go_to_and_fro_and_nobody_is_named(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        shown = room.heard[0]
        assert words(stage, "card", number=1) in shown
        assert "E-visa fees" in shown
        assert "•••" in shown
        for secret in (NUMBER, "701", "Ainur", str(person.id)):
            assert secret not in shown
        await reply(room, clerk, "Good day, we look into it", card)
        assert (await person.hear(2))[1] == f"{words(stage, 'staff_writes')}\n\nGood day, we look into it"
        await person.say("thank you, my passport is N7654321")
        await room.hear(2)
        assert room.heard[1] == f"{words(stage, 'passed_on', number=1)}\nthank you, my passport is •••"
        assert room.last_heard()["reply_to_message"]["message_id"] == card
        await reply(room, clerk, "second answer", room.last_heard()["message_id"])
        assert (await person.hear(3))[2].endswith("second answer")


async def test_staff_give_a_conversation_back_by_button(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        await reply(room, clerk, "hello", card)
        await person.hear(2)
        await press(room, clerk, card)
        assert (await person.hear(3))[2] == "released"
        assert (await room.hear(2))[1] == words(stage, "released", number=1)
        await room.until(lambda seen: "reply_markup" not in seen.messages[card]["message"])
        await person.say("look")
        assert (await person.hear(4))[3].startswith("look: staff True")
        await reply(room, clerk, "too late", card)
        assert (await room.hear(3))[2] == words(stage, "over")
        assert len(person.heard) == 4


async def test_staff_give_a_conversation_back_by_command(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        await reply(room, clerk, "/release", card)
        assert (await person.hear(2))[1] == "released in vain"
        await room.hear(2)
        await reply(room, clerk, "/release", card)
        assert (await room.hear(3))[1:] == [words(stage, "released", number=1), words(stage, "over")]


async def test_the_traveller_takes_the_assistant_back(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        await reply(room, clerk, "hello", card)
        await person.hear(2)
        await person.press(person.last_heard()["message_id"], "1:0:to")
        assert (await person.hear(3))[2] == "back with me"
        assert (await room.hear(2))[1] == words(stage, "ended", number=1)


@pytest.mark.parametrize(("answered", "heard"), [(True, "released"), (False, "released in vain")])
async def test_a_conversation_that_staff_forget_comes_back(
    town: Town, room: Person, clerk: Person, run: Run, stage: World, clock: Later, answered: bool, heard: str
) -> None:
    async with run():
        person, card = await called(town, room)
        if answered:
            await reply(room, clerk, "hello", card)
            await person.hear(2)
        clock.moved = WAIT_SECONDS + 60
        assert (await person.hear(3 if answered else 2))[-1] == heard
        assert (await room.hear(2))[1] == words(stage, "run_out", number=1)


async def test_what_does_not_reach_the_traveller_is_told(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        await room.town.post(f"chats/{room.id}/messages", kind="sticker", reply_to=card, **{"from": clerk.id})
        await room.hear(2)
        await reply(room, clerk, "to a note of the bot", room.last_heard()["message_id"])
        await room.hear(3)
        await town.post(f"chats/{room.id}/messages", text="just talk", **{"from": clerk.id})
        await town.post(f"chats/{room.id}/messages", text="/start@visa_preview_bot", **{"from": clerk.id})
        await room.hear(4)
        await reply(room, clerk, "helo", card)
        await person.hear(2)
        mine = max(number for number, seen in room.messages.items() if not seen["message"]["from"]["is_bot"])
        await room.look()
        mine = max(number for number, seen in room.messages.items() if not seen["message"]["from"]["is_bot"])
        await town.edit(room.id, mine, "hello")
        assert (await room.hear(5))[1:] == [
            words(stage, "not_text"),
            words(stage, "unknown"),
            words(stage, "how"),
            words(stage, "edited"),
        ]
        assert len(person.heard) == 2


async def test_staff_learn_of_a_block(town: Town, room: Person, clerk: Person, run: Run, stage: World) -> None:
    async with run():
        person, card = await called(town, room)
        await town.post(f"chats/{person.id}/block", blocked=True)
        assert (await room.hear(2))[1] == words(stage, "blocked", number=1)
        await reply(room, clerk, "hello?", card)
        assert (await room.hear(3))[2] == words(stage, "unreachable")


async def test_staff_learn_of_an_answer_that_failed(
    town: Town, room: Person, clerk: Person, run: Run, stage: World
) -> None:
    async with run():
        person, card = await called(town, room)
        await town.post("faults", method="sendmessage", status=403, description="Forbidden: user is deactivated")
        await reply(room, clerk, "hello?", card)
        assert (await room.hear(2))[1] == words(stage, "undelivered", number=1)
        assert person.heard == ["called"]


async def test_a_second_call_joins_the_first(town: Town, room: Person, run: Run, database: Address) -> None:
    async with run():
        person, _ = await called(town, room)
        await person.say("human")
        await room.hear(2)
    assert table(database, "SELECT count(*) FROM handovers") == [(1,)]


async def test_erasing_ends_the_talk(town: Town, room: Person, run: Run, stage: World, database: Address) -> None:
    async with run():
        person, _ = await called(town, room)
        await person.say("/erase")
        assert (await room.hear(2))[1] == words(stage, "erased", number=1)
        await until(lambda: table(database, "SELECT count(*) FROM handovers") == [(0,)])


@pytest.mark.parametrize("answered", [True, False])
async def test_without_a_staff_chat_any_more_who_talks_comes_back_before_their_words_are_read(
    town: Town, room: Person, clerk: Person, run: Run, stage: World, database: Address, answered: bool
) -> None:
    async with run():
        person, card = await called(town, room)
        if answered:
            await reply(room, clerk, "hello", card)
            await person.hear(2)
    said = len(person.heard)
    await person.say("look")
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        heard = (await person.hear(said + 2))[said:]
        assert heard[0] == "released in vain"
        assert heard[1].startswith("look: staff False")
    assert table(database, "SELECT state FROM handovers") == [("released",)]


async def test_all_who_talk_come_back(town: Town, room: Person, run: Run, stage: World, database: Address) -> None:
    async with run():
        await called(town, room)
    table(
        database,
        "INSERT INTO handovers (bot_id, chat_key, state, opened_at, until, language, question) "
        "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n WHERE x < 50) "
        "SELECT bot_id, chat_key, state, opened_at, until, language, question FROM handovers, n",
    )
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        assert table(database, "SELECT DISTINCT state FROM handovers") == [("released",)]


async def test_without_a_staff_chat_there_is_nobody_to_call(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn):
        person = await town.person()
        await person.say("look")
        assert (await person.hear(1))[0].startswith("look: staff False")
    assert table(database, "SELECT count(*) FROM handovers") == [(0,)]
