"""Takes one update out of the inbox at a time and sees it to its end: answered, or quarantined after five tries."""

import logging
import time
from collections.abc import Collection
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.assistant import Assistant
from bot.logs import describe
from bot.metrics import Metrics, UpdateEnd
from bot.queues import Lanes
from bot.storage.connection import Connection
from bot.storage.inbox import Inbox, Stored
from bot.storage.sessions import ChangedMeanwhileError
from bot.storage.store import Store
from bot.storage.tables import InboxState, slot_of
from bot.storage.writer import StoreUnavailableError
from bot.telegram.incoming import chat_id_of, language_code_of, query_id_of
from bot.telegram.render import Pressed, Target
from knowledge.language import Language

__all__ = ["MOST_TRIES", "AnyApplication", "AtHand", "Context", "Reception", "language_of"]

_log = logging.getLogger(__name__)

MOST_TRIES = 5
_LONGEST_WAIT = 10.0
_MOST_FRESH = 1000
"""Updates that are kept at hand between their commit and their turn; others are read from the tables again."""

_Data = dict[Any, Any]
Context = CallbackContext[ExtBot[None], _Data, _Data, _Data]
AnyApplication = Application[ExtBot[None], Context, _Data, _Data, _Data, None]


class AtHand:
    """The inbox rows whose updates are in python-telegram-bot's hands, and what went wrong with them."""

    def __init__(self) -> None:
        self.rows: dict[int, Stored] = {}
        self.errors: dict[int, Exception] = {}

    async def remember_error(self, update: object, context: Context) -> None:
        """python-telegram-bot's error handler."""
        if isinstance(update, Update) and context.error is not None:
            self.errors[update.update_id] = context.error


class Reception:
    """The inbox side of the program: rows in the order of their chats."""

    def __init__(
        self,
        store: Store,
        bot_id: int,
        application: AnyApplication,
        at_hand: AtHand,
        assistant: Assistant,
        metrics: Metrics,
        first_wait: float = 0.5,
    ) -> None:
        self._store = store
        self._inbox = Inbox(bot_id, store.vault)
        self._application = application
        self._at_hand = at_hand
        self._assistant = assistant
        self._metrics = metrics
        self._first_wait = first_wait
        self._fresh: dict[int, Stored] = {}
        self._lanes = Lanes(self._see_to, self._waiting)

    def put(self, row: Stored) -> None:
        """A row that was stored, behind all others of its chat."""
        self._keep(row)
        self._lanes.put(row.chat_key, row.id)

    def wake(self, lane: str) -> None:
        """Rows of this chat wait in the tables."""
        self._lanes.wake(lane)

    async def look(self, slots: Collection[int], *, idle: bool = False) -> None:
        """Take up what waits in these slots; with `idle` only for chats that are not at hand.

        Raises StoreUnavailableError.
        """
        wake = self._lanes.wake_idle if idle else self._lanes.wake
        for chat_key in await self._store.read(lambda connection: self._inbox.waiting_chats(connection, slots)):
            wake(chat_key)

    async def leave(self, slots: Collection[int]) -> None:
        """Finish the turns at hand in these slots; another process goes on with the rest."""
        await self._lanes.leave(slots)
        self._fresh = {row_id: row for row_id, row in self._fresh.items() if slot_of(row.lane) not in slots}

    async def stop(self) -> None:
        """Finish the turns at hand; the rest stays in the inbox."""
        await self._lanes.stop()

    async def _waiting(self, chat_key: str, limit: int) -> list[int]:
        rows = await self._store.read(lambda connection: self._inbox.waiting(connection, chat_key, limit))
        for row in rows:
            self._keep(row)
        return [row.id for row in rows]

    def _keep(self, row: Stored) -> None:
        if len(self._fresh) < _MOST_FRESH:
            self._fresh[row.id] = row

    async def _see_to(self, lane: str, row_id: int) -> None:
        wait = self._first_wait
        while True:
            try:
                if await self._try(row_id):
                    return
            except (StoreUnavailableError, ChangedMeanwhileError) as error:
                _log.warning("update row %d: %s; trying again", row_id, describe(error))
            if await self._lanes.pause(lane, wait):
                return
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _try(self, row_id: int) -> bool:
        """Whether the row has come to its end."""
        row = self._fresh.pop(row_id, None)
        if row is None:
            row = await self._store.read(lambda connection: self._inbox.get(connection, row_id))
        if row is None or row.state is not InboxState.RECEIVED:
            return True
        begin = time.perf_counter()
        try:
            update = Update.de_json(dict(row.raw), self._application.bot)
        except Exception as error:
            await self._give_up(row, f"cannot be read: {describe(error)}")
            return True
        failure = await self._process(row, update)
        if failure is None:
            self._metrics.turn_seconds.observe(time.perf_counter() - begin)
            self._metrics.done(UpdateEnd.ANSWERED)
            return True
        self._metrics.done(UpdateEnd.RETRIED)
        if isinstance(failure, (StoreUnavailableError, ChangedMeanwhileError)):
            raise failure
        note = describe(failure)

        async def count(connection: Connection) -> int:
            return await self._inbox.failed_once_more(connection, row_id, note)

        tries = await self._store.write(count)
        _log.warning("update row %d: try %d of %d failed: %s", row_id, tries, MOST_TRIES, note)
        if tries < MOST_TRIES:
            return False
        await self._give_up(row, f"failed {tries} times: {note}")
        return True

    async def _process(self, row: Stored, update: Update) -> Exception | None:
        self._at_hand.rows[update.update_id] = row
        try:
            await self._application.process_update(update)
            return self._at_hand.errors.pop(update.update_id, None)
        finally:
            del self._at_hand.rows[update.update_id]

    async def _give_up(self, row: Stored, note: str) -> None:
        self._metrics.done(UpdateEnd.QUARANTINED)
        chat_id, query_id = chat_id_of(row.raw), query_id_of(row.raw)
        target = None
        if chat_id is not None:
            pressed = None if query_id is None else Pressed(query_id, None)
            target = Target(chat_id, self._application.bot.link, pressed)
        await self._assistant.give_up(row, target, note, language_of(language_code_of(row.raw)))


def language_of(code: str | None) -> Language:
    """Our language for a Telegram language code; English where we have no better guess."""
    short = (code or "").split("-")[0].lower()
    return Language(short) if short in set(Language) else Language.EN
