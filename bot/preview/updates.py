"""The queue of updates that `getUpdates` empties, with Telegram's rules of confirmation and conflict."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from bot.preview.journal import Journal
from bot.preview.limits import UPDATE_LIFETIME, UPDATES_PER_BATCH, RefusalError
from bot.preview.signals import Signal

__all__ = ["KINDS", "Updates"]

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_message",
    "edited_business_message",
    "guest_message",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "my_chat_member",
)
_SHORT_LIVED = {"callback_query": 150.0, "inline_query": 150.0}
_EPOCH = 1_767_225_600  # 2026-01-01; ids grow with the time, so that a bot which outlives the state sees no id twice
_IDS_PER_SECOND = 4
_LONGEST_POLL = 50
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """What the bot has not confirmed yet."""

    def __init__(self, journal: Journal, clock: Callable[[], float]) -> None:
        self._journal = journal
        self._clock = clock
        self.arrived = Signal()
        """Fires when an update was queued, before its transaction ends."""
        self._poll: asyncio.Future[None] | None = None
        self._closed = False
        self.last_poll = -1e9
        """When the bot last began or ended a `getUpdates`, on the monotonic clock."""

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; None where the bot did not allow this kind."""
        allowed = self.allowed()
        if allowed is not None and kind not in allowed:
            return None
        first = max(1, int((self._clock() - _EPOCH) * _IDS_PER_SECOND))
        update_id = self._journal.next_id("next_update_id", first)
        expires = self._clock() + _SHORT_LIVED.get(kind, UPDATE_LIFETIME)
        self._journal.add_update(update_id, expires, {kind: body})
        self.arrived.fire()
        return update_id

    @property
    def waiting(self) -> bool:
        """Whether a long poll is open."""
        return self._poll is not None

    @property
    def polling(self) -> bool:
        """Whether a bot asks for updates now, or did a moment ago."""
        return self.waiting or time.monotonic() - self.last_poll < 5

    def pending(self) -> int:
        return self._journal.pending_updates(self._clock())

    def allowed(self) -> list[str] | None:
        """The kinds that the bot asked for; None is Telegram's default."""
        kinds: list[str] | None = self._journal.get("allowed_updates", None)
        return kinds

    def allow(self, kinds: list[str] | None) -> None:
        """Queue these kinds alone from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self._journal.put("allowed_updates", [kind for kind in kinds if kind in KINDS] or None)

    def interrupt(self, reason: str) -> None:
        """End the waiting call with a 409."""
        if self._poll is not None:
            self._poll.set_exception(RefusalError(409, reason))
            self._poll = None

    def clear(self) -> None:
        """Forget all updates (`drop_pending_updates`)."""
        self._journal.drop_updates(2**62, self._clock())

    async def get(self, offset: int, limit: int, seconds: int, allowed: list[str] | None) -> list[dict[str, Any]]:
        """Updates from `offset` on; those below it are confirmed and gone. A negative offset counts from the end.

        Waits up to `seconds` for the first one. A second caller ends the wait of the first, whose call
        raises the 409 `RefusalError`.
        """
        limit = limit if 1 <= limit <= UPDATES_PER_BATCH else UPDATES_PER_BATCH
        with self._journal:
            self.allow(allowed)
            if offset < 0:
                offset = self._journal.last_updates_from(-offset)
            self._journal.drop_updates(offset, self._clock())
        self.interrupt(_CONFLICT)
        self.last_poll = time.monotonic()
        found = self._journal.updates(offset, limit, self._clock())
        if found or seconds <= 0:
            return found
        return await self._wait(offset, limit, min(seconds, _LONGEST_POLL))

    async def _wait(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        deadline = time.monotonic() + seconds
        try:
            found: list[dict[str, Any]] = []
            while not found and not self._closed and (left := deadline - time.monotonic()) > 0:
                arrival: asyncio.Future[Any] = asyncio.ensure_future(self.arrived.wait())
                try:
                    await asyncio.wait((arrival, poll), timeout=left, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    arrival.cancel()
                if poll.done():
                    poll.result()
                found = self._journal.updates(offset, limit, self._clock())
            return found
        finally:
            if self._poll is poll:
                self._poll = None
            self.last_poll = time.monotonic()

    def close(self) -> None:
        """End the waiting call, with an empty answer."""
        self._closed = True
        self.arrived.fire()
