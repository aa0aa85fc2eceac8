"""The polling loop: updates are stored before Telegram is told, by the next offset, that we have them."""

import asyncio
import logging
import random
from collections.abc import Sequence
from typing import Any

from bot.errors import StartError
from bot.logs import describe
from bot.storage.writer import StoreUnavailableError
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.intake import Intake
from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError

__all__ = ["Receiver"]

_log = logging.getLogger(__name__)

_POLL_SECONDS = 25
_ANSWER_SECONDS = 15.0
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0


class Receiver:
    """Asks for updates until told to stop."""

    def __init__(self, api: BotApi, intake: Intake, first_wait: float = _FIRST_WAIT) -> None:
        self._api = api
        self._intake = intake
        self._first_wait = first_wait
        self._offset = 0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End the loop; a batch that has arrived is still stored."""
        self._stopping.set()

    async def run(self) -> None:
        """Poll until `stop`. Raises StartError when the token is not accepted any more."""
        wait = self._first_wait
        while not self._stopping.is_set():
            try:
                batch = await self._ask()
                if batch is not None:
                    await self._store_batch(batch)
                wait = self._first_wait
                continue
            except ApiAnswerError as error:
                await self._refused(error)
                pause = error.retry_after or wait
            except (NotSentError, MaybeSentError, StoreUnavailableError) as error:
                pause = wait * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
                _log.warning("polling: %s (%s); again in %.1f s", error, describe(error), pause)
            await self._pause(pause)
            wait = min(wait * 2, _LONGEST_WAIT)

    async def _ask(self) -> list[Any] | None:
        """One long poll; None when it was interrupted by `stop`."""
        payload = {"offset": self._offset, "timeout": _POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        poll = asyncio.ensure_future(self._api.call("getUpdates", payload, _POLL_SECONDS + _ANSWER_SECONDS))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((poll, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not poll.done():
                return None
            result = poll.result()
        finally:
            for task in (poll, stopping):
                task.cancel()
            await asyncio.gather(poll, stopping, return_exceptions=True)
        if not isinstance(result, list):
            raise MaybeSentError("getUpdates gave no list")
        return result

    async def _store_batch(self, batch: Sequence[Any]) -> None:
        last = await self._intake.store(batch)
        if last is not None:
            self._offset = last + 1

    async def _refused(self, error: ApiAnswerError) -> None:
        if error.code in (401, 404):
            raise StartError(
                "BOT_TOKEN: the Bot API does not accept it any more; copy the current one from @BotFather"
            ) from error
        if error.code == 409 and "webhook" in error.description:
            _log.error("polling: a webhook is set for this bot, which excludes polling; removing it")
            try:
                await self._api.call("deleteWebhook", {"drop_pending_updates": False})
            except (ApiAnswerError, NotSentError, MaybeSentError) as failure:
                _log.error("polling: the webhook cannot be removed: %s", failure)
        elif error.code == 409:
            _log.error("polling: another program asks for the updates of this bot; stop it, only one can (409)")
        else:
            _log.warning("polling: the Bot API answers %s", error)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
