"""Mode 7: people and groups that cannot be reached, and a token that is not accepted."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Scene, Way, scene

__all__ = ["drill"]

_TOLD_SECONDS = 5.0
_ALERTED_SECONDS = 6.0
"""The bot looks at its own troubles every five."""
_UNDELIVERED = "Не удалось доставить"
_REFUSALS: dict[str, dict[str, Any]] = {
    "blocked": {"status": 403, "description": "Forbidden: bot was blocked by the user"},
    "deactivated": {"status": 403, "description": "Forbidden: user is deactivated"},
    "chat not found": {"status": 400, "description": "Bad Request: chat not found"},
}


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Each refusal, a reply of staff into the void, a group that moves, and two consumers."""
    refused = [await _refused(bench, name) for name in _REFUSALS]
    return [*refused, await _reply(bench), await _moved(bench), await _topic(bench), await _token(bench)]


async def _refused(bench: Bench, name: str) -> Outcome:
    async with scene(bench, Way(2, staff=True)) as stage:
        people = await stage.people(bench.few(10, 3))
        for person in people:
            await stage.town.post("faults", method="sendmessage", times=0, chat_id=person.id, **_REFUSALS[name])
        calls_before = await stage.metric("visabot_calls_total")
        begin = time.monotonic()
        for person in people:
            for word in ("one", "two", "three"):
                await person.say(word)
        waited = await stage.staff_hear(_UNDELIVERED)
        told = time.monotonic() - begin
        await stage.settle()
        calls = await stage.metric('visabot_calls_total{method="sendMessage",result="failed"}')
        attempts = await stage.metric("visabot_calls_total") - calls_before
        states = dict(stage.rows("SELECT state, count(*) FROM outbox WHERE chat_id > 0 GROUP BY state"))
        marked = stage.figure("SELECT count(*) FROM sessions WHERE blocked_at IS NOT NULL")
        checks = Checks()
        checks.that(waited is not None, "staff heard nothing in 60 s")
        checks.that(told < _ALERTED_SECONDS, f"staff were told after {told:.1f} s")
        checks.that(calls <= 3 * len(people), f"{calls:.0f} calls for {3 * len(people)} answers")
        checks.that(set(states) == {"failed"}, f"the answers stand as {states}")
        checks.that(marked == len(people), f"{marked} of {len(people)} people are marked as unreachable")
        return checks.outcome(
            f"7 {name}",
            bench.engine,
            f"{len(people)} people, three words each",
            f"staff told within {_ALERTED_SECONDS:.0f} s, no call is made again",
            f"told after {told:.1f} s; {calls:.0f} calls failed of {attempts:.0f} made, {marked} people marked",
        )


async def _talking(stage: Scene, number: int) -> list[tuple[Any, int]]:
    """People in conversation with staff, each with the message in the staff chat that stands for them."""
    assert stage.staff is not None
    people = await stage.people(number)
    for person in people:
        await person.say("human")
    await stage.staff.until(lambda chat: sum("help" in text for text in chat.heard) >= number, 60)
    cards = [
        change["message"]["message_id"]
        for _, change in sorted(stage.staff.messages.items())
        if "help" in change["message"].get("text", "")
    ]
    order = [int(row[0]) for row in stage.rows("SELECT chat_key FROM handovers ORDER BY id")]
    by_id = {person.id: person for person in people}
    for person in people:
        await person.hear(1)
    return [(by_id[chat], card) for chat, card in zip(order, cards, strict=True)]


async def _reply(bench: Bench) -> Outcome:
    async with scene(bench, Way(2, staff=True)) as stage:
        assert stage.staff is not None
        ((person, card),) = await _talking(stage, 1)
        await stage.town.post("faults", method="sendmessage", times=0, chat_id=person.id, **_REFUSALS["blocked"])
        begin = time.monotonic()
        await stage.town.post(
            f"chats/{stage.staff.id}/messages", text="are you there", reply_to=card, **{"from": stage.staff_member}
        )
        waited = await stage.staff_hear("не дошёл")
        told = time.monotonic() - begin
        checks = Checks()
        checks.that(waited is not None, f"staff heard nothing in 60 s: {stage.staff.heard[-2:]}")
        checks.that(told < _TOLD_SECONDS, f"staff were told after {told:.1f} s")
        return checks.outcome(
            "7 reply of staff",
            bench.engine,
            "a member of the staff replies to somebody who has blocked the bot",
            f"they are told within {_TOLD_SECONDS:.0f} s, in the conversation",
            f"told after {told:.2f} s",
        )


async def _moved(bench: Bench) -> Outcome:
    """The staff chat becomes a supergroup while much waits for it."""
    async with scene(bench, Way(2, staff=True)) as stage:
        assert stage.staff is not None
        group = await stage.town.post("groups", title="Staff", type="group", **{"from": stage.staff_member})
        for bot in stage.bots:
            await bot.stop()
            bot.set(STAFF_CHAT_ID=str(group["id"]))
        await asyncio.gather(*(bot.start() for bot in stage.bots))
        await asyncio.sleep(1)
        new = await stage.town.post(f"chats/{group['id']}/upgrade", **{"from": stage.staff_member})
        people = await stage.people(bench.few(20, 5))
        await asyncio.gather(*(person.say("human") for person in people))
        await stage.settle()
        entries = [entry for entry in await stage.sent() if entry["chat_id"] == new["id"]]
        cards = [entry for entry in entries if "help" in (entry["text"] or "")]
        moves = stage.figure("SELECT count(*) FROM moved_groups")
        states = dict(stage.rows(f"SELECT state, count(*) FROM outbox WHERE chat_id = {new['id']} GROUP BY state"))
        checks = Checks()
        checks.that(len(cards) == len(people), f"{len(cards)} cards for {len(people)} calls for a person")
        checks.that(moves == 1, f"the move is noted {moves} times")
        return checks.outcome(
            "7 group moves",
            bench.engine,
            f"the staff chat gets another id, then {len(people)} people call for staff at once",
            "the new id is noted once, every card arrives there once",
            f"{moves} note, {len(cards)} cards of {len(people)}; rows {states}",
        )


async def _topic(bench: Bench) -> Outcome:
    """What is answered where a topic was named that is gone."""
    async with scene(bench, Way(staff=True)) as stage:
        fault = {"status": 400, "description": "Bad Request: message thread not found"}
        await stage.town.post("faults", method="sendmessage", times=1, **fault)
        (person,) = await stage.people(1)
        await person.say("one")
        spent = await stage.settle(30)
        states = stage.rows("SELECT state, note FROM outbox WHERE chat_id > 0")
        checks = Checks()
        checks.that(spent is not None, "something still waited after 30 s")
        return checks.outcome(
            "7 topic deleted",
            bench.engine,
            "one call answered with “message thread not found”",
            "no storm; the product itself writes to no topic",
            f"the call stands as {states[0][0]}",
        )


async def _token(bench: Bench) -> Outcome:
    """The token is taken back; then another program polls with it."""
    async with scene(bench, Way(1)) as stage:
        (person,) = await stage.people(1)
        await person.say("one")
        await stage.settle()
        await stage.town.post("faults", method="*", times=0, status=401, description="Unauthorized")
        await person.say("two")
        begin = time.monotonic()
        code = await stage.bots[0].wait()
        ended = time.monotonic() - begin
        told = [line for line in bench.logs.lines_with("BOT_TOKEN") if "does not accept" in line]
        async with stage.town.http.delete(f"{stage.town.base}/preview/faults"):
            pass
        await stage.bots[0].start()
        await stage.settle()
        heard = await person.hear(2)
        checks = Checks()
        checks.that(code != 0, "it ended as if all were well")
        checks.that(bool(told), "the log does not say what to do")
        checks.that(len(heard) == 2, f"{len(heard)} answers for 2 words")
        return checks.outcome(
            "7 token taken back",
            bench.engine,
            "401 to every call amid work, then the token is good again",
            "it stops with one clear line and an exit code; after a start nothing is lost",
            f"ended with {code} after {ended:.1f} s; {len(heard)} of 2 words answered",
        )
