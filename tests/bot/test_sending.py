"""What goes out, and every way in which it may not arrive."""

from typing import Any

import pytest

from bot.service import Tuning
from bot.storage.address import Address
from bot.storage.calls import Call, answer_lane
from bot.storage.connection import Connection
from bot.storage.outbox import Outbox
from bot.telegram.pace import Bucket, RateRules
from bot.telegram.render import TAP_SECONDS
from dialogs.world import World
from tests.bot.rig import NOW, Person, Town, at_work, open_store, table, until

BOT = 4200


@pytest.fixture
async def person(town: Town) -> Person:
    """Somebody who has written to the bot once; the update is answered by the runs of the tests."""
    made = await town.person()
    await made.say("first")
    return made


def states(database: Address) -> list[tuple[Any, ...]]:
    return table(database, "SELECT state, tries, note FROM outbox WHERE method <> 'answerCallbackQuery' ORDER BY id")


async def put(database: Address, *calls: Call, state: str = "queued") -> None:
    """Calls that an earlier run left."""
    store = await open_store(database)
    outbox = Outbox(BOT, store.vault)

    async def job(connection: Connection) -> None:
        for placed in await outbox.add(connection, calls, None, NOW):
            if state == "sending":
                await outbox.claim(connection, placed, NOW)

    await store.write(job)
    await store.close()


def message(person: Person, text: str, **more: Any) -> Call:
    return Call("sendMessage", person.id, str(person.id), {"text": text, **more})


async def test_a_message_that_arrived_is_kept_with_its_id(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    async with at_work(town.base, database, stage):
        await person.hear(1)
    ((state, message_id),) = table(database, "SELECT state, message_id FROM outbox")
    assert (state, message_id) == ("sent", person.last_heard()["message_id"])


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        ({"status": 502, "description": "Bad Gateway"}, 1),
        ({"drop": True}, 1),
        ({"drop": True, "when": "after"}, 2),
        ({"status": 500, "when": "after"}, 2),
    ],
)
async def test_an_uncertain_message_is_sent_once_more_and_marked(
    town: Town, database: Address, stage: World, person: Person, fault: dict[str, Any], copies: int
) -> None:
    await town.post("faults", method="sendmessage", **fault)
    async with at_work(town.base, database, stage):
        await person.hear(copies)
        await person.say("second")
        heard = await person.hear(copies + 1)
    assert heard == ["said 1: first"] * copies + ["said 2: second"]
    marked, other = states(database)
    assert (marked[:2], marked[2].split(":")[0]) == (("sent", 1), "uncertain")
    assert other == ("sent", 0, None)


async def test_a_message_that_stays_uncertain_is_not_sent_a_third_time(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await town.post("faults", method="sendmessage", times=2, when="after", drop=True)
    async with at_work(town.base, database, stage):
        await person.hear(2)
        await person.say("second")
        assert await person.hear(3) == ["said 1: first", "said 1: first", "said 2: second"]
    assert [row[:2] for row in states(database)] == [("uncertain", 2), ("sent", 0)]


async def test_what_was_being_sent_at_a_crash_is_sent_once_more(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await put(database, message(person, "a"), state="sending")
    await put(database, message(person, "b"))
    async with at_work(town.base, database, stage):
        heard = await person.hear(3)
    assert heard == ["a", "b", "said 1: first"]
    assert [row[:2] for row in states(database)] == [("sent", 1), ("sent", 0), ("sent", 0)]


async def test_a_flood_error_holds_up_its_chat_only_and_counts_as_no_try(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await town.post("faults", method="sendmessage", status=429, description="Too Many Requests", retry_after=1)
    async with at_work(town.base, database, stage):
        other = await town.person()
        await other.say("me too")
        await other.hear(1)
        assert await person.hear(1) == ["said 1: first"]
    waited = states(database)[0]
    assert waited[:2] == ("sent", 0)
    assert waited[2].startswith("429")


@pytest.mark.parametrize(
    ("description", "state"),
    [
        ("Bad Request: message is not modified: …", "sent"),
        ("Bad Request: chat not found", "failed"),
        ("Forbidden: bot was blocked by the user", "failed"),
        ("Bad Request: BUTTON_DATA_INVALID", "failed"),
    ],
)
async def test_refusals_end_in_a_state_with_a_reason_and_the_chat_goes_on(
    town: Town, database: Address, stage: World, person: Person, description: str, state: str
) -> None:
    code = 403 if description.startswith("Forbidden") else 400
    await town.post("faults", method="sendmessage", status=code, description=description)
    async with at_work(town.base, database, stage):
        await until(lambda: [row[0] for row in states(database)] == [state])
        await person.say("second")
        assert await person.hear(1) == ["said 2: second"]
    refused = states(database)[0]
    assert refused[0] == state
    assert description in refused[2]


async def test_broken_markup_is_sent_as_plain_text_once(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await put(database, message(person, "<b>1 &lt; 2 &amp; so</i>", parse_mode="HTML"))
    async with at_work(town.base, database, stage):
        assert (await person.hear(2))[0] == "1 < 2 & so"
    assert states(database)[0][0] == "sent"


async def test_a_message_that_cannot_be_changed_is_said_anew(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await put(database, Call("editMessageText", person.id, str(person.id), {"text": "changed", "message_id": 99_999}))
    async with at_work(town.base, database, stage):
        assert (await person.hear(2))[0] == "changed"
    assert table(database, "SELECT method, state FROM outbox ORDER BY id LIMIT 1") == [("sendMessage", "sent")]


async def test_a_group_with_a_new_id_is_followed(town: Town, database: Address, stage: World, person: Person) -> None:
    old = (await town.post("groups", title="Trip", type="group", **{"from": person.id}))["id"]
    await put(database, *(Call("sendMessage", old, str(old), {"text": text}) for text in ("a", "b")))
    new = town.chat((await town.post(f"chats/{old}/upgrade", **{"from": person.id}))["id"])
    async with at_work(town.base, database, stage):
        await new.until(lambda seen: "b" in seen.heard)
        assert new.heard.index("b") == new.heard.index("a") + 1
    moved = table(database, f"SELECT state, chat_id FROM outbox WHERE chat_id IN ({old}, {new.id}) ORDER BY id LIMIT 2")
    assert moved == [("sent", new.id)] * 2


async def test_a_tap_is_answered_without_waiting_for_the_message(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    async with at_work(town.base, database, stage):
        await person.hear(1)
        await town.post("faults", method="editmessagetext", status=429, retry_after=1, description="Too Many Requests")
        await person.press(person.last_heard()["message_id"], "go:1")
        await person.until(lambda seen: bool(seen.events))
        assert person.heard == ["said 1: first"]
        await person.until(lambda seen: seen.heard == ["2: pressed go:1"])
    assert [event["text"] for event in person.events] == ["noted go:1"]


async def test_a_tap_that_is_too_old_is_no_trouble(town: Town, database: Address, stage: World, person: Person) -> None:
    async with at_work(town.base, database, stage):
        await person.hear(1)
        await town.post("settings", callback_age=0)
        await person.press(person.last_heard()["message_id"], "go:1")
        await person.until(lambda seen: seen.heard == ["2: pressed go:1"])
    answers = table(database, "SELECT state, note FROM outbox WHERE method = 'answerCallbackQuery'")
    assert answers[0][0] == "sent"
    assert "query is too old" in answers[0][1]


async def test_a_call_that_is_a_day_old_is_not_sent(
    town: Town, database: Address, stage: World, person: Person
) -> None:
    await put(database, message(person, "old news"))
    async with at_work(town.base, database, stage, clock=lambda: NOW + 90_000):
        assert await person.hear(1) == ["said 1: first"]
    assert states(database)[0] == ("failed", 0, "too old to be sent")


async def test_our_own_rules_keep_telegrams(town: Town, database: Address, stage: World, person: Person) -> None:
    await town.post("settings", rates=True)
    await put(database, *(message(person, f"n{number}") for number in range(17)))
    rules = RateRules(chat=Bucket(20, 0.9))
    async with at_work(town.base, database, stage, tuning=Tuning(rates=rules, first_wait=0.01)):
        heard = await person.hear(18)
    assert heard == [*(f"n{number}" for number in range(17)), "said 1: first"]
    assert states(database) == [("sent", 0, None)] * 18


@pytest.mark.parametrize("fault", [{"delay": 0, "drop": True}, None])
async def test_what_nobody_misses_later_is_no_alarm_for_staff(
    town: Town, database: Address, stage: World, person: Person, fault: dict[str, Any] | None
) -> None:
    """An answer to a tap that may have arrived, or that is too old, is at its end without a word to anybody."""
    lane = answer_lane("7", person.id)
    await put(database, Call("answerCallbackQuery", person.id, lane, {"callback_query_id": "7"}))
    if fault is not None:
        await town.post("faults", method="answercallbackquery", **fault)
    later = 0 if fault is not None else TAP_SECONDS + 1
    async with at_work(town.base, database, stage, clock=lambda: NOW + later):
        await person.hear(1)
        await until(lambda: table(database, "SELECT count(*) FROM outbox WHERE slot IS NOT NULL") == [(0,)])
    ended = table(database, "SELECT state FROM outbox WHERE method = 'answerCallbackQuery'")
    assert ended == [("failed",) if fault is None else ("uncertain",)]
    assert table(database, "SELECT count(*) FROM incidents") == [(0,)]
