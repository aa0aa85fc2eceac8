"""What one update costs of our own CPU, by what was done: every turn of the golden conversations, again and again.

A turn here is all that is pure: the session read from its JSON, the turn, the session written as JSON, the words made
into calls. Run: python -m tests.bench.turns
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.telegram.render import Pressed, Target, render
from dialogs.engine import turn
from dialogs.events import Alarm, Command, Event, Press, Text
from dialogs.flow import load_flows
from dialogs.keys import bare
from dialogs.session import Session, View
from dialogs.stance import current_key, flow_of
from dialogs.talks import load_scripts, play
from dialogs.texts import Texts
from dialogs.world import World
from knowledge.loader import load_knowledge

__all__ = ["main"]

_SCRIPTS = Path(__file__).parents[1] / "conversations"
_TODAY = date(2026, 11, 22)
_SHORT = frozenset({None, "which_visa", "evisa_check"})
"""Dialogs of a handful of answers."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One turn of a conversation: what stood before it, and what came of it."""

    kind: str
    stored: str
    event: Event
    world: World
    target: Target


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="times that every conversation is held")
    rounds = parser.parse_args().rounds
    world = World(load_knowledge(), Texts.load(), load_flows(), _TODAY, fresh="7K2M9QW4E8R3T6Y5")
    cases = list(_cases(world))
    # In an order of chance, as in life: a turn seldom follows upon one of the same person.
    random.Random(1).shuffle(cases)
    spent: dict[int, list[float]] = {number: [] for number in range(len(cases))}
    for _ in range(rounds):
        for number, case in enumerate(cases):
            begin = time.process_time_ns()
            _taken(case)
            spent[number].append((time.process_time_ns() - begin) / 1e6)
    by_kind: dict[str, list[float]] = {}
    for number, each in spent.items():
        # The best of all rounds: the first reads word lists, and what else runs on a machine only adds.
        by_kind.setdefault(cases[number].kind, []).append(min(each))
    print(f"{len(cases)} turns, {rounds} rounds; milliseconds of a turn, the best of its rounds")
    for kind, best in sorted(by_kind.items()):
        every = sorted(best)
        print(
            f"  {kind:38} {len(every):4} turns   median {statistics.median(every):5.2f}   "
            f"mean {statistics.fmean(every):5.2f}   worst {every[-1]:5.2f}"
        )
    every_turn = statistics.fmean(each for best in by_kind.values() for each in best)
    print(f"  {'all':38} {len(cases):4} turns   mean {every_turn:7.3f}")


def _taken(case: _Case) -> None:
    session = Session.from_json(case.stored)
    done = turn(session, case.event, replace(case.world, today=case.world.today))
    done.session.to_json()
    render(done.says, case.target)


def _cases(world: World) -> Iterator[_Case]:
    """Every step of every conversation that asks for a turn."""
    for script in load_scripts(sorted(_SCRIPTS.glob("*.yaml"))):
        before = Session(language=script.language)
        for exchange in play(script, world).exchanges:
            if exchange.event is not None and not isinstance(exchange.event, Alarm):
                stood = exchange.world if exchange.world.fresh else replace(exchange.world, fresh=world.fresh)
                pressed = Pressed("1", 7) if isinstance(exchange.event, Press) else None
                kind = _kind(before, exchange.event, exchange.session, stood)
                yield _Case(kind, before.to_json(), exchange.event, stood, Target(1, "https://t.me/bot", pressed))
            before = exchange.session


def _kind(before: Session, event: Event, after: Session, world: World) -> str:
    """What was done in which dialog, and whether an outcome came of it."""
    length = "short" if {before.flow, after.flow} <= _SHORT else "long"
    if before.language is None:
        return f"{length}: before the language"
    flow, key = flow_of(before, world), current_key(before, world)
    asked = flow.questions[bare(key)].kind if flow is not None and key is not None else None
    ended = after.view is View.FLOW and current_key(after, world) is None and after != before
    match event:
        case Press():
            done = "a tap"
        case Command():
            done = "a command"
        case Text() if after.answers == before.answers and after.view is before.view:
            done = "words that are no answer"
        case Text() if asked is not None and before.view is View.FLOW and after.view is View.FLOW:
            done = f"a typed {asked}"
        case Text():
            done = "other words"
        case _:
            done = "anything else"
    return f"{length}: {done}{', outcome' if ended else ''}"


if __name__ == "__main__":
    main()
