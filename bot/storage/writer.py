"""All writing goes through here: jobs that wait together share one commit."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.storage.connection import Connection
from bot.storage.engine import Engine

__all__ = ["Commit", "StoreUnavailableError", "Writer", "unavailable"]

_log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[Connection], Awaitable[T]]

_BATCH = 128


class StoreUnavailableError(Exception):
    """The database could not commit (locked, down, disk full); the same job may be tried again."""


def unavailable(error: Exception) -> StoreUnavailableError:
    """What callers are told of an error of the database."""
    told = StoreUnavailableError(str(getattr(error, "orig", None) or error or type(error).__name__))
    told.__cause__ = error
    return told


@dataclass(frozen=True, slots=True)
class Commit:
    """What one transaction held: how many jobs, for how long, and whether they were written."""

    jobs: int
    seconds: float
    written: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Job[Any]
    future: "asyncio.Future[Any]"


class Writer:
    """Runs jobs, several in one transaction. Jobs of one engine begin in the order they come.

    A commit costs a disk flush; under load the flush is shared. Where a job of a batch raises, nothing of the batch
    stays and each of its jobs is run again in a transaction of its own: a job that raises is undone alone. So a job may
    run twice, and must do nothing but read and write on its connection. Nobody is told that a job is done before its
    commit. `watch` is told of each transaction.
    """

    def __init__(self, engine: Engine, watch: Callable[[Commit], None]) -> None:
        self._engine = engine
        self._watch = watch
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to take jobs."""
        self._tasks = [
            asyncio.create_task(self._work(), name=f"store writer {number}") for number in range(self._engine.writers)
        ]

    async def close(self) -> None:
        """Finish what was asked for, then end."""
        self._closing = True
        self._wake.set()
        await asyncio.gather(*self._tasks)

    async def run(self, job: Job[T]) -> T:
        """The result of `job` once it is committed.

        Raises what the job raised (then nothing of it was written), or StoreUnavailableError.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(job, future))
        self._wake.set()
        return await future

    async def _work(self) -> None:
        while self._waiting or not self._closing:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
                await asyncio.sleep(0)  # whoever is ready to write too shares this commit
                continue
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            if await self._try(batch):
                continue
            for waiting in batch:
                await self._try([waiting])

    async def _try(self, batch: list[_Waiting]) -> bool:
        """Whether everybody in the batch knows what became of their job."""
        loop = asyncio.get_running_loop()
        begin, written = loop.time(), False
        try:
            outcomes = await self._commit(batch)
            written = True
        except Exception as error:
            if len(batch) > 1 and self._engine.is_contended(error):
                return False
            if self._engine.is_unavailable(error):
                outcomes = [unavailable(error)] * len(batch)
            elif len(batch) > 1:
                return False
            else:
                outcomes = [error]
        finally:
            self._watch(Commit(len(batch), loop.time() - begin, written))
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting.future.cancelled():
                continue
            if isinstance(outcome, Exception):
                waiting.future.set_exception(outcome)
            else:
                waiting.future.set_result(outcome)
        return True

    async def _commit(self, batch: list[_Waiting]) -> list[Any]:
        outcomes: list[Any] = []
        async with self._engine.transaction() as connection:
            for waiting in batch:
                if outcomes:
                    await asyncio.sleep(0)  # on SQLite no statement gives way to the others in this process
                outcomes.append(await waiting.job(connection))
        return outcomes
