"""Mode 1: updates that come again and again, out of order, and with the same number to two bots."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from tests.bot.rig import Person, settings_for
from tests.drill.bench import Bench
from tests.drill.ledger import Ledger
from tests.drill.outcome import Checks, Outcome
from tests.drill.programs import Program, free_port
from tests.drill.scene import PATH, SECRET, Scene, Way, preview_of, scene

__all__ = ["drill"]

_FIRST = 2_000_000_000
"""Numbers that the preview does not give."""


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Copies, swaps, two bots."""
    return [await _copies(bench), await _swaps(bench), await _two_bots(bench)]


def _update(update_id: int, person: Person, text: str) -> dict[str, Any]:
    user = {"id": person.id, "is_bot": False, "first_name": "Ainur Example"}
    chat = {"id": person.id, "type": "private", "first_name": "Ainur Example"}
    message = {"message_id": update_id, "date": 1_795_000_000, "chat": chat, "from": user, "text": text}
    return {"update_id": update_id, "message": message}


async def _deliver(http: aiohttp.ClientSession, port: int, update: Mapping[str, Any]) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with http.post(f"http://127.0.0.1:{port}{PATH}", json=update, headers=headers) as answer:
        return answer.status


async def _begin(stage: Scene, number: int) -> tuple[list[Person], Ledger]:
    """People who have said their first word."""
    people, ledger = await stage.people(number), Ledger()
    for person in people:
        word = f"hello-{person.id}"
        await person.say(word)
        ledger.said[person.id].append(word)
    await stage.settle()
    return people, ledger


async def _copies(bench: Bench) -> Outcome:
    async with scene(bench, Way(replicas=4, webhook=True)) as stage:
        people, ledger = await _begin(stage, bench.few(10, 2))
        copies = 300
        statuses: Counter[int] = Counter()
        for number, person in enumerate(people):
            word = f"copied-{number}"
            ledger.said[person.id].append(word)
            update = _update(_FIRST + number, person, word)
            ports = [stage.ports[copy % len(stage.ports)] for copy in range(copies)]
            statuses.update(await asyncio.gather(*(_deliver(stage.town.http, port, update) for port in ports)))
        await stage.settle()
        found = await stage.judge(ledger)
        rows = stage.figure(f"SELECT count(*) FROM inbox WHERE update_id >= {_FIRST}")
        checks = Checks(found.problems)
        checks.that(rows == len(people), f"{rows} rows for {len(people)} updates")
        checks.that(found.extra == 0, f"{found.extra} answers came twice")
        checks.that(set(statuses) == {200}, f"a copy was answered with {sorted(set(statuses) - {200})}")
        return checks.outcome(
            "1 duplicates",
            bench.engine,
            f"{len(people)} updates, each delivered {copies} × at once to {len(stage.ports)} process(es)",
            "one effect each, every copy acknowledged",
            f"{rows} rows, {found.told}; {sum(statuses.values())} deliveries, all 200",
        )


async def _swaps(bench: Bench) -> Outcome:
    async with scene(bench, Way(replicas=2, webhook=True)) as stage:
        people, ledger = await _begin(stage, bench.few(10, 2))
        pairs = bench.few(20, 4)
        number = _FIRST
        for _ in range(pairs):
            for person in people:
                words = [f"first-{number}", f"second-{number}"]
                ledger.said[person.id] += words
                for place in (1, 0):
                    update = _update(number + place, person, words[place])
                    await _deliver(stage.town.http, bench.chance.choice(stage.ports), update)
                number += 2
        await stage.settle()
        found = await stage.judge(ledger, ordered=False)
        checks = Checks(found.problems)
        checks.that(found.extra == 0, f"{found.extra} answers came twice")
        return checks.outcome(
            "1 out of order",
            bench.engine,
            f"{pairs * len(people)} pairs, N+1 delivered before N, to {len(stage.ports)} process(es)",
            "both handled, once each, answered in the order of their coming",
            found.told,
        )


async def _two_bots(bench: Bench) -> Outcome:
    """The same numbers, the same database, another token: at the same time, or on a file one after the other."""
    other_token = "4343:drill_token_of_another_bot_not_to_be_seen"
    async with scene(bench, Way(webhook=True)) as stage, preview_of(bench.logs, stage.folder, other_token):
        http = stage.town.http
        api = f"http://127.0.0.1:{(stage.folder / 'port').read_text()}"
        async with http.post(f"{api}/preview/users", json={"first_name": "Ainur Example"}) as made:
            other = Person(stage.town, (await made.json())["id"])
        (person,), ledger = await _begin(stage, 1)
        await http.post(f"{api}/preview/chats/{other.id}/messages", json={"text": "hello"})
        port = free_port()
        names = {
            "BOT_TOKEN": other_token,
            "BOT_API_URL": api,
            "PORT": str(port),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
            "WEBHOOK_SECRET": SECRET,
            **settings_for(stage.database),
        }
        variables = {name: value for name, value in names.items() if value is not None}
        second = Program(bench.logs, stage.folder, ("tests.drill.bot",), variables)
        count = bench.few(50, 5)
        words = [f"same-{number}" for number in range(count)]
        for number, word in enumerate(words):
            await _deliver(http, stage.ports[0], _update(_FIRST + number, person, word))
        ledger.said[person.id] += words
        await stage.settle()
        if not bench.is_shared:
            await stage.bots[0].stop()
        await second.start()
        stage.bots.append(second)
        hello = "SELECT count(*) FROM inbox WHERE bot_id = 4343 AND slot IS NULL"
        await stage.until(lambda: stage.figure(hello) == 1, 60)
        for number, word in enumerate(words):
            await _deliver(http, port, _update(_FIRST + number, other, word))
        done = "SELECT count(*) FROM inbox WHERE bot_id = 4343 AND slot IS NULL AND update_id >= 2000000000"
        await stage.until(lambda: stage.figure(done) == count and stage.is_idle, 60)
        async with http.get(f"{api}/preview/sent") as page:
            entries = (await page.json())["entries"]
        theirs = Ledger()
        theirs.said[other.id] = ["hello", *words]
        one, two = await stage.judge(ledger), theirs.judge(entries, {})
        checks = Checks(one.problems + two.problems)
        return checks.outcome(
            "1 two bots",
            bench.engine,
            f"{count} updates with the same numbers to two bots on one database"
            f"{'' if bench.is_shared else ', one after the other'}",
            "neither takes the other's for a duplicate",
            f"first: {one.told}; second: {two.told}",
        )
