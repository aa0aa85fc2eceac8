"""A walk that takes steps of the walk before comes to the same as one that judges every answer itself."""

import random
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from dialogs import replay as walks
from dialogs.engine import turn
from dialogs.events import Text
from dialogs.replay import forget_walks, replay, situation_at
from dialogs.session import Session
from dialogs.stance import current_key
from dialogs.talks import load_scripts, play
from dialogs.world import World

FILES = sorted((Path(__file__).parents[1] / "conversations").glob("*.yaml"))
PAIRS = 120


@pytest.fixture(scope="module")
def met(world: World) -> list[Session]:
    """The sessions in the golden conversations that have answers, each set of answers once."""
    found = {
        (exchange.session.flow, exchange.session.answers): exchange.session
        for script in load_scripts(FILES)
        for exchange in play(script, world).exchanges
        if exchange.session.flow in world.flows and exchange.session.answers
    }
    return sorted(found.values(), key=lambda session: str(session.flow))


def test_steps_taken_over_are_those_that_would_be_taken(met: list[Session], world: World) -> None:
    chance = random.Random(7)
    for id_, sessions in groupby(met, key=lambda session: session.flow):
        flow, listed = world.flows[str(id_)], list(sessions)
        for _ in range(PAIRS):
            before, after = chance.choice(listed), _changed(chance.choice(listed), chance)
            forget_walks()
            replay(flow, before.answers, world)
            assert replay(flow, after.answers, world) == replay(flow, dict(after.answers), world)
            assert situation_at(flow, after.answers, world) == situation_at(flow, dict(after.answers), world)
    forget_walks()


def test_a_walk_of_another_day_is_no_help(met: list[Session], world: World) -> None:
    """An arrival within reach today has passed by a year from now."""
    later = replace(world, today=world.today.replace(year=world.today.year + 1))
    for session in met:
        flow = world.flows[str(session.flow)]
        replay(flow, session.answers, world)
        assert replay(flow, session.answers, later) == replay(flow, dict(session.answers), later)
    forget_walks()


def test_a_turn_leaves_no_answers_behind(met: list[Session], world: World) -> None:
    for session in met[::20]:
        turn(session, Text("7"), world)
        assert walks._WALKS == {}
        current_key(session, world)
        assert walks._WALKS != {}
        forget_walks()


def _changed(session: Session, chance: random.Random) -> Session:
    """The same answers, with one of them gone or skipped now and then."""
    place = chance.randrange(2 * len(session.answers))
    if place >= len(session.answers):
        return session
    kept = list(session.answers)
    key, _ = kept.pop(place)
    if chance.random() < 0.3:
        kept.insert(place, (key, None))
    return replace(session, answers=tuple(kept))
