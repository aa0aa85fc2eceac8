"""Mode 4: Telegram's rates, a chat that must wait, and a whole bot that must."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Scene, Way, scene

__all__ = ["drill"]

_MOST = 33
"""Calls that may arrive in a second where 30 left: on their way some catch up with others."""
_FLOODS = 'visabot_calls_total{method="sendMessage",result="flood"}'


async def drill(bench: Bench) -> Sequence[Outcome]:
    """More than may go, then one stop and another."""
    return [await _rates(bench), await _one_chat(bench), await _whole_bot(bench), await _priorities(bench)]


def _way(*, staff: bool = False) -> Way:
    return Way(3, rates=True, staff=staff, arguments=("--rates",))


async def _rates(bench: Bench) -> Outcome:
    async with scene(bench, _way()) as stage:
        people = await stage.people(bench.few(60, 20))
        ledger = await talk(stage, people, bench.few(900, 120), 60)
        spent = await stage.settle(300)
        found, floods = await stage.judge(ledger), await stage.metric(_FLOODS)
        entries = [e for e in await stage.sent() if e["method"] == "sendMessage"]
        times = [entry["at_ms"] for entry in entries]
        most = max(sum(begin <= at < begin + 1000 for at in times) for begin in times)
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 300 s")
        checks.that(most <= _MOST, f"{most} calls in a second")
        checks.that(floods <= 5, f"{floods:.0f} × 429")
        return checks.outcome(
            "4 rates",
            bench.engine,
            f"{found.said} updates at 60/s from {len(people)} people, {len(stage.bots)} process(es), strict rates",
            "0 lost; from all processes together no more than 30 a second leave, so that hardly a call is refused",
            f"{found.told}; at most {most} calls a second, {floods:.0f} × 429",
        )


async def _one_chat(bench: Bench) -> Outcome:
    seconds = bench.few(35, 8)
    async with scene(bench, _way()) as stage:
        people = await stage.people(20)
        ledger = await talk(stage, people, len(people), 20)
        await stage.settle()
        stopped = people[0]
        await stage.town.post("floods", chat_id=stopped.id, seconds=seconds)
        rate = bench.few(10, 8)
        ledger = await talk(stage, people, rate * seconds, rate, ledger)
        spent = await stage.settle(300)
        found, floods = await stage.judge(ledger), await stage.metric(_FLOODS)
        delays = ledger.delays(await stage.sent(), {person.id for person in people[1:]})
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 300 s")
        late = delays[int(len(delays) * 0.99)]
        checks.that(late < 1, f"other chats waited {late:.2f} s (99 %)")
        checks.that(floods <= 3, f"{floods:.0f} × 429: it did not wait")
        return checks.outcome(
            "4 one chat",
            bench.engine,
            f"429 with {seconds} s for one of {len(people)} chats amid {found.said} updates",
            "0 lost, the others are delayed by less than 1 s, no call before the time",
            f"{found.told}; others p50 {delays[len(delays) // 2]:.2f} s, p99 {late:.2f} s; {floods:.0f} × 429",
        )


async def _whole_bot(bench: Bench) -> Outcome:
    seconds = bench.few(20, 6)
    async with scene(bench, _way()) as stage:
        people = await stage.people(bench.few(30, 10))
        ledger = await talk(stage, people, len(people), 20)
        await stage.settle()
        await stage.town.post("floods", seconds=seconds)
        ledger = await talk(stage, people, 10 * seconds, 10, ledger)
        spent = await stage.settle(300)
        found, floods = await stage.judge(ledger), await stage.metric(_FLOODS)
        allowed = 12 * len(stage.bots)
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 300 s")
        checks.that(floods <= allowed, f"{floods:.0f} × 429 from {len(stage.bots)} processes")
        return checks.outcome(
            "4 whole bot",
            bench.engine,
            f"429 with {seconds} s to every chat amid {found.said} updates, {len(stage.bots)} process(es)",
            "0 lost, all processes wait once three chats were told to",
            f"{found.told}; {floods:.0f} × 429 in all, all done {spent or 0:.0f} s after the last",
        )


async def _priorities(bench: Bench) -> Outcome:
    """A reply of staff while many answers of the bot wait for room."""
    async with scene(bench, _way(staff=True)) as stage:
        assert stage.staff is not None
        (guest,), people = await stage.people(1), await stage.people(bench.few(250, 80))
        await guest.say("human")
        await stage.staff.hear(1)
        card = stage.staff.last_heard()["message_id"]
        await stage.settle()
        await asyncio.gather(*(person.say(f"crowd-{person.id}") for person in people))
        await stage.until(lambda: _left(stage) > 0.5 * len(people), 10)
        words = {"text": "a person writes", "reply_to": card, "from": stage.staff_member}
        await stage.town.post(f"chats/{stage.staff.id}/messages", **words)
        await stage.until(lambda: bool(stage.rows(_REPLIED.format(guest.id))), 60)
        before = _left(stage)
        await stage.settle(300)
        entries = [entry for entry in await stage.sent() if entry["method"] == "sendMessage"]
        place = next(n for n, entry in enumerate(entries) if "a person writes" in (entry["text"] or ""))
        behind = sum("crowd-" in (entry["text"] or "") for entry in entries[place:])
        checks = Checks()
        checks.that(behind > 0, "the reply of staff came behind all answers of the bot")
        return checks.outcome(
            "4 priorities",
            bench.engine,
            f"{len(people)} answers of the bot wait for room, then a member of the staff replies to somebody",
            "a person's words go first",
            f"{behind} of {len(people)} answers went after the reply ({before} waited when it had gone); "
            "no typing sign was due",
        )


_REPLIED = "SELECT 1 FROM outbox WHERE chat_id = {} AND state = 'sent' AND id > 2 LIMIT 1"


def _left(stage: Scene) -> int:
    return stage.figure("SELECT count(*) FROM outbox WHERE slot IS NOT NULL")
