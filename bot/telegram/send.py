"""The sender: takes calls out of the outbox and follows each to its end."""

import logging
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.errors import StartError
from bot.logs import describe
from bot.queues import Lanes
from bot.storage.outbox import Call, Outbox, Outgoing
from bot.storage.store import Store
from bot.storage.writer import StoreUnavailableError
from bot.telegram.rates import Rates
from bot.telegram.render import as_new_message
from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError

__all__ = ["Sender"]

_log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0
_INLINE = "answerInlineQuery"
_ANSWER_SECONDS = {"answerCallbackQuery": 150.0, _INLINE: 30.0}
"""How long Telegram takes the answer to a tap; who types an inline query waits for its cards less long."""

_GIVE_UP_SECONDS = 24 * 3600.0

_TOO_LATE = ("query is too old", "query ID is invalid")
_HARMLESS = ("message is not modified", *_TOO_LATE)
_UNCHANGEABLE = ("message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID")


NoteFailure = Callable[[AsyncConnection, int, int, float], Awaitable[list[tuple[int, str]]]]


class Sender:
    """Sends what is in the outbox: one chat in order, chats beside each other, answers to taps at once.

    `refused` is called when the Bot API does not accept the token any more. `note_failure` is told of each call that
    failed for good (its row, its chat and the moment) and gives the rows it has added.
    """

    def __init__(
        self,
        store: Store,
        bot_id: int,
        api: BotApi,
        rates: Rates,
        clock: Clock,
        refused: Callable[[StartError], None],
        note_failure: NoteFailure,
        first_wait: float = 0.5,
    ) -> None:
        self._store = store
        self._outbox = Outbox(bot_id, store.vault)
        self._api = api
        self._rates = rates
        self._clock = clock
        self._refused = refused
        self._note_failure = note_failure
        self._first_wait = first_wait
        self._lanes = Lanes(self._deliver, self._waiting)

    def take(self, rows: Sequence[tuple[int, str]]) -> None:
        """Rows that were committed: their ids and lanes, in order."""
        for row_id, lane in rows:
            self._lanes.put(lane, row_id)

    async def take_unfinished(self) -> int:
        """What an earlier run left; gives how many calls that are."""
        rows = await self._store.write(self._outbox.recover)
        self.take(rows)
        return len(rows)

    async def stop(self) -> None:
        """Finish the calls that are on their way; the rest stays in the outbox."""
        await self._lanes.stop()

    async def _waiting(self, lane: str, after: int, limit: int) -> list[int]:
        return await self._store.read(lambda connection: self._outbox.waiting(connection, lane, after, limit))

    async def _deliver(self, lane: str, row_id: int) -> None:
        wait = self._first_wait
        while True:
            if not lane.startswith("answer ") and await self._lanes.pause(self._rates.reserve(int(lane))):
                return
            outgoing = await self._write(lambda connection: self._outbox.claim(connection, row_id))
            if outgoing is None:
                return
            pause = await self._attempt(outgoing, wait)
            if pause is None or await self._lanes.pause(pause):
                return
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _write(self, job: Callable[[AsyncConnection], Awaitable[Any]]) -> Any:
        """Write, and while the database is not available try again: the state must not be lost."""
        wait = self._first_wait
        while True:
            try:
                return await self._store.write(job)
            except StoreUnavailableError as error:
                _log.warning("outbox: %s; trying again", describe(error))
            if await self._lanes.pause(wait):
                return None
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _attempt(self, outgoing: Outgoing, wait: float) -> float | None:
        """Send once; gives the seconds until the call should be tried again, None when it is at its end."""
        now = self._clock()
        if outgoing.not_before > now:
            await self._put_back(outgoing, outgoing.not_before, "waiting")
            return outgoing.not_before - now
        limit = _ANSWER_SECONDS.get(outgoing.call.method, _GIVE_UP_SECONDS)
        if now - outgoing.created_at > limit:
            quiet = outgoing.call.method == _INLINE
            await self._failed(outgoing, "too old to be sent", logging.INFO if quiet else logging.WARNING)
            return None
        try:
            result = await self._api.call(outgoing.call.method, _parameters(outgoing.call))
        except NotSentError as error:
            pause = wait * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
            _log.warning("call %d: %s; again in %.1f s", outgoing.id, error, pause)
            await self._put_back(outgoing, now + pause, str(error))
            return pause
        except MaybeSentError as error:
            _log.warning("call %d: %s: uncertain whether it arrived", outgoing.id, error)
            note = f"uncertain: {error}"
            again = await self._write(lambda connection: self._outbox.uncertain(connection, outgoing, now + wait, note))
            return wait if again else None
        except ApiAnswerError as error:
            return await self._refusal(outgoing, error)
        message_id = result.get("message_id") if isinstance(result, dict) else None
        await self._sent(outgoing, message_id)
        return None

    async def _refusal(self, outgoing: Outgoing, error: ApiAnswerError) -> float | None:
        """What to do about an answer `ok: false`; see `_attempt` for what is given back."""
        call, reason = outgoing.call, error.description
        if error.retry_after is not None:
            self._rates.stop(call.chat_id, error.retry_after)
            _log.warning("call %d: Telegram asks to wait %s s", outgoing.id, error.retry_after)
            await self._put_back(outgoing, self._clock() + error.retry_after, f"429: wait {error.retry_after} s")
            return float(error.retry_after)
        if error.migrate_to is not None:
            return await self._migrated(outgoing, error.migrate_to)
        if error.code == 401:
            await self._put_back(outgoing, 0.0, "the token was refused")
            self._refused(
                StartError("BOT_TOKEN: the Bot API does not accept it any more; ask @BotFather for a new one")
            )
            return _LONGEST_WAIT
        if call.method == _INLINE and any(sign in reason for sign in _TOO_LATE):
            await self._failed(outgoing, f"{error.code} {reason}", logging.INFO)
            return None
        if any(sign in reason for sign in _HARMLESS):
            await self._sent(outgoing, call.payload.get("message_id"), reason)
            return None
        if "can't parse entities" in reason and "parse_mode" in call.payload:
            _log.error("call %d: %s; sent as plain text instead", outgoing.id, reason)
            return await self._instead(outgoing, _as_plain_text(call), reason)
        if call.method == "editMessageText" and any(sign in reason for sign in _UNCHANGEABLE):
            return await self._instead(outgoing, as_new_message(call), reason)
        await self._failed(outgoing, f"{error.code} {reason}")
        return None

    async def _migrated(self, outgoing: Outgoing, new: int) -> float | None:
        await self._write(lambda connection: self._outbox.migrate(connection, outgoing.call.chat_id, new))
        moved = replace(outgoing.call, chat_id=new)
        return await self._instead(outgoing, moved, f"the group has the new id {new}")

    async def _instead(self, outgoing: Outgoing, call: Call, note: str) -> float:
        await self._write(lambda connection: self._outbox.replace(connection, outgoing.id, call, note))
        return 0.0

    async def _sent(self, outgoing: Outgoing, message_id: int | None, note: str | None = None) -> None:
        await self._write(lambda connection: self._outbox.sent(connection, outgoing.id, message_id, note))

    async def _put_back(self, outgoing: Outgoing, not_before: float, note: str) -> None:
        await self._write(lambda connection: self._outbox.put_back(connection, outgoing, not_before, note))

    async def _failed(self, outgoing: Outgoing, note: str, level: int = logging.WARNING) -> None:
        _log.log(level, "call %d (%s): failed: %s", outgoing.id, outgoing.call.method, note)

        async def job(connection: AsyncConnection) -> list[tuple[int, str]]:
            await self._outbox.failed(connection, outgoing.id, note)
            return await self._note_failure(connection, outgoing.id, outgoing.call.chat_id, self._clock())

        self.take(await self._write(job) or ())


def _parameters(call: Call) -> dict[str, Any]:
    if call.method in _ANSWER_SECONDS:
        return dict(call.payload)
    return {"chat_id": call.chat_id, **call.payload}


def _as_plain_text(call: Call) -> Call:
    """The same words without markup."""
    payload = {key: value for key, value in call.payload.items() if key != "parse_mode"}
    words = "text" if "text" in payload else "caption"
    payload[words] = unescape(re.sub(r"<[^>]*>", "", str(call.payload[words])))
    return replace(call, payload=payload)
