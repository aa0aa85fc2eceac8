"""The sender: takes calls out of the outbox, at Telegram's pace, and follows each to its end."""

import logging
import random
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, TypeVar

from bot.errors import StartError
from bot.logs import describe
from bot.metrics import CallEnd, Metrics
from bot.priority import Priority
from bot.queues import Lanes
from bot.storage.calls import ANSWERS, FLEETING, Call, Placed
from bot.storage.connection import Connection
from bot.storage.outbox import Outbox
from bot.storage.tables import slot_of
from bot.storage.writer import StoreUnavailableError
from bot.surroundings import Surroundings
from bot.telegram.pacing import Pacing
from bot.telegram.refusals import backoff, judge
from bot.telegram.render import TAP_SECONDS
from bot.telegram.settling import Settling
from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError
from bot.telegram.verdicts import Failed, NextPart, TokenRefused, TryLater, Uncertain, Verdict, WaitForChat

__all__ = ["Sender"]

_log = logging.getLogger(__name__)

T = TypeVar("T")

_ANSWER_SECONDS = {"answerCallbackQuery": TAP_SECONDS, "answerInlineQuery": 30.0, "sendChatAction": 5.0}
"""How long Telegram takes the answer to a tap; who types an inline query waits for its cards less long."""
_GIVE_UP_SECONDS = 24 * 3600.0
_LONGEST_WAIT = 60.0
_UNCERTAIN_FACTOR = 10
"""What may have arrived has one more try, and whatever broke the first should be over by then."""
_LONGEST_PUT_OFF = 3600.0
"""Telegram seldom asks for more; what lies further ahead was written by a clock that was wrong."""
_STUCK_SECONDS = 300.0
"""Longer than any call takes, with the upload of a file."""
_MOST_FRESH = 2000
"""Calls that are kept at hand between their commit and their sending; others are read from the tables again."""
_END = {
    WaitForChat: CallEnd.FLOOD,
    TryLater: CallEnd.RETRIED,
    Uncertain: CallEnd.UNCERTAIN,
    Failed: CallEnd.FAILED,
}
"""What is counted of an attempt; whatever else Telegram answers, the call is made again in another way."""


class Sender:
    """Sends what is in the outbox: one chat in order, chats beside each other, answers to taps at once.

    `refused` is called when the Bot API does not accept the token any more; `send` is told of rows that were added.
    """

    def __init__(
        self,
        around: Surroundings,
        api: BotApi,
        pacing: Pacing,
        settling: Settling,
        metrics: Metrics,
        refused: Callable[[StartError], None],
        send: Callable[[Sequence[Placed]], None],
    ) -> None:
        self._store = around.store
        self._outbox = Outbox(around.bot_id, around.store.vault)
        self._api = api
        self._pacing = pacing
        self._settling = settling
        self._metrics = metrics
        self._refused = refused
        self._send = send
        self._clock = around.clock
        self._first_wait = around.tuning.first_wait
        self._fresh: dict[int, Placed] = {}
        self._on_the_wire: set[int] = set()
        self._arrived: dict[str, tuple[int, int | None]] = {}
        """By lane, the call that arrived and of which that is not written down yet."""
        self._lanes = Lanes(self._deliver, self._waiting)

    def put(self, row: Placed) -> None:
        """A call that was committed, behind all others of its lane."""
        self._keep(row)
        self._lanes.put(row.lane, row.id)

    def wake(self, lane: str) -> None:
        """Calls of this lane wait in the tables."""
        self._lanes.wake(lane)

    async def gain(self, slots: Collection[int]) -> None:
        """Go on where another process, or an earlier run, left off in these slots. Raises StoreUnavailableError."""
        await self._store.write(lambda connection: self._outbox.recover(connection, slots))
        await self.look(slots)

    async def look(self, slots: Collection[int], *, idle: bool = False) -> None:
        """Take up what waits in these slots, and what is stuck there; with `idle` only in lanes that are not at hand.

        Raises StoreUnavailableError.
        """
        before = self._clock() - _STUCK_SECONDS
        stuck = await self._store.read(lambda connection: self._outbox.stuck(connection, slots, before))
        lost = [row_id for row_id in stuck if row_id not in self._on_the_wire]
        if lost:
            _log.warning("calls %s: nobody knows what became of them", lost)
            await self._store.write(lambda connection: self._outbox.recover_rows(connection, lost))
        wake = self._lanes.wake_idle if idle else self._lanes.wake
        for lane in await self._store.read(lambda connection: self._outbox.waiting_lanes(connection, slots)):
            wake(lane)

    async def leave(self, slots: Collection[int]) -> None:
        """Finish the calls that are on their way in these slots; another process goes on with the rest."""
        await self._lanes.leave(slots)
        self._fresh = {row_id: row for row_id, row in self._fresh.items() if slot_of(row.lane) not in slots}

    async def stop(self) -> None:
        """Finish the calls that are on their way; the rest stays in the outbox."""
        await self._lanes.stop()
        await self._pacing.stop()

    async def _waiting(self, lane: str, limit: int) -> list[int]:
        rows = await self._store.read(lambda connection: self._outbox.waiting(connection, lane, limit))
        for row in rows:
            self._keep(row)
        return [row.id for row in rows]

    def _keep(self, row: Placed) -> None:
        if len(self._fresh) < _MOST_FRESH:
            self._fresh[row.id] = row

    async def _deliver(self, lane: str, row_id: int) -> None:
        try:
            await self._see_through(lane, row_id)
        finally:
            if not self._lanes.has_more(lane):
                await self._note_arrived(lane)

    async def _see_through(self, lane: str, row_id: int) -> None:
        misses = 0
        while True:
            placed = self._fresh.pop(row_id, None) or await self._read(lane, row_id)
            if placed is None:
                return
            wait = min(placed.not_before - self._clock(), _LONGEST_PUT_OFF)
            if wait > 0 and await self._lanes.pause(lane, wait):
                return
            claimed = await self._claim(lane, placed) if await self._may_go(lane, placed) else None
            if claimed is None:
                return
            self._on_the_wire.add(row_id)
            try:
                at = self._clock()
                verdict = await self._attempt(lane, claimed)
                if verdict is None:
                    return
                misses = misses + 1 if isinstance(verdict, TryLater | Uncertain) else 0
                pause = await self._settle(lane, claimed, verdict, misses, at)
            finally:
                if self._arrived.get(lane, (None,))[0] != row_id:
                    self._on_the_wire.discard(row_id)
            if pause is None or await self._lanes.pause(lane, pause):
                return

    async def _claim(self, lane: str, placed: Placed) -> Placed | None:
        """The call as it is marked; None when it may not go.

        In the same transaction it is written down that the one before it arrived. An answer to a tap does no harm twice
        and needs no mark that it is on its way.
        """
        if lane.startswith("answer "):
            return placed
        arrived, now = self._arrived.get(lane), self._clock()

        async def job(connection: Connection) -> tuple[Placed | None]:
            if arrived is not None:
                await self._outbox.sent(connection, *arrived)
            return (await self._outbox.claim(connection, placed, now),)

        written = await self._write(lane, job)
        if written is None:
            return None
        self._forget_arrived(lane)
        (claimed,) = written
        if claimed is None and not await self._lanes.pause(lane, self._first_wait):
            self._lanes.read_anew(lane)  # it is at its end, or an earlier one of the lane is not: the tables tell
        return claimed

    async def _note_arrived(self, lane: str) -> None:
        arrived = self._arrived.get(lane)
        if arrived is not None and await self._write(lane, lambda c: self._noted(c, *arrived)):
            self._forget_arrived(lane)

    async def _noted(self, connection: Connection, row_id: int, message_id: int | None) -> bool:
        await self._outbox.sent(connection, row_id, message_id)
        return True

    def _forget_arrived(self, lane: str) -> None:
        arrived = self._arrived.pop(lane, None)
        if arrived is not None:
            self._on_the_wire.discard(arrived[0])

    async def _may_go(self, lane: str, placed: Placed) -> bool:
        """Wait for the pace; False when the lane is left, or when the call has no sense any more."""
        if self._pacing.is_free or lane.startswith("answer "):
            return True  # somebody looks at a button that is being pressed, and answers are not counted as messages
        await self._note_arrived(lane)  # the wait may be long
        passed = await self._lanes.unless_left(lane, self._pacing.pass_(placed.call.chat_id, placed.priority))
        if passed is False and placed.priority is Priority.TYPING:
            note = "a typing sign that could not go at once"
            await self._write(lane, lambda connection: self._outbox.failed(connection, placed, note))
        return passed is True

    async def _read(self, lane: str, row_id: int) -> Placed | None:
        wait = self._first_wait
        while True:
            try:
                return await self._store.read(lambda connection: self._outbox.get(connection, row_id))
            except StoreUnavailableError as error:
                _log.warning("outbox: %s; trying again", describe(error))
            if await self._lanes.pause(lane, wait):
                return None
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _write(self, lane: str, job: Callable[[Connection], Awaitable[T]]) -> T | None:
        """Write, and while the database is not available try again: the state must not be lost."""
        wait = self._first_wait
        while True:
            try:
                return await self._store.write(job)
            except StoreUnavailableError as error:
                _log.warning("outbox: %s; trying again", describe(error))
            if await self._lanes.pause(lane, wait):
                return None
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _attempt(self, lane: str, placed: Placed) -> Verdict | None:
        """Send once; None when it arrived and that is written down."""
        call, now = placed.call, self._clock()
        if now - placed.created_at > _ANSWER_SECONDS.get(call.method, _GIVE_UP_SECONDS):
            self._metrics.called(call.method, CallEnd.FAILED)
            return Failed("too old to be sent", quiet=call.method in FLEETING)
        begin = time.perf_counter()
        try:
            result = await self._api.call(call.method, _parameters(call))
        except (ApiAnswerError, NotSentError, MaybeSentError) as error:
            verdict = judge(call, error, placed.tries)
            self._metrics.called(call.method, _END.get(type(verdict), CallEnd.FAILED))
            return verdict
        finally:
            self._metrics.send_seconds.observe(time.perf_counter() - begin)
        self._metrics.called(call.method, CallEnd.SENT)
        self._metrics.wait_seconds.observe(max(0.0, self._clock() - placed.created_at))
        message_id = result.get("message_id") if isinstance(result, dict) else None
        if call.rest:
            return NextPart("a part of a message that was too long")
        self._arrived[lane] = (placed.id, message_id)
        return None

    async def _settle(self, lane: str, placed: Placed, verdict: Verdict, misses: int, at: float) -> float | None:
        """Write down what became of a call; gives the seconds until it is made again, None at its end."""
        if isinstance(verdict, WaitForChat):
            wait = verdict.seconds
            _log.warning("call %d: %s", placed.id, verdict.note)
            await self._pacing.slow_down(placed.call.chat_id, wait)
        else:
            chance = random.random()  # noqa: S311 - jitter, not a secret
            first = self._first_wait * (_UNCERTAIN_FACTOR if isinstance(verdict, Uncertain) else 1)
            wait = backoff(max(1, misses), chance, first)
        if isinstance(verdict, TryLater | Uncertain):
            _log.warning("call %d: %s", placed.id, verdict.note)
        settled = await self._write(
            lane, lambda connection: self._settling.settle(connection, placed, verdict, wait, at)
        )
        if settled is None:
            return None
        self._send(settled.rows)
        if isinstance(verdict, TokenRefused):
            self._refused(
                StartError("BOT_TOKEN: the Bot API does not accept it any more; ask @BotFather for a new one")
            )
        return settled.pause


def _parameters(call: Call) -> dict[str, Any]:
    if call.method in ANSWERS:
        return dict(call.payload)
    return {"chat_id": call.chat_id, **call.payload}
