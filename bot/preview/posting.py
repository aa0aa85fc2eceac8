"""One update to the webhook, until it is taken, has expired or was dropped."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.preview.journal import Journal
from bot.preview.record import Record
from bot.preview.webhook import Webhook, Webhooks

__all__ = ["Drill", "Poster", "Waits"]

_CONNECT_AGAIN = 2.0
_LONGEST_WAIT = 60.0
_LONGEST_RETRY_AFTER = 3600


@dataclass(slots=True)
class Drill:
    """What a drill may change: times, and what a network may do to deliveries.

    `factor` multiplies every wait between two tries; `patience` is the time in seconds for an answer. Each update is
    posted `copies` times at once. The next `swaps` updates wait for the one behind them in their lane and come after
    it. `replicas` are addresses behind that of the webhook, each taken in turn, as by a balancer.
    """

    factor: float = 1.0
    patience: float = 60.0
    copies: int = 1
    swaps: int = 0
    replicas: tuple[str, ...] = ()


@dataclass(slots=True)
class Waits:
    """The waits of one update: resent at once, then after 2, 4, 8 … s up to a cap, or when the bot says."""

    delay: float = 1.0
    failures: int = 0

    def next(self, retry_after: int) -> float:
        """Seconds until the next try; `retry_after` 0 where the bot named none."""
        wait = float(min(max(retry_after, 0), _LONGEST_RETRY_AFTER))
        if wait == 0 and self.failures > 0:
            cap = random.uniform(_LONGEST_WAIT, 2 * _LONGEST_WAIT)  # noqa: S311 - spreads load, hides nothing
            self.delay = wait = min(cap, self.delay * 2)
        self.failures += 1
        return wait


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a try failed; `retry_after` is None where no connection was made."""

    reason: str
    retry_after: int | None


class Poster:
    """Posts the updates in the journal to one webhook, at most `max_connections` at the same time."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        webhook: Webhook,
        drill: Drill,
        journal: Journal,
        webhooks: Webhooks,
        record: Record,
        clock: Callable[[], float],
    ) -> None:
        self._session = session
        self._webhook = webhook
        self._drill = drill
        self._journal = journal
        self._webhooks = webhooks
        self._record = record
        self._clock = clock
        self._free = asyncio.Semaphore(webhook.max_connections)
        self._turn = 0
        self._headers = {"content-type": "application/json"}
        if webhook.secret_token:
            self._headers["x-telegram-bot-api-secret-token"] = webhook.secret_token

    async def until_taken(self, update_id: int) -> None:
        """Post an update again and again; returns when it is out of the journal."""
        waits = Waits()
        while True:
            async with self._free:
                pending = self._journal.pending(update_id, self._clock())
                if pending is None:
                    return
                body = f'{{"update_id":{update_id},{pending.text[1:]}'.encode()
                failure = await self._attempt(update_id, body)
            wait = 0.0 if failure is None else self._wait(failure, waits)
            if failure is None or self._clock() + wait > pending.expires:
                with self._journal:
                    self._journal.forget_update(update_id)
                return
            await asyncio.sleep(wait)

    def _wait(self, failure: _Failure, waits: Waits) -> float:
        """Seconds until the next try; one without a connection does not make it longer."""
        self._webhooks.failed(failure.reason)
        wait = _CONNECT_AGAIN if failure.retry_after is None else waits.next(failure.retry_after)
        return wait * self._drill.factor

    async def _attempt(self, update_id: int, body: bytes) -> _Failure | None:
        """One delivery, in all its copies; it succeeded where one of them did."""
        outcomes = await asyncio.gather(*(self._post(update_id, body) for _ in range(self._drill.copies)))
        return None if None in outcomes else outcomes[0]

    def _address(self) -> str:
        if not self._drill.replicas:
            return self._webhook.url
        self._turn += 1
        return self._drill.replicas[self._turn % len(self._drill.replicas)]

    async def _post(self, update_id: int, body: bytes) -> _Failure | None:
        began = time.monotonic()
        status: int | None = None
        failure: _Failure | None = None
        try:
            async with self._session.post(
                self._address(),
                data=body,
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=self._drill.patience),
                allow_redirects=False,
            ) as answer:
                await answer.read()
                status = answer.status
                if not 200 <= status <= 299:
                    reason = f"Wrong response from the webhook: {status} {answer.reason}"
                    failure = _Failure(reason, _seconds(answer.headers.get("retry-after", "")))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            failure = _Failure(_cause(error), None)
        except TimeoutError:
            failure = _Failure("Read timeout expired", 0)
        except (aiohttp.ClientError, OSError):
            failure = _Failure("Connection closed", 0)
        spent = round((time.monotonic() - began) * 1000, 3)
        self._record.add({"update_id": update_id, "status": status, "ms": spent})
        return failure


def _cause(error: aiohttp.ClientError) -> str:
    number = error.os_error.errno if isinstance(error, aiohttp.ClientConnectorError) else None
    return "Connection timed out" if number is None else os.strerror(number)


def _seconds(header: str) -> int:
    """A Retry-After in seconds; 0 for anything else, a date included."""
    return int(header) if header.isascii() and header.isdecimal() else 0
