"""All writing goes through one task: jobs that wait together share one commit."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.logs import describe

__all__ = ["StoreUnavailableError", "Writer"]

_log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[AsyncConnection], Awaitable[T]]

_BATCH = 64


class StoreUnavailableError(Exception):
    """The database could not commit (locked by another program, disk full); the same job may be tried again."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Job[Any]
    future: "asyncio.Future[Any]"


class Writer:
    """Runs jobs in the order they come, each in a savepoint of its own, several in one transaction.

    A commit costs a disk flush; under load the flush is shared. A job that raises is undone alone. Nobody is told
    that a job is done before its commit.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take jobs."""
        self._task = asyncio.create_task(self._work(), name="store writer")

    async def close(self) -> None:
        """Finish what was asked for, then end."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await self._task

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
                continue
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            try:
                outcomes = await self._commit(batch)
            except DBAPIError as error:
                outcomes = [StoreUnavailableError(str(error.orig))] * len(batch)
            except Exception as error:
                # The one task that writes must not die of a fault; those who wait learn of it and try again.
                _log.error("store: %s: nothing of this batch was written", describe(error))
                outcomes = [StoreUnavailableError(describe(error))] * len(batch)
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if waiting.future.cancelled():
                    continue
                if isinstance(outcome, BaseException):
                    waiting.future.set_exception(outcome)
                else:
                    waiting.future.set_result(outcome)

    async def _commit(self, batch: list[_Waiting]) -> list[Any]:
        outcomes: list[Any] = []
        async with self._engine.begin() as connection:
            for waiting in batch:
                try:
                    async with connection.begin_nested():
                        outcomes.append(await waiting.job(connection))
                except OperationalError:
                    raise
                except Exception as error:
                    outcomes.append(error)
        return outcomes
