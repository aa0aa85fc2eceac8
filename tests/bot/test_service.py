"""The bot in this process, on real tables, talking real HTTP to the preview: what comes in."""

import asyncio
import io
import json
import logging

import pytest

from bot.errors import StartError
from bot.logs import set_up_logging
from bot.service import Account, Service
from bot.storage.address import Address
from bot.storage.store import Store
from bot.storage.tables import slot_of
from dialogs.world import World
from knowledge.language import Language
from tests.bot.rig import NOW, TOKEN, Town, at_work, count_turn, out_of_reach, table


async def test_words_commands_and_taps_are_answered_in_order(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.say("/start evisa_IN")
        await person.say("/HELP@visa_preview_bot")
        await person.say("/help@another_bot")
        await person.say("hello <b>")
        heard = await person.hear(4)
        assert heard == [
            "1: command start [evisa_IN] 2026-11-18",
            "2: command help [] 2026-11-18",
            "said 3: /help@another_bot",
            "said 4: hello <b>",
        ]
        await person.press(person.last()["message_id"], "go:4")
        await person.until(lambda seen: "5: pressed go:4" in seen.heard and bool(seen.events))
        assert person.heard[3] == "5: pressed go:4"
        assert [event["text"] for event in person.events] == ["noted go:4"]
        assert "reply_markup" not in person.last()


async def test_a_button_above_newer_messages_acts_below_them(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person, other = await town.person(), await town.person()
        await person.say("a")
        await person.hear(1)
        first = person.last_heard()["message_id"]
        await person.say("b")
        await person.hear(2)
        second = person.last_heard()["message_id"]
        await other.say("a newer message in another chat")
        await other.hear(1)
        async with asyncio.timeout(20):
            while table(database, "SELECT id FROM outbox WHERE state <> 'sent'"):
                await person.look()
        await person.press(first, "go:1")
        assert await person.hear(3) == ["said 1: a", "said 2: b", "3: pressed go:1"]
        await person.say("c")
        await person.hear(4)
        await person.press(person.last_heard()["message_id"], "go:4")
        await person.until(lambda seen: "5: pressed go:4" in seen.heard)
        assert person.heard == ["said 1: a", "said 2: b", "3: pressed go:1", "5: pressed go:4"]
        await person.press(second, "go:2")
        assert (await person.hear(5))[-1] == "6: pressed go:2"


async def test_what_a_person_wrote_is_not_kept_once_it_is_answered(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.say("my passport is N00000000")
        await person.hear(1)
    assert table(database, "SELECT raw, state FROM inbox") == [("{}", "done")]
    assert table(database, "SELECT payload, state FROM outbox") == [("{}", "sent")]


async def test_updates_are_confirmed_after_they_are_stored_and_not_before(
    town: Town, database: Address, stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.02)
    refused = asyncio.Event()

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "StoreUnavailableError" in record.getMessage():
                refused.set()

    log, hearing = logging.getLogger("bot.telegram.receive"), Hearing()
    log.addHandler(hearing)
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.say("before")
        await person.hear(1)
        with out_of_reach(database):
            await person.say("while nobody can write")
            await asyncio.wait_for(refused.wait(), 20)
            assert (await town.get("bot"))["pending_updates"] == 1
        assert await person.hear(2) == ["said 1: before", "said 2: while nobody can write"]
        async with asyncio.timeout(20):
            while (await town.get("bot"))["pending_updates"]:
                pass
    log.removeHandler(hearing)


async def test_every_kind_of_message_gets_a_reply(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        kinds = ["sticker", "voice", "photo", "document", "location", "contact"]
        for kind in kinds:
            await person.send(kind)
        heard = await person.hear(len(kinds))
        assert heard == [f"{number}: cannot read a {kind}" for number, kind in enumerate(kinds, 1)]


async def test_an_album_is_answered_once(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.send("album")
        await person.say("after")
        assert await person.hear(2) == ["1: cannot read a album", "said 2: after"]
    notes = [note for (note,) in table(database, "SELECT note FROM inbox ORDER BY id")]
    assert notes == [None, "part of an album that was answered already", None]


async def test_an_edit_is_told_apart(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.say("helo")
        await person.hear(1)
        mine = min(person.messages)
        await town.edit(person.id, mine, "hello")
        assert (await person.hear(2))[1] == "said 2: edited hello"


async def test_a_group_is_told_once_where_we_work(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person("ru")
        group = town.chat((await town.post("groups", title="Trip", **{"from": person.id}))["id"])
        await group.hear(1)
        await town.post(f"chats/{group.id}/messages", text="/start@visa_preview_bot", **{"from": person.id})
        await town.post(f"chats/{group.id}/messages", text="just talk", **{"from": person.id})
        await person.say("hello")
        await person.hear(1)
        await group.look()
        assert group.heard == [stage.texts.get(Language.RU, "bot.works_in_private")]
        button = group.last_heard()["reply_markup"]["inline_keyboard"][0][0]
        assert button["url"] == "https://t.me/visa_preview_bot?start=lang"


async def test_what_is_not_for_us_is_done_with_a_reason(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        chat = {"id": -100123, "type": "channel", "title": "News"}
        post = {"message_id": 1, "date": 1, "chat": chat, "text": "x", "sender_chat": chat}
        await town.post("updates", channel_post=post)
        user = {"id": person.id, "is_bot": False, "first_name": "A"}
        private = {"id": person.id, "type": "private", "first_name": "A"}
        service = {"write_access_allowed": {"from_request": True}}
        await town.post("updates", message={"message_id": 2, "date": 1, "chat": private, "from": user, **service})
        await town.post("updates", message={"message_id": "not a number", "chat": private, "from": user})
        await person.say("hello")
        heard = await person.hear(2)
        assert heard[1] == "said 1: hello"
        assert heard[0] == stage.texts.get(Language.EN, "bot.went_wrong")
    states = table(database, "SELECT state, note FROM inbox ORDER BY id")
    assert states[0] == ("done", "an update of the kind channel_post")
    assert states[1] == ("done", "a service message")
    assert states[2][0] == "quarantined"
    assert states[3] == ("done", None)


async def test_a_person_who_blocks_the_bot_is_noted(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage):
        person = await town.person()
        await person.say("hello")
        await person.hear(1)
        await town.post(f"chats/{person.id}/block", blocked=True)
        await town.post(f"chats/{person.id}/block", blocked=False)
        await town.post(f"chats/{person.id}/block", blocked=True)
        other = await town.person()
        await other.say("hello")
        await other.hear(1)
    ((blocked,),) = table(database, f"SELECT blocked_at FROM sessions WHERE chat_key = '{person.id}'")
    assert blocked is not None


async def test_one_poisoned_update_is_given_up_and_its_chat_goes_on(
    town: Town, database: Address, stage: World
) -> None:
    async with at_work(town.base, database, stage):
        person, other = await town.person(), await town.person()
        await person.say("boom")
        await person.say("after")
        await other.say("hello")
        assert await other.hear(1) == ["said 1: hello"]
        heard = await person.hear(2)
        assert heard[0].startswith("Something went wrong")
        assert heard[1] == "said 1: after"
    rows = table(database, "SELECT state, tries, note FROM inbox ORDER BY id LIMIT 1")
    assert rows[0][:2] == ("quarantined", 5)
    assert "ValueError at bot/rig.py" in rows[0][2]
    assert "secret" not in rows[0][2]


async def test_chats_do_not_wait_for_each_other_and_each_keeps_its_order(
    town: Town, database: Address, stage: World
) -> None:
    async with at_work(town.base, database, stage):
        people = [await town.person() for _ in range(5)]
        flood = people[0]
        for number in range(50):
            await flood.say(f"flood {number}")
            await people[1 + number % 4].say(f"m{number}")
        heard = await flood.hear(50)
        assert heard == [f"said {number + 1}: flood {number}" for number in range(50)]
        for index, person in enumerate(people[1:]):
            mine = [f"m{number}" for number in range(50) if number % 4 == index]
            expected = [f"said {place}: {text}" for place, text in enumerate(mine, 1)]
            assert await person.hear(len(mine)) == expected


async def test_a_session_that_cannot_be_read_starts_anew(town: Town, database: Address, stage: World) -> None:
    person = await town.person()
    async with at_work(town.base, database, stage):
        await person.say("one")
        await person.hear(1)
    table(database, "UPDATE sessions SET data = '{\"language\": 5}'")
    async with at_work(town.base, database, stage):
        await person.say("two words")
        assert (await person.hear(2))[1] == "said 1: two words"


async def test_updates_that_were_stored_but_not_answered_are_answered_after_a_start(
    town: Town, database: Address, stage: World
) -> None:
    person = await town.person()
    async with at_work(town.base, database, stage):
        await person.say("one")
        await person.hear(1)
    chat = {"id": person.id, "type": "private"}
    sender = {"id": person.id, "is_bot": False, "first_name": "Ainur Example"}
    message = {"message_id": 900, "date": int(NOW), "chat": chat, "from": sender, "text": "later"}
    update = json.dumps({"update_id": 1, "message": message})
    table(database, f"UPDATE inbox SET state = 'received', raw = '{update}', slot = {slot_of(str(person.id))}")
    async with at_work(town.base, database, stage):
        assert (await person.hear(2))[1] == "said 2: later"


async def test_nothing_secret_is_logged_in_a_whole_run(town: Town, database: Address, stage: World) -> None:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    set_up_logging("DEBUG", (TOKEN,), stream)
    try:
        async with at_work(town.base, database, stage):
            person = await town.person()
            await town.post("faults", method="sendmessage", status=500)
            await town.post("faults", method="getupdates", drop=True)
            await person.say("passport N7654321")
            await person.say("boom")
            await person.hear(2)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    logged = stream.getvalue()
    assert "quarantined" in logged
    assert "uncertain" in logged
    for secret in (TOKEN, TOKEN.split(":")[1], "N7654321", "a secret that a person wrote"):
        assert secret not in logged


async def test_the_profile_is_written_once(town: Town, database: Address, stage: World) -> None:
    changes: list[int] = []
    for _ in range(2):
        async with at_work(town.base, database, stage) as service:
            changes.append(await asyncio.wait_for(service.profile_changes, 10))
    assert changes[0] >= len(Language)
    assert changes[1] == 0
    bot = await town.get("bot?language_code=kk")
    assert bot["description"] == stage.texts.get(Language.KK, "bot.description")
    assert bot["commands"][0]["command"] == "start"


@pytest.mark.parametrize(("token", "sign"), [("4200:another_token", "BOT_TOKEN"), (TOKEN, "BOT_API_URL")])
async def test_a_bot_api_that_refuses_or_is_not_there_is_one_clear_error(
    preview: str, store: Store, stage: World, token: str, sign: str
) -> None:
    url = preview if sign == "BOT_TOKEN" else "http://127.0.0.1:9"
    with pytest.raises(StartError, match=f"^{sign}: ") as raised:
        await Service(Account(token, url), store, stage, count_turn).run()
    assert url in str(raised.value)
    assert "another_token" not in str(raised.value)


async def test_a_token_that_is_revoked_ends_the_run(town: Town, database: Address, stage: World) -> None:
    async def until_the_end() -> None:
        async with at_work(town.base, database, stage) as service:
            await town.post("faults", method="getupdates", status=401, description="Unauthorized")
            await (await town.person()).say("ends the poll that waits")
            await asyncio.wait_for(service.ended.wait(), 20)

    with pytest.raises(StartError, match="BOT_TOKEN"):
        await until_the_end()


async def test_polling_goes_on_after_trouble(town: Town, database: Address, stage: World) -> None:
    person = await town.person()
    for fault in ({"status": 409, "description": "Conflict"}, {"status": 502}, {"drop": True}):
        await town.post("faults", method="getupdates", **fault)
    async with at_work(town.base, database, stage):
        await person.say("hello")
        assert await person.hear(1) == ["said 1: hello"]
