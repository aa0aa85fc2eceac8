"""Mode 15: the clock passes the days by which answers were to be looked at again."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.clock import day_in_kazakhstan
from bot.loading import load_world
from dialogs.cards.answer import answer_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.texts import Texts
from knowledge.answer import Answer
from knowledge.language import Language
from knowledge.serving import serve
from tests.drill.bench import Bench
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_OVERDUE = "Срок проверки прошёл"
_DAY = 86_400
_LOOK_SECONDS = 6
"""The bot looks at its own troubles every five; what is overdue today is told by then."""


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Every answer in every language past its day; and the running bot, asked for some of them."""
    return [_all_answers(bench), await _running(bench)] if bench.server is None else [await _running(bench)]


def _warning(texts: Texts, language: Language, answer: Answer) -> str:
    voice = Voice(texts, language)
    return voice.text("answer.past_review", date=voice.date(answer.review_by))


def _all_answers(bench: Bench) -> Outcome:
    world = load_world(day_in_kazakhstan(time.time()))
    late = max(answer.review_by for answer in world.knowledge.answers.values())
    day = datetime.fromtimestamp(datetime(late.year, late.month, late.day, tzinfo=UTC).timestamp() + _DAY, UTC).date()
    checks, told, silent = Checks(), 0, 0
    for answer in world.knowledge.answers.values():
        served = serve(world.knowledge, answer, day)
        if served is None:
            silent += 1
            continue
        for language in Language:
            words = to_plain(answer_card(served, world.knowledge, Voice(world.texts, language), whole=True))
            told += 1
            warned = _warning(world.texts, language, answer) in words
            checks.that(warned, f"{answer.id} in {language} is told without a warning on {day}")
        checks.that(answer.expires is None or answer.expires >= day, f"{answer.id} is told after its hard end")
    return checks.outcome(
        "15 stale answers",
        "–",
        f"all answers in three languages on {day}, past every review",
        "never without a warning, none after its hard end",
        f"{told} told, each with the warning; {silent} answers not served any more",
    )


async def _running(bench: Bench) -> Outcome:
    """The clock of a running bot is moved a year on."""
    clock = bench.folder / f"stale-clock-{bench.engine}"
    clock.write_text("0")
    way = Way(1, staff=True, arguments=("--clock", str(clock), "--conversations"))
    async with scene(bench, way) as stage:
        knowledge = load_world(day_in_kazakhstan(time.time())).knowledge
        texts = Texts.load()
        assert stage.staff is not None
        await stage.staff.look(_LOOK_SECONDS)
        before = len(stage.staff.heard)
        clock.write_text(str(400 * _DAY))
        began = time.monotonic()
        alerted = await stage.staff_hear(_OVERDUE, 90, after=before)
        told = time.monotonic() - began
        asked = bench.chance.sample(sorted(knowledge.answers), bench.few(25, 3))
        checks, answered = Checks(), 0
        for language in Language:
            person = await stage.town.person(language.value)
            await person.say(f"/start lang_{language.value}")
            await stage.settle()
            for name in asked:
                answer = knowledge.answers[name]
                await person.look()
                before = len(person.heard)
                await person.say(answer.titles[language])
                await stage.settle()
                await person.look()
                card = "\n".join(person.heard[before:])
                shown = next((a for a in knowledge.answers.values() if card.startswith(a.titles[language])), None)
                if shown is not None and str(shown.as_of.year) in card and _as_of(texts, language, shown) in card:
                    answered += 1
                    checks.that(_warning(texts, language, shown) in card, f"{shown.id} in {language}: no warning")
        checks.that(alerted is not None, "staff heard nothing in 90 s")
        checks.that(told < 60, f"staff were told after {told:.0f} s")
        checks.that(answered >= len(asked), f"only {answered} answers came")
        return checks.outcome(
            "15 running bot",
            bench.engine,
            f"the clock of a running bot moved 400 days on; {len(asked)} answers asked for in three languages",
            "never without a warning; staff told in under 1 min",
            f"{answered} answers, each with its warning; staff told after {told:.1f} s",
        )


def _as_of(texts: Texts, language: Language, answer: Answer) -> str:
    voice = Voice(texts, language)
    return voice.text("answer.as_of", date=voice.date(answer.as_of))
