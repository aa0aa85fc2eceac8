"""The product with numbered turns instead of conversations, or with a clock that is wrong: `python -m tests.drill.bot`.

All else is as in `visabot run`: variables, storage, service, web app, signals.
"""

import argparse
import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from bot.cli.upkeep import upkeep_of_the_product
from bot.clock import Clock, day_in_kazakhstan, system_clock
from bot.due_list import nothing_due
from bot.loading import load_world
from bot.lock import only_process
from bot.logs import LogFormat, set_up_logging
from bot.roles import Role
from bot.service import Account, Service, Tuning
from bot.settings import Settings
from bot.storage.store import Store
from bot.telegram.pace import RateRules
from bot.timers import facts_mark
from bot.turns import TurnFunction
from dialogs.engine import turn
from dialogs.texts import Texts
from dialogs.world import World
from knowledge.base import KnowledgeBase
from knowledge.checks.stale import Due, stale
from tests.drill.turn import NumberedTurns

__all__ = ["main"]


def moved_clock(file: Path | None) -> Clock:
    """The clock of the machine, moved by the seconds that stand in `file` at the moment."""
    if file is None:
        return system_clock

    def clock() -> float:
        return system_clock() + float(file.read_text() or 0)

    return clock


@dataclass(frozen=True, slots=True)
class Mind:
    """What answers, what it knows, and what of that is due on a day."""

    turn: TurnFunction
    world: World
    due: Callable[[date], tuple[Due, ...]] = nothing_due
    mark: Callable[[World], str] = facts_mark


def numbered(seconds: float) -> Mind:
    """Numbered turns; no facts."""
    world = World(cast(KnowledgeBase, None), Texts.load(), {}, date(2026, 11, 22))
    return Mind(NumberedTurns(seconds), world, mark=lambda _world: "facts")


def conversations(clock: Clock) -> Mind:
    """The real ones."""
    world = load_world(day_in_kazakhstan(clock()))
    approved = upkeep_of_the_product().approved
    return Mind(turn, world, lambda today: stale(world.knowledge, approved, today, 14))


async def serve(settings: Settings, roles: tuple[Role, ...], clock: Clock, rates: bool, mind: Mind) -> None:
    """Run until SIGTERM."""
    tuning = Tuning(rates=RateRules() if rates else None, mark=mind.mark)
    account = Account(settings.token or "", settings.api_url, settings.staff_chat, settings.webhook)
    store = await Store.open(settings.database, settings.data_keys)
    try:
        listen = (settings.host, settings.port)
        service = Service(account, store, mind.world, mind.turn, clock, tuning, roles, listen, mind.due)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, service.stop)
        await _until_ended(service, lambda: print(f"ready at {service.address}", flush=True))
    finally:
        await store.close()


async def _until_ended(service: Service, tell: Callable[[], None]) -> None:
    running = asyncio.create_task(service.run())
    ready = asyncio.create_task(service.ready.wait())
    await asyncio.wait((running, ready), return_when=asyncio.FIRST_COMPLETED)
    if ready.done():
        tell()
    ready.cancel()
    await running


def main() -> None:
    """Read the settings and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--role", action="append", type=Role, default=[])
    parser.add_argument("--clock", type=Path, metavar="FILE", help="holds the seconds by which the clock is wrong")
    parser.add_argument("--rates", action="store_true")
    parser.add_argument("--turn-seconds", type=float, default=0.0)
    parser.add_argument("--conversations", action="store_true", help="the real ones")
    given = parser.parse_args()
    settings = Settings.read(os.environ)
    webhook = settings.webhook
    secrets = tuple(filter(None, (settings.token, None if webhook is None else webhook.secret, *settings.data_keys)))
    set_up_logging(settings.log_level, secrets, form=LogFormat(settings.log_format))
    roles = tuple(given.role) or tuple(Role)
    clock = moved_clock(given.clock)
    mind = conversations(clock) if given.conversations else numbered(given.turn_seconds)
    with only_process(settings.database):
        asyncio.run(serve(settings, roles, clock, given.rates, mind))


if __name__ == "__main__":
    main()
