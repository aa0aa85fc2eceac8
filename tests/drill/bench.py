"""What a drill works with: the engine, how much is done, where random points come from, and all logs."""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.drill.outcome import Outcome
from tests.drill.programs import Logs
from tests.postgres import Postgres

__all__ = ["Bench", "Drill"]


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of drills on one engine, `sqlite` or `postgresql`.

    `updates` is how many a large drill takes. A `quick` one keeps the harness from rotting: it waits shorter and proves
    less. `server` is None on SQLite.
    """

    engine: str
    updates: int
    quick: bool
    chance: random.Random
    folder: Path
    server: Postgres | None
    logs: Logs = field(default_factory=Logs)

    @property
    def is_shared(self) -> bool:
        """Whether several processes can work on the database."""
        return self.server is not None

    def replicas(self, wanted: int) -> int:
        """How many processes work: one on a file."""
        return wanted if self.is_shared else 1

    def few(self, full: int, quick: int) -> int:
        """A figure of the full run, or of the quick one."""
        return quick if self.quick else full


Drill = Callable[[Bench], Awaitable[Sequence[Outcome]]]
"""A mode: does its harm, and tells what came of it."""
