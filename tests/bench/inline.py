"""How long the cards of an inline query take: `python -m tests.bench.inline [rounds]`.

The queries are what people type on the way to a word, every keyword of every answer, names of countries and garbage.
Prints one JSON object.
"""

import json
import statistics
import sys
import time
from datetime import date

from bot.loading import load_world
from dialogs.inline import inline_cards
from dialogs.world import World
from knowledge.language import Language
from knowledge.recognition import display_name

TYPED = ("", "e", "fee", "төлем", "толем", "инд", "виза", "visa", "сколько стоит электронная виза", "шақыру қайда")
GARBAGE = ("asdkjh", "😀", "x" * 256, "ъ" * 256, "visa " * 51, "{}<>&" * 50)


def queries(world: World) -> list[str]:
    """Everything that is asked once in a round."""
    words = [word for answer in world.knowledge.answers.values() for said in answer.keywords.values() for word in said]
    countries = [display_name(code, Language.EN) for code in world.knowledge.regimes]
    begun = [word[:length] for word in ("invitation", "приглашение", "шақыру", "Пакистан") for length in range(1, 8)]
    return [*TYPED, *begun, *words, *countries, *GARBAGE]


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    world = load_world(date(2026, 11, 28))
    asked = queries(world)
    for query in asked:
        inline_cards(query, world, Language.RU)
    timings: list[tuple[float, str]] = []
    for _ in range(rounds):
        for query in asked:
            started = time.perf_counter()
            inline_cards(query, world, Language.RU)
            timings.append((time.perf_counter() - started, query))
    timings.sort()
    slowest, query = timings[-1]
    print(
        json.dumps(
            {
                "queries": len(asked),
                "rounds": rounds,
                "median_ms": round(statistics.median(seconds for seconds, _ in timings) * 1000, 2),
                "p99_ms": round(timings[int(len(timings) * 0.99)][0] * 1000, 2),
                "slowest_ms": round(slowest * 1000, 2),
                "slowest": query[:40],
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
