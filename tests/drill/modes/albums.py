"""Mode 8: albums whose pictures come late, and what is no text."""

import asyncio
from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_KINDS = ("sticker", "voice", "photo", "document", "video", "location", "contact")


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Ten pictures over eleven seconds; then one of each kind, an edit, and kinds that nobody knows."""
    return [await _album(bench), await _odd(bench)]


async def _album(bench: Bench) -> Outcome:
    async with scene(bench, Way(2, webhook=True)) as stage:
        albums, items, seconds = bench.few(10, 3), 10, bench.few(11, 2)
        people = await stage.people(albums)
        for person in people:
            await person.say("hello")
        await stage.settle()
        for item in range(items):
            for person in people:
                user = {"id": person.id, "is_bot": False, "first_name": "Ainur Example"}
                chat = {"id": person.id, "type": "private", "first_name": "Ainur Example"}
                photo = [{"file_id": f"f{item}", "file_unique_id": f"u{item}", "width": 1, "height": 1}]
                message = {"message_id": 10**6 + item, "date": 1_795_000_000, "chat": chat, "from": user}
                album = {**message, "photo": photo, "media_group_id": f"album-{person.id}"}
                await stage.town.post("updates", message=album)
            await asyncio.sleep(seconds / items)
        await stage.settle()
        heard = 0
        for person in people:
            await person.look()
            heard += len(person.heard) - 1
        done = stage.figure("SELECT count(*) FROM inbox WHERE media_group IS NOT NULL AND state = 'done'")
        checks = Checks()
        checks.that(heard == albums, f"{heard} answers to {albums} albums")
        checks.that(done == albums * items, f"{done} of {albums * items} pictures are done")
        return checks.outcome(
            "8 albums",
            bench.engine,
            f"{albums} albums of {items} pictures that come over {seconds} s, {len(stage.bots)} process(es)",
            "one answer each, no picture left over",
            f"{heard} answers, {done} pictures done",
        )


async def _odd(bench: Bench) -> Outcome:
    async with scene(bench, Way(2, webhook=True)) as stage:
        (person,) = await stage.people(1)
        for kind in _KINDS:
            await person.send(kind)
        await person.say("words")
        await stage.settle()
        await person.look()
        mine = next(c["message"] for c in person.messages.values() if c["message"].get("text") == "words")
        await stage.town.edit(person.id, mine["message_id"], "other words")
        channel = {"id": -1001, "type": "channel", "title": "News"}
        await stage.town.post("updates", channel_post={"message_id": 1, "date": 1, "chat": channel, "text": "news"})
        user = {"id": person.id, "is_bot": False, "first_name": "Ainur Example"}
        chat = {"id": person.id, "type": "private"}
        large = {"file_id": "big", "file_unique_id": "b", "file_size": 30_000_000, "file_name": "scan.pdf"}
        message = {"message_id": 10**6, "date": 1_795_000_000, "chat": chat, "from": user}
        await stage.town.post("updates", message={**message, "document": large})
        await stage.town.post("updates", message={**message, "message_id": 10**6 + 1, "unheard_of": {"x": 1}})
        spent = await stage.settle()
        await person.look()
        states = dict(stage.rows("SELECT state, count(*) FROM inbox GROUP BY state"))
        due = len(_KINDS) + 3
        checks = Checks()
        checks.that(spent is not None, "something still waited after 120 s")
        checks.that(len(person.heard) >= due, f"{len(person.heard)} answers to {due} things: {person.heard}")
        checks.that(set(states) == {"done"}, f"the updates stand as {states}")
        return checks.outcome(
            "8 odd types",
            bench.engine,
            f"{', '.join(_KINDS)}, an edit, a file of 30 MB, a channel post, a kind that nobody knows",
            "nothing is dropped silently: the traveller is told what was not accepted",
            f"{len(person.heard)} answers, {sum(states.values())} updates {'/'.join(states)}",
        )
