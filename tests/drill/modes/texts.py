"""Mode 5: what Telegram limits in a text."""

from collections.abc import Sequence

from bot.telegram.html import utf16_length
from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_SAMPLES = {
    "kk": "Қазақстанға келу үшін визаға өтініш беру керек. ",
    "ru": "Для въезда в Казахстан нужно получить визу. ",
    "en": "A visa is needed to enter Kazakhstan. ",
    "emoji": "👩‍👩‍👧‍👦🇰🇿✈️ ",
}
_LONGEST = 4096


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Every language at the edge, many entities, broken markup."""
    return [await _lengths(bench), await _entities(bench), await _markup(bench)]


def _filled(sample: str, units: int) -> str:
    """Words of exactly so many UTF-16 units."""
    text = ""
    while utf16_length(text + sample) <= units:
        text += sample
    return text.rstrip() + "." * (units - utf16_length(text.rstrip()))


async def _lengths(bench: Bench) -> Outcome:
    """What is echoed is three units longer than what was said, so that the edge is passed."""
    async with scene(bench, Way()) as stage:
        checks, sizes = Checks(), (4092, 4093, 4094, 4096)
        for name, sample in _SAMPLES.items():
            (person,) = await stage.people(1)
            said = [_filled(sample, size) for size in sizes]
            for words in said:
                await person.say(words)
            await stage.settle(30)
            await person.look()
            heard = "".join(person.heard)
            for number, words in enumerate(said, 1):
                whole = f"{number}: {words}"
                checks.that(
                    "".join(whole.split()) in "".join(heard.split()), f"{name}: words of {utf16_length(whole)} are lost"
                )
            longest = max(map(utf16_length, person.heard))
            checks.that(longest <= _LONGEST, f"{name}: a message of {longest} units")
        states = dict(stage.rows("SELECT state, count(*) FROM outbox GROUP BY state"))
        checks.that(set(states) == {"sent"}, f"the calls stand as {states}")
        return checks.outcome(
            "5 lengths",
            bench.engine,
            f"answers of {', '.join(str(size + 3) for size in sizes)} UTF-16 units in kk, ru, en and emoji",
            "nothing lost, no message over 4,096, none refused",
            f"{sum(states.values())} messages, all {'/'.join(states)}",
        )


async def _entities(bench: Bench) -> Outcome:
    async with scene(bench, Way()) as stage:
        (person,) = await stage.people(1)
        checks = Checks()
        for count in (100, 101, 300):
            await person.say(f"bold {count}")
            await stage.settle(30)
            await person.look()
            shown = [change["message"] for _, change in sorted(person.messages.items())]
            mine = [message for message in shown if message["from"]["is_bot"]]
            bold = sum(entity["type"] == "bold" for message in mine for entity in message.get("entities", ()))
            checks.that(bold == count, f"{bold} of {count} words are bold")
            most = max(len(message.get("entities", ())) for message in mine)
            checks.that(most <= 100, f"{most} entities in a message")
            await person.say("/erase")
            await stage.settle(30)
            person.messages.clear()
        return checks.outcome(
            "5 entities",
            bench.engine,
            "answers with 100, 101 and 300 bold words",
            "all are bold: a message that would hold more is cut, outside of a word",
            "all bold" if not checks.problems else "some were dropped",
        )


async def _markup(bench: Bench) -> Outcome:
    """Telegram refuses the markup, then the length: both are repaired once, and nothing is lost."""
    async with scene(bench, Way()) as stage:
        (person,) = await stage.people(1)
        orders = {
            "can't parse entities: unexpected end of name token": "marked",
            "message is too long": _filled(_SAMPLES["kk"], 3000),
            "ENTITIES_TOO_LONG": "bold 90",
        }
        checks = Checks()
        for description, words in orders.items():
            before = len(person.heard)
            order = {"method": "sendmessage", "times": 1, "status": 400, "description": f"Bad Request: {description}"}
            await stage.town.post("faults", **order)
            await person.say(words)
            await stage.settle(30)
            await person.look()
            checks.that(len(person.heard) > before, f"{description}: no answer")
        states = stage.rows("SELECT state, note FROM outbox")
        checks.that(all(state == "sent" for state, _ in states), f"the calls stand as {states}")
        notes = [note for _, note in states if note]
        return checks.outcome(
            "5 markup",
            bench.engine,
            "“can't parse entities”, “message is too long” and ENTITIES_TOO_LONG, once each",
            "plain words, or shorter ones, in their place: once, and nothing is lost",
            f"{len(states)} answers sent, {len(notes)} of them in another way than first tried",
        )
