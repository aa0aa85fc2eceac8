"""Work that one process of a bot does at a time, such as long polling: who has its lease has the duty."""

import asyncio
from collections.abc import Callable, Collection
from typing import Protocol

from bot.errors import StartError
from bot.shares import Part

__all__ = ["Duty", "Running"]


class Running(Protocol):
    """What the duty consists of, each time anew."""

    async def run(self) -> None:
        """Do it until `stop`."""

    def stop(self) -> None:
        """End after the step at hand."""


class Duty:
    """A kind of work with a single slot. `begin` makes what is run while the slot is ours.

    `failed` is told when it ends with a StartError: then this process cannot go on.
    """

    def __init__(self, name: str, begin: Callable[[], Running], failed: Callable[[StartError], None]) -> None:
        self._name = name
        self._begin = begin
        self._failed = failed
        self._running: Running | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def part(self) -> Part:
        """As something that is dealt out."""
        return Part(self._name, 1, self._take_up, self._give_up)

    async def stop(self) -> None:
        """End after the step at hand. What went wrong in it is raised."""
        running, task, self._running, self._task = self._running, self._task, None, None
        if running is not None and task is not None:
            running.stop()
            await asyncio.wait((task,))

    async def _take_up(self, _slots: Collection[int]) -> None:
        self._running = self._begin()
        self._task = asyncio.create_task(self._running.run(), name=self._name)
        self._task.add_done_callback(self._ended)

    async def _give_up(self, _slots: Collection[int]) -> None:
        await self.stop()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, StartError):
            self._failed(error)
        elif error is not None:
            self._failed(
                StartError(f"{self._name}: ended by a fault ({type(error).__name__}); start the program again")
            )
