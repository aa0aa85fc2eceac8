"""Mode 6, as far as the chat of staff goes: who has a conversation, and when the bot is silent."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from tests.bot.rig import Person
from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Scene, Way, scene

__all__ = ["drill"]


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Many replies and many releases at once, a takeover while the bot answers, and back."""
    return [
        await _replies(bench),
        await _releases(bench),
        await _takeover(bench),
        Outcome.waits(
            "6 claims", "no claim in the staff chat: 50 and 160 claims and stale leases wait for the web desk"
        ),
    ]


async def _called(stage: Scene) -> tuple[Person, int]:
    """Somebody who has called for staff, and the message that stands for them."""
    assert stage.staff is not None
    (guest,) = await stage.people(1)
    await guest.say("human")
    await guest.hear(1)
    await stage.staff.hear(len(stage.staff.heard) + 1)
    return guest, int(stage.staff.last_heard()["message_id"])


async def _members(stage: Scene, number: int) -> list[int]:
    return [person.id for person in await stage.people(number)]


async def _replies(bench: Bench) -> Outcome:
    async with scene(bench, Way(3, webhook=True, staff=True)) as stage:
        assert stage.staff is not None
        guest, card = await _called(stage)
        count = bench.few(50, 10)
        members = await _members(stage, 5)
        path = f"chats/{stage.staff.id}/messages"
        words = [f"reply-{number}." for number in range(count)]
        await asyncio.gather(
            *(
                stage.town.post(path, text=word, reply_to=card, **{"from": members[number % len(members)]})
                for number, word in enumerate(words)
            )
        )
        spent = await stage.settle()
        await guest.look()
        came = Counter(word for text in guest.heard for word in words if word in text)
        checks = Checks()
        checks.that(spent is not None, "something still waited after 120 s")
        checks.that(len(came) == count, f"{len(came)} of {count} replies arrived")
        checks.that(set(came.values()) == {1}, "a reply came twice")
        return checks.outcome(
            "6 replies",
            bench.engine,
            f"{count} replies of {len(members)} members to one card at once, {len(stage.bots)} process(es)",
            "each arrives once",
            f"{len(came)} arrived, {sum(came.values()) - len(came)} twice",
        )


async def _releases(bench: Bench) -> Outcome:
    """Everybody gives the conversation back at once; one of them does, and the bot answers from then on."""
    async with scene(bench, Way(3, webhook=True, staff=True)) as stage:
        assert stage.staff is not None
        guest, card = await _called(stage)
        count = bench.few(50, 10)
        members = await _members(stage, 5)
        path = f"chats/{stage.staff.id}/callbacks"
        data = stage.staff.last_heard()["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        presses = (
            stage.town.post(path, message_id=card, data=data, stale=True, **{"from": members[number % len(members)]})
            for number in range(count)
        )
        await asyncio.gather(*presses)
        await stage.settle()
        await guest.look()
        released = sum("released" in text for text in guest.heard)
        answers = sum(entry["method"] == "answerCallbackQuery" for entry in await stage.sent())
        await guest.say("hello again")
        await stage.settle()
        await guest.look()
        checks = Checks()
        checks.that(released == 1, f"the traveller heard of {released} releases")
        checks.that(answers == count, f"{answers} of {count} presses were answered")
        checks.that("hello again" in guest.heard[-1], "the bot does not answer after the release")
        return checks.outcome(
            "6 releases",
            bench.engine,
            f"{count} presses of “give back” by {len(members)} members at once",
            "one effect, every press answered, the bot answers again",
            f"{released} release, {answers} presses answered",
        )


async def _takeover(bench: Bench) -> Outcome:
    """The traveller calls for staff while an answer of the bot is on its way; what they write then is for staff."""
    async with scene(bench, Way(3, webhook=True, staff=True)) as stage:
        assert stage.staff is not None
        rounds, spoke, passed = bench.few(20, 4), 0, 0
        people = await stage.people(rounds)
        await stage.town.post("faults", method="sendmessage", times=0, chance=0.5, delay=0.5, seed=7)
        for person in people:
            for word in ("before", "human", "for-staff-1", "for-staff-2"):
                await person.say(word)
        await stage.settle()
        for person in people:
            await person.look()
            words = [text.split(": ", 1)[1] for text in person.heard]
            spoke += sum("for-staff" in text for text in person.heard)
            passed += words == ["before", "called"]
        await stage.staff.look()
        at_staff = sum("for-staff" in text for text in stage.staff.heard)
        checks = Checks()
        checks.that(spoke == 0, f"the bot answered {spoke} words that were for staff")
        checks.that(passed == rounds, f"{rounds - passed} people heard something else than two answers, in order")
        checks.that(at_staff == 2 * rounds, f"{at_staff} of {2 * rounds} words reached staff")
        return checks.outcome(
            "6 takeover",
            bench.engine,
            f"{rounds} people call for staff while an answer of the bot is in flight (0.5 s a call)",
            "the answer in flight arrives first; 0 words of the bot after the takeover",
            f"{spoke} words of the bot after it, {at_staff} of {2 * rounds} words with staff",
        )
